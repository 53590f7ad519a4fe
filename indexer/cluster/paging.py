"""Reading all hits of a search, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

__all__ = ["READING_ORDER", "hits_of"]

READING_ORDER = ["path", "number"]
"""The order of the seeds, and of the paragraphs in each."""


def hits_of(search: Callable[[dict[str, Any]], Any], request: Mapping[str, Any]) -> Iterator[Any]:
    """Yield the hits of a sorted search, `size` of which are read at once."""
    page = dict(request)
    while True:
        hits = search(page)["hits"]["hits"]
        yield from hits
        if len(hits) < page["size"]:
            return
        page["search_after"] = hits[-1]["sort"]
