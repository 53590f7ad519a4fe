"""The options that several commands have in common."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar, get_args

import click
from click.core import ParameterSource

from indexer.errors import LianghuiError
from query.language.fields import DATE, FILTERS, FilterField
from query.matching.collector import Sort

__all__ = [
    "answer_options",
    "form_of",
    "form_options",
    "format_option",
    "hits_wanted",
    "index_option",
    "pager_option",
    "query_options",
]

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _completed(context: click.Context, option: click.Parameter, start: str) -> list[str]:
    """Return the values of the index that a shell offers for a filter."""
    from query.cli.completion import completions  # noqa: PLC0415 - only a shell that asks waits for it

    return completions(context.params.get("index") or Path("index"), str(option.name), start)


def _filter(field: FilterField) -> Callable[[_Command], _Command]:
    """Return what adds the option of a filter."""
    return click.option(
        f"--{field.name}",
        field.name,
        multiple=field is not DATE,
        metavar="FROM..TO" if field is DATE else "TEXT",
        shell_complete=_completed if field.completes else None,
        help=field.help,
    )


_FORMS = (
    click.option("--kwic", is_flag=True, help="Print every match on a line of its own, in one column."),
    click.option("--count", is_flag=True, help="Print only how many paragraphs were found."),
    click.option("--ids", is_flag=True, help="Print only the ids, best first; all, unless -n is given."),
)


_ANSWERS = (
    click.option("--strict", is_flag=True, help="Only what is exactly as asked, nothing that is close."),
    click.option(
        "--sort",
        type=click.Choice(get_args(Sort)),
        default="score",
        show_default=True,
        help="Best first, newest first, or as in the seeds.",
    ),
    click.option("--collapse", is_flag=True, help="Show paragraphs of the same text once, with a count."),
    click.option("--explain", is_flag=True, help="Show what every score is made of 评分."),
)


_MEANT_FOR = {
    "text": "text for people",
    "jsonl": "jsonl line by line",
    "csv": "csv for spreadsheets",
    "md": "md",
    "cite": "cite to paste",
}


def format_option(formats: Iterable[str]) -> Callable[[_Command], _Command]:
    """Return what adds the choice of a format."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(list(formats)),
        default="text",
        show_default=True,
        help=f"{', '.join(_MEANT_FOR.get(name, name) for name in formats)}.",
    )


def query_options(formats: Iterable[str]) -> Callable[[_Command], _Command]:
    """Return what adds the query, the filters and the ways of printing to a command that searches."""

    def add(command: _Command) -> _Command:
        for option in (
            pager_option,
            format_option(formats),
            *map(_filter, reversed(FILTERS)),
            click.argument("query", nargs=-1),
        ):
            command = option(command)
        return command

    return add


def answer_options(command: _Command) -> _Command:
    """Add what a search can be told about its answer."""
    for option in reversed(_ANSWERS):
        command = option(command)
    return command


def form_options(command: _Command) -> _Command:
    """Add what can be asked for in place of a format."""
    for option in reversed(_FORMS):
        command = option(command)
    return command


def form_of(format_: str, **flags: bool) -> str:
    """Return the one form that an answer is asked for in: a format, or the flag in place of one."""
    asked = [name for name, given in flags.items() if given]
    named = [f"--{name}" for name in asked] + ([] if format_ == "text" else [f"--format {format_}"])
    if len(named) > 1:
        raise LianghuiError(f"{' and '.join(named)} exclude each other; give one of them")
    return asked[0] if asked else format_


def hits_wanted(form: str) -> int:
    """Return how many hits of a page a form of the answer has, for the command that is running."""
    context = click.get_current_context()
    limit: int = context.params["limit"]
    sources = {context.get_parameter_source(name) for name in ("limit", "page")}
    whole = form == "ids" and sources == {ParameterSource.DEFAULT}
    return 0 if form == "count" else sys.maxsize if whole else limit


def pager_option(command: _Command) -> _Command:
    """Add the option of the commands whose output may be longer than a screen."""
    return click.option(
        "--pager/--no-pager",
        default=True,
        show_default=True,
        help="Show what is longer than the terminal through PAGER.",
    )(command)


def index_option(command: _Command) -> _Command:
    """Add the option that every command has."""
    return click.option(
        "--index",
        "index",
        type=click.Path(path_type=Path),
        default="index",
        show_default=True,
        envvar="LIANGHUI_INDEX",
        help="The index folder; also from LIANGHUI_INDEX.",
    )(command)
