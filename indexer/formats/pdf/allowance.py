"""What one file may cost, counted and never timed: a file is read whole on any machine, or on none."""

from __future__ import annotations

from msgspec import Struct

from indexer.errors import SeedError

__all__ = ["MAX_DEPTH", "MAX_STREAM", "Allowance"]

MAX_STREAM = 64 << 20
"""How many bytes one stream may hold when decoded."""
MAX_DEPTH = 32
"""How deep forms may stand in forms."""

_MAX_BYTES = 512 << 20
_MAX_PAGES = 20_000
_MAX_GLYPHS = 20_000_000
_MAX_OPERATIONS = 20_000_000
_MAX_FORMS = 50_000


class Allowance(Struct):
    """Counts what a file has cost so far. Raise `SeedError` when it is more than any text needs."""

    pages: int = 0
    glyphs: int = 0
    operations: int = 0
    forms: int = 0
    decoded: int = 0

    def take_page(self) -> None:
        """Count a page."""
        self.pages += 1
        if self.pages > _MAX_PAGES:
            raise SeedError(f"it has more than {_MAX_PAGES:,} pages; split it")

    def take_glyphs(self, count: int) -> None:
        """Count glyphs that are drawn."""
        self.glyphs += count
        if self.glyphs > _MAX_GLYPHS:
            raise SeedError(f"it draws more than {_MAX_GLYPHS:,} characters; split it")

    def take_operations(self, count: int) -> None:
        """Count operands and operators of content streams."""
        self.operations += count
        if self.operations > _MAX_OPERATIONS:
            raise SeedError(f"it draws in more than {_MAX_OPERATIONS:,} steps; print it to a new PDF")

    def take_form(self) -> None:
        """Count a form that is drawn, as forms may draw forms that draw forms."""
        self.forms += 1
        if self.forms > _MAX_FORMS:
            raise SeedError(f"it draws more than {_MAX_FORMS:,} forms; print it to a new PDF")

    def take_bytes(self, count: int) -> None:
        """Count bytes of decoded streams; one stream was decoded to `MAX_STREAM + 1` bytes at most."""
        self.decoded += count
        if count > MAX_STREAM or self.decoded > _MAX_BYTES:
            raise SeedError("a small part of it unpacks to a huge one; print it to a new PDF")
