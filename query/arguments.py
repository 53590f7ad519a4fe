"""Checks the arguments of a search before an index is asked: query, page, order and facet fields."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Integral
from typing import get_args

from indexer.errors import LianghuiError
from indexer.segments.schema import FACETS
from query.language.parser import parse
from query.language.syntax_tree import EVERYTHING, Tree
from query.matching.collector import Sort

__all__ = ["check_facets", "check_page", "check_sort", "parse_query"]


def parse_query(query: str, *, optional: bool = False) -> Tree:
    """Parse a query; where it is `optional`, an empty one matches everything.

    Raise `QueryError` for a query that cannot be parsed, `TypeError` for one that is no str.
    """
    if not isinstance(query, str):
        raise TypeError(f"a query is a str and not {query!r}")
    return EVERYTHING if optional and not query.strip() else parse(query)


def check_page(limit: int, page: int) -> None:
    """Raise `TypeError` for what is no whole number, `LianghuiError` for one out of range."""
    for name, number in (("limit", limit), ("page", page)):
        if not isinstance(number, Integral):
            raise TypeError(f"{name} is a whole number and not {number!r}")
    if limit < 0 or page < 1:
        raise LianghuiError("limit counts from 0 and page from 1; give larger numbers")


def check_sort(sort: Sort) -> None:
    """Raise `LianghuiError` for an order that does not exist."""
    if sort not in get_args(Sort):
        raise LianghuiError(f"there is no order {sort!r}; there are {', '.join(get_args(Sort))}")


def check_facets(names: Iterable[str]) -> None:
    """Raise `LianghuiError` for a field that is no facet."""
    for name in names:
        if name not in FACETS:
            raise LianghuiError(f"there is no facet {name!r}; there are {', '.join(FACETS)}")
