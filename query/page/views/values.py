"""Lists of speakers, topics and sessions: to browse, to filter, and as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from indexer import LianghuiError
from query import Facet
from query.output.formats import json_text
from query.output.markdown import facets_markdown
from query.output.spreadsheet import facets_csv
from query.page.asked import VALUE_SORTS, Asked
from query.page.exchange import Reply
from query.page.facets import LISTS
from query.page.files import file_reply
from query.page.links import links_to
from query.page.scene import NotThereError, Scene
from query.page.views.search import known_names

__all__ = ["values", "values_file"]

_PAGE = 200  # values, unless the address says otherwise
_FIELDS = {path.removeprefix("/"): field for field, path in LISTS.items()}
_FORMATS = (("JSON", "json"), ("CSV", "csv"), ("Markdown", "md"))
_WRITERS: dict[str, Callable[[Sequence[Facet]], Iterable[str]]] = {
    "json": lambda facets: [json_text([facet.to_dict() for facet in facets])],
    "csv": facets_csv,
    "md": facets_markdown,
}


def values(scene: Scene) -> Reply:
    """Show a page of the speakers, topics or sessions of the paragraphs asked for, or of all.

    Raise what `Index.values` raises, and `NotThereError` for a page behind the last.
    """
    asked, found, listed = _found(scene, scene.ask.view)
    kind, path = _FIELDS[scene.ask.view], f"/{scene.ask.view}"
    pages = max(1, -(-len(found) // (asked.limit or _PAGE)))
    if asked.page > pages:
        raise NotThereError(scene.say("no_more"))
    return scene.page(
        "values.html",
        names=known_names(scene),
        path=path,
        title=scene.say(scene.ask.view),
        found=links_to(listed, kind, asked.language),
        size=len(found),
        order=asked.sort or VALUE_SORTS[0],
        orders=[(each, replace(asked, sort=each, page=1).url(path)) for each in VALUE_SORTS],
        pages=pages,
        turn=lambda page: replace(asked, page=page).url(path),
        formats=[(name, asked.url(f"{path}.{end}")) for name, end in _FORMATS],
    )


def values_file(scene: Scene) -> Reply:
    """Write the same values as a file; the view is called as the list, and the name is its format."""
    _, _, listed = _found(scene, scene.ask.view.removesuffix("-file"))
    return file_reply(scene.ask.name, _WRITERS[scene.ask.name](listed))


def _found(scene: Scene, view: str) -> tuple[Asked, tuple[Facet, ...], tuple[Facet, ...]]:
    """Return what is asked, all values of the list, and those on the page that is asked for."""
    asked = scene.asked
    if asked.sort not in ("", *VALUE_SORTS):
        raise LianghuiError(f"there is no order {asked.sort!r} of a list; there are {', '.join(VALUE_SORTS)}")
    found = scene.index.values(_FIELDS[view], asked.query, containing=asked.contains, **asked.arguments())
    if asked.sort == "value":
        found = tuple(sorted(found, key=lambda each: each.value))
    size = asked.limit or _PAGE
    return asked, found, found[(asked.page - 1) * size : asked.page * size]
