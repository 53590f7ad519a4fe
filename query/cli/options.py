"""Options that several commands share, as decorators."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from indexer.errors import DEFAULT_INDEX
from indexer.store.address import place_of
from query.choices import Each, Side, Sort
from query.language.fields import DATE, FILTERS, FilterField

__all__ = [
    "answer_options",
    "format_option",
    "index_option",
    "output_options",
    "pager_option",
    "query_options",
    "strict_option",
]

_Command = TypeVar("_Command", bound=Callable[..., Any])

_OUTPUT_OPTIONS = (
    click.option("--kwic", is_flag=True, help="Print every match on a line of its own, in one column."),
    click.option("--count", is_flag=True, help="Print only how many paragraphs were found."),
    click.option("--ids", is_flag=True, help="Print only the ids, best first; all, unless -n is given."),
    click.option(
        "--each",
        type=click.Choice(get_args(Each)),
        default="hit",
        show_default=True,
        help="A row of csv for each hit, or for each of its speakers.",
    ),
)

strict_option = click.option(
    "--strict", is_flag=True, help="Only what is exactly as asked, nothing that is close."
)

_ANSWER_OPTIONS = (
    strict_option,
    click.option(
        "--sort",
        type=click.Choice([*get_args(Sort), *get_args(Side)]),
        default="score",
        show_default=True,
        help="Best first, newest or oldest first, or as in the seeds; with --kwic, by one side, too.",
    ),
    click.option("--collapse", is_flag=True, help="Show paragraphs of the same text once, with a count."),
    click.option("--explain", is_flag=True, help="Show what every score is made of 评分."),
)

_FORMAT_HELP = {
    "text": "text for people",
    "jsonl": "jsonl line by line",
    "csv": "csv for spreadsheets",
    "md": "md",
    "cite": "cite to paste",
}


def bom_option(command: _Command) -> _Command:
    """Add `--bom` to a command that prints CSV."""
    return click.option(
        "--bom/--no-bom",
        default=True,
        show_default=True,
        help="Begin csv with the mark by which spreadsheets know UTF-8.",
    )(command)


def format_option(formats: Iterable[str]) -> Callable[[_Command], _Command]:
    """Make the option `--format` with a choice of formats."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(list(formats)),
        default="text",
        show_default=True,
        help=f"{', '.join(_FORMAT_HELP.get(name, name) for name in formats)}.",
    )


def query_options(formats: Iterable[str]) -> Callable[[_Command], _Command]:
    """Make the query, the filters, `--format` and `--pager` of a command that searches."""
    return _all_of(
        click.argument("query", nargs=-1),
        *map(_filter, FILTERS),
        format_option(formats),
        bom_option,
        pager_option,
    )


def answer_options(command: _Command) -> _Command:
    """Add the options that change what a search finds and in which order."""
    return _all_of(*_ANSWER_OPTIONS)(command)


def output_options(command: _Command) -> _Command:
    """Add the flags that print something in place of a format."""
    return _all_of(*_OUTPUT_OPTIONS)(command)


def _all_of(*options: Callable[[Any], Any]) -> Callable[[_Command], _Command]:
    """Make one decorator of several; the help lists them in their order."""

    def add(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def pager_option(command: _Command) -> _Command:
    """Add `--pager` to a command whose output may be longer than a screen."""
    return click.option(
        "--pager/--no-pager",
        default=True,
        show_default=True,
        help="Show what is longer than the terminal through PAGER.",
    )(command)


class _Place(click.Path):
    """A folder, or an address in a cluster."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Tell an address from a folder."""
        if isinstance(value, str) and "://" in value:
            return place_of(value)
        return Path(os.fsdecode(super().convert(value, param, ctx)))


def index_option(command: _Command) -> _Command:
    """Add `--index`, which every command has."""
    return click.option(
        "--index",
        "index",
        type=_Place(),
        default=DEFAULT_INDEX,
        show_default=True,
        envvar="LIANGHUI_INDEX",
        help="The index folder, or opensearch://HOST:PORT/NAME; also from LIANGHUI_INDEX.",
    )(command)


def _complete(context: click.Context, option: click.Parameter, start: str) -> list[str]:
    """Complete a filter with values of the index."""
    from query.cli.completion import completions  # noqa: PLC0415 - no command needs it

    return completions(context.params.get("index") or DEFAULT_INDEX, str(option.name), start)


def _filter(field: FilterField) -> Callable[[_Command], _Command]:
    """Make the option of a filter."""
    return click.option(
        f"--{field.name.replace('_', '-')}",
        field.name,
        multiple=True,
        metavar="FROM..TO" if field is DATE else "TEXT",
        shell_complete=None if field is DATE else _complete,
        help=field.help,
    )
