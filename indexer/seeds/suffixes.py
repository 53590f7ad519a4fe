"""By which end of its name each kind of seed is known."""

from __future__ import annotations

__all__ = ["HTML", "PDF", "SEED_SUFFIXES", "WORD", "is_jsonl", "line_unit", "suffix_of"]

HTML = (".html", ".htm", ".xhtml")
PDF = (".pdf",)
WORD = (".docx", ".doc")

_JSONL = ".jsonl"

SEED_SUFFIXES = (".txt", _JSONL, *HTML, *PDF, *WORD)
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
    return "段" if suffix_of(source) in WORD else "行"
