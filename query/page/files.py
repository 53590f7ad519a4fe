"""An answer as a file: the lines that the command line prints, as a reply."""

from __future__ import annotations

from collections.abc import Iterable

from query.page.exchange import Reply

__all__ = ["FILE_TYPES", "file_reply"]

FILE_TYPES = {
    "json": "application/json",
    "csv": "text/csv",
    "md": "text/markdown",
    "atom": "application/atom+xml",
}
"""The formats of lists, by the end of their address, with their types."""

_BOM = "\ufeff"  # by which spreadsheets know UTF-8


def file_reply(end: str, lines: Iterable[str]) -> Reply:
    """Make a reply of lines, as the command line would print them."""
    text = "".join(f"{line}\n" for line in lines)
    return Reply(((_BOM if end == "csv" else "") + text).encode("utf-8", "replace"), FILE_TYPES[end])
