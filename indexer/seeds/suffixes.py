"""By which end of its name each kind of seed is known."""

from __future__ import annotations

__all__ = ["FORMATS", "SEED_SUFFIXES", "is_jsonl", "line_unit", "suffix_of"]

FORMATS = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".doc": "docx",
    ".odt": "odt",
    ".epub": "epub",
}
"""The format that is read of files that are no plain text, by their suffix."""

_JSONL = ".jsonl"
_COUNTED_BY_PARAGRAPHS = ("docx", "odt", "epub")

SEED_SUFFIXES = (".txt", _JSONL, *FORMATS)
"""The ends of the names of seeds, in small letters."""


def suffix_of(source: str) -> str:
    """Return the suffix of a seed, in small letters; the empty string of what is none."""
    name = source.lower()
    return next((suffix for suffix in SEED_SUFFIXES if name.endswith(suffix)), "")


def is_jsonl(source: str) -> bool:
    """Tell by its name whether a seed is a file of JSON lines, with one record a line, not a page."""
    return suffix_of(source) == _JSONL


def line_unit(source: str) -> str:
    """Return what the lines of a seed are, as Chinese readers are shown it: 行, or 段 of a Word file."""
    return "段" if FORMATS.get(suffix_of(source)) in _COUNTED_BY_PARAGRAPHS else "行"
