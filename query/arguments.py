"""Checks the arguments of a search before an index is asked: query, page, order and facet fields."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Integral
from typing import get_args

from indexer.errors import LianghuiError
from indexer.segments.schema import FACETS
from query.choices import Sort
from query.language.fields import INDEX_FIELDS, Filters, check_filter_names
from query.language.parser import parse
from query.language.syntax_tree import EVERYTHING, Tree

__all__ = [
    "check_filters",
    "check_number",
    "check_period",
    "check_sort",
    "check_text",
    "facet_field",
    "parse_query",
]


def parse_query(query: str, *, optional: bool = False) -> Tree:
    """Parse a query; where it is `optional`, an empty one matches everything.

    Raise `QueryError` for a query that cannot be parsed, `TypeError` for one that is no str.
    """
    if not isinstance(query, str):
        raise TypeError(f"a query is a str and not {query!r}")
    return EVERYTHING if optional and not query.strip() else parse(query)


def check_number(name: str, number: int, least: int) -> None:
    """Raise `TypeError` for what is no whole number, `LianghuiError` for one that is too small."""
    if not isinstance(number, Integral):
        raise TypeError(f"{name} is a whole number and not {number!r}")
    if number < least:
        raise LianghuiError(f"{name} counts from {least}; give a larger number than {number}")


def check_text(name: str, text: str) -> None:
    """Raise `TypeError` for what is no text."""
    if not isinstance(text, str):
        raise TypeError(f"{name} is a text and not {text!r}")


def check_filters(filters: Filters) -> None:
    """Raise `TypeError` for a name that no filter has, and for what is neither a text nor several."""
    check_filter_names(filters)
    for name, texts in filters.items():
        several = [] if texts is None else [texts] if isinstance(texts, str) else texts
        if not isinstance(several, Sequence) or not all(isinstance(text, str) for text in several):
            raise TypeError(f"{name} is a text or a list of texts and not {texts!r}")


def check_sort(sort: Sort) -> None:
    """Raise `LianghuiError` for an order that does not exist."""
    if sort not in get_args(Sort):
        raise LianghuiError(f"there is no order {sort!r}; there are {', '.join(get_args(Sort))}")


def check_period(by: str) -> None:
    """Raise `LianghuiError` for what no timeline is by."""
    if by not in ("month", "year"):
        raise LianghuiError(f"there is no timeline by {by!r}; there are month and year")


def facet_field(name: str) -> str:
    """Return the facet field of this name, or of a filter of this name.

    Raise `LianghuiError` for a field that is no facet.
    """
    field = INDEX_FIELDS.get(name, name) if isinstance(name, str) else name
    if field not in FACETS:
        raise LianghuiError(f"there is no facet {name!r}; there are {', '.join(FACETS)}")
    return field
