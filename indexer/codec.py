"""How Whoosh writes our segments. Its class path is stored in every index: it stays where it is."""

from __future__ import annotations

from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3PerDocWriter
from whoosh.util.numeric import byte_to_length, length_to_byte

__all__ = ["Codec"]


class Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's own codec, with field lengths that a merge does not change."""

    def per_document_writer(self, storage: Any, segment: Any) -> W3PerDocWriter:
        """Return the writer of what is kept for each paragraph."""
        return _PerDocWriter(self, storage, segment)


class _PerDocWriter(W3PerDocWriter):  # type: ignore[misc]
    """Adds up lengths as they can be read back from their one byte.

    Whoosh adds up the true lengths when a paragraph is written and the rounded ones when it is
    merged, so that scores would depend on how many builds an index has seen.
    """

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:
        rounded = byte_to_length(length_to_byte(length)) if length else length
        super().add_field(fieldname, fieldobj, value, rounded)
