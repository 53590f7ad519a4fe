"""Counts and lists in English sentences."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["listed", "number_of", "verb"]


def number_of(count: int, noun: str) -> str:
    """Count things: 1 paragraph, 2 paragraphs."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def verb(count: int, singular: str, plural: str) -> str:
    """Choose the form of a verb for a number of things: 1 occurs, 2 occur."""
    return singular if count == 1 else plural


def listed(items: Sequence[str], last: str = "and") -> str:
    """List things in a sentence: a, b and c."""
    *others, end = items
    return f"{', '.join(others)} {last} {end}" if others else end
