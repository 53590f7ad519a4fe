"""The hits of an answer as a file: JSON, CSV and Markdown as the command line prints them, and Atom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from query import Results
from query.output.formats import json_text
from query.output.markdown import results_markdown
from query.output.spreadsheet import results_csv
from query.page.answer import PAGE_SIZE
from query.page.atom import feed
from query.page.exchange import Reply
from query.page.files import FILE_TYPES, file_reply
from query.page.scene import Scene

__all__ = ["results"]

_WRITERS: dict[str, Callable[[Results], Iterable[str]]] = {
    "json": lambda found: [json_text(found.to_dict())],
    "csv": lambda found: results_csv(found, "hit"),
    "md": results_markdown,
}


def results(scene: Scene) -> Reply:
    """Write the hits that the page of the same parameters shows; the name of the view is the format.

    A feed has the newest first, whatever the order of the page. Raise what `Index.search` raises.
    """
    asked, end = scene.asked, scene.ask.name
    sort: Any = "date" if end == "atom" else asked.sort or "score"
    options = {"sort": sort, "collapse": asked.collapse, "page": asked.page, **asked.arguments()}
    found = scene.index.search(asked.query, limit=asked.limit or PAGE_SIZE, **options)
    if end == "atom":
        body = feed(found, asked, scene.ask.origin, scene.say)
        return Reply(body, FILE_TYPES[end])
    return file_reply(end, _WRITERS[end](found))
