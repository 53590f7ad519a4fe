"""One piece of a page as it was laid out."""

from __future__ import annotations

from msgspec import Struct

from indexer.models import EXTRACTION_LIMIT, Kind

__all__ = ["Piece"]


class Piece(Struct, frozen=True):
    """One piece of a page: its kind, its text, and its first and last line, counted from 1.

    One that `is_listed` is a line of a list that only names or counts something. `page` is that of a file
    that has pages.
    """

    kind: Kind
    text: str
    first: int
    last: int
    section: str | None = None
    is_listed: bool = False
    page: int | None = None

    @property
    def opening(self) -> str:
        """As much of the text as speakers, dates, sessions and topics are extracted from."""
        return self.text[:EXTRACTION_LIMIT]
