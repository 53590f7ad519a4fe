"""What a command prints, by its options: hits, or a concordance, a count or ids in their place."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, get_args

import click
from click.core import ParameterSource
from msgspec import Struct

from indexer.errors import LianghuiError
from query.choices import Side
from query.output.formats import FACET_FORMATS, HIT_FORMATS, OUTPUTS, Layout
from query.output.terminal import Screen, display

__all__ = ["Printing", "choose_printing", "facet_printing"]

_MAX_SORTED = 1_000  # hits whose matches are sorted, unless -n says otherwise
_BOM = "\ufeff"


class Printing(Struct, frozen=True):
    """How an answer is printed: by which format, laid out how, through a pager or not.

    `shows_meant` says that the format itself shows what else a text was taken to mean.
    """

    lines: Callable[[Any, Layout], Iterable[str]]
    layout: Layout
    pager: bool
    bom: bool = False
    shows_meant: bool = False

    def show(self, answer: Any) -> None:
        """Print an answer to stdout; with a byte-order mark before the first line if that is wanted."""
        lines = self.lines(answer, self.layout)
        display(_marked(lines) if self.bom else lines, pager=self.pager)


def choose_printing(options: dict[str, Any]) -> Printing:
    """Take from the options of a search those that say how it is printed; set its limit and order to match.

    Raise `LianghuiError` when they exclude each other, or when what is asked for has no such format,
    order or rows.
    """
    asked = [name for name in OUTPUTS if options.pop(name)]
    format_, each, sort = options.pop("format_"), options.pop("each"), options["sort"]
    formats = OUTPUTS[asked[0]] if asked else HIT_FORMATS
    if len(asked) > 1 or format_ not in formats:
        named = [f"--{name}" for name in asked] + ([] if format_ == "text" else [f"--format {format_}"])
        raise LianghuiError(f"{' and '.join(named)} exclude each other; give one of them")
    side = sort if sort in get_args(Side) else None
    if side and asked != ["kwic"]:
        raise LianghuiError(f"--sort {sort} puts a concordance in order; add --kwic")
    if each != "hit" and asked:
        raise LianghuiError(f"--{asked[0]} and --each {each} exclude each other; give one of them")
    if each != "hit" and format_ != "csv":
        raise LianghuiError(f"--each {each} makes rows of a spreadsheet; add --format csv")
    options["sort"] = "score" if side else sort
    options["limit"] = _limit(options["limit"], asked, side)
    layout = Layout(Screen.here(), each, side)
    shows = not asked and format_ in ("text", "json")
    pager, bom = options.pop("pager"), options.pop("bom") and format_ == "csv"
    return Printing(formats[format_], layout, pager, bom, shows)


def facet_printing(*, format_: str, bom: bool, pager: bool) -> Printing:
    """Return how values and their counts are printed."""
    return Printing(FACET_FORMATS[format_], Layout(Screen.here()), pager, bom and format_ == "csv")


def _limit(limit: int, asked: list[str], side: Side | None) -> int:
    """Return the number of hits on a page that an output needs, by the options of the running command."""
    if asked == ["count"]:
        return 0
    context = click.get_current_context()
    if {context.get_parameter_source(name) for name in ("limit", "page")} != {ParameterSource.DEFAULT}:
        return limit
    return sys.maxsize if asked == ["ids"] else _MAX_SORTED if side else limit


def _marked(lines: Iterable[str]) -> Iterator[str]:
    """Put a byte-order mark before the first line, by which spreadsheets know UTF-8."""
    for number, line in enumerate(lines):
        yield line if number else _BOM + line
