"""The paragraphs of one seed in a cluster, read as they are looked at."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from indexer.models import Paragraph
from indexer.segments.reader import Segment

__all__ = ["SourceSegment"]

_WINDOW = 64  # paragraphs that are read together


class SourceSegment(Segment):
    """The paragraphs of a seed as a segment of their own, numbered from 0 in reading order."""

    def __init__(self, search: Callable[[dict[str, Any]], Any], path: str) -> None:
        """Read by `search` the paragraphs of the seed at `path`."""
        self.path = Path(path)
        self.name = path
        self.deleted = ()
        self._search = search
        self._windows: dict[int, dict[int, Paragraph]] = {}

    @cached_property
    def size(self) -> int:  # type: ignore[override]
        """The number of paragraphs."""
        request = {"query": {"term": {"path": self.name}}, "size": 0, "track_total_hits": True}
        return int(self._search(request)["hits"]["total"]["value"])

    def id(self, number: int) -> str:
        """Return the id of a paragraph."""
        return self.paragraph(number).id

    def paragraph(self, number: int) -> Paragraph:
        """Read a paragraph, and those beside it."""
        window = number // _WINDOW
        if window not in self._windows:
            numbers = {"gte": window * _WINDOW, "lt": (window + 1) * _WINDOW}
            clauses = [{"term": {"path": self.name}}, {"range": {"number": numbers}}]
            request = {
                "query": {"bool": {"filter": clauses}},
                "size": _WINDOW,
                "_source": ["number", "record"],
            }
            hits = [hit["_source"] for hit in self._search(request)["hits"]["hits"]]
            self._windows[window] = {hit["number"]: Paragraph.from_dict(hit["record"]) for hit in hits}
        return self._windows[window][number]

    def have_one_source(self, one: int, other: int) -> bool:
        """Tell whether two paragraphs are of the same source: all are."""
        return min(one, other) >= 0
