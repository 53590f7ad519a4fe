"""The commands of `lianghui`: each opens the index, calls one function of the library, and prints."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Any, NoReturn, Unpack

import click

from indexer.errors import LianghuiError
from indexer.segments.schema import FACETS
from indexer.staleness import Staleness
from query.cli.building import build_if_missing
from query.cli.english import listed, number_of, verb
from query.cli.index_commands import index_, status, verify_
from query.cli.messages import why_less, why_no_value, why_no_word, why_nothing
from query.cli.options import (
    answer_options,
    format_option,
    index_option,
    output_options,
    pager_option,
    query_options,
)
from query.cli.printing import Printing, choose_printing
from query.cli.process import run_process
from query.index import open_index
from query.language.fields import Filters
from query.output.formats import FACET_FORMATS, HIT_FORMATS, Layout, json_lines
from query.output.terminal import Screen, display, echo, say
from query.output.text import paragraph_text
from query.output.word_table import WORD_FORMATS
from query.results import EXPORT_KEYS, Results, in_order_of_values
from query.words import add_first_sources

__all__ = ["cli", "main"]


def main() -> NoReturn:
    """Run the command line: exit with 0 for hits, 1 for none, 2 on an error, 130 when interrupted."""
    run_process(cli)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lianghui", message="%(prog)s %(version)s")
def cli() -> None:
    """Search the texts of political sessions: who said what about this, where, and when."""


@cli.command()
@query_options(HIT_FORMATS)
@output_options
@answer_options
@click.option("-n", "--limit", type=click.IntRange(0), default=10, show_default=True, help="Hits on a page.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Page, from 1.")
@index_option
def search(query: tuple[str, ...], index: Path, **options: Any) -> int:
    """Find the paragraphs that match QUERY, best first.

    A blank is AND; OR or |, NOT or -, brackets, "phrases" and fields such as 发言人：… or date:2025-02
    are understood, in half and full width; so are 张?敏, 专*新 and 低空 NEAR/10 人才. Put -- before a QUERY
    that begins with a minus. Where nothing is as asked, the search steps down to what is close, and says so.

    A filter lets pass what its TEXT occurs in; given twice, either will do. With a filter, QUERY may
    be left out.
    """
    printing = choose_printing(options)
    build_if_missing(index)
    with open_index(index) as opened:
        _say_if_stale(opened.staleness)
        results = opened.search(" ".join(query), **options)
    printing.show(results)
    _say_if_mended(results)
    if not printing.shows_meant:
        _say_meant(results)
    if not results.total:
        say(why_nothing(results))
    elif results.rung != "exact":
        say(why_less(results))
    return 0 if results.total else 1


def _count(
    field: str,
    index: Path,
    query: tuple[str, ...],
    by: str | None,
    strict: bool,
    sort: str,
    limit: int | None,
    printing: Printing,
    **filters: Unpack[Filters],
) -> int:
    """Print the values of a facet field over the paragraphs that match the query."""
    build_if_missing(index)
    with open_index(index) as opened:
        _say_if_stale(opened.staleness)
        results = opened.count_values(field, " ".join(query), by=by, strict=strict, **filters)
    facets = results.facets[field]
    if sort == "value":
        facets = in_order_of_values(facets)
    printing.show(facets[:limit])
    _say_if_mended(results)
    _say_meant(results)
    if results.total and results.rung != "exact":
        say(why_less(results))
    if not facets:
        say(why_no_value(field, results))
    undated = results.total - sum(facet.count for facet in results.facets[field])
    if field == "year" and undated:
        say(f"{number_of(undated, 'paragraph')} {verb(undated, 'has', 'have')} no date")
    return 0 if facets else 1


def _add_count_command(name: str, field: str, sort: str = "count") -> None:
    """Add the command `name`, which lists the values of a facet field."""

    @cli.command(
        name,
        help=f"List the {name} of the paragraphs that hold QUERY, or of all, with the number of paragraphs.",
    )
    @query_options(FACET_FORMATS)
    @click.option("--strict", is_flag=True, help="Only what is exactly as asked, nothing that is close.")
    @click.option("--by", type=click.Choice(FACETS), help="Count the values of this field within each.")
    @click.option(
        "--sort",
        type=click.Choice(["count", "value"]),
        default=sort,
        show_default=True,
        help="Most frequent first, or in the order of the values.",
    )
    @click.option("-n", "--limit", type=click.IntRange(1), help="At most so many values; all, unless given.")
    @index_option
    def command(format_: str, bom: bool, pager: bool, **options: Any) -> int:
        printing = Printing(FACET_FORMATS[format_], Layout(Screen.here()), pager, bom and format_ == "csv")
        return _count(field, printing=printing, **options)


for _name, _field in (
    ("speakers", "speaker"),
    ("topics", "topic"),
    ("sessions", "session"),
    ("sources", "source"),
):
    _add_count_command(_name, _field)
_add_count_command("years", "year", sort="value")


@cli.command("words")
@click.argument("words", metavar="[WORD]...", nargs=-1)
@click.option(
    "--why", is_flag=True, help="Show where each word comes from, and the first place that says it."
)
@format_option(WORD_FORMATS)
@pager_option
@index_option
def words_(words: tuple[str, ...], why: bool, index: Path, format_: str, pager: bool) -> int:
    """List the words kept whole: yours from words.txt, and those learned from the texts; or only WORDs."""
    build_if_missing(index)
    with open_index(index) as opened:
        _say_if_stale(opened.staleness)
        found = opened.lexicon(*words)
        entries = add_first_sources(found, opened.first) if why else [word.to_dict() for word in found]
    display(WORD_FORMATS[format_](entries), pager=pager)
    missing = why_no_word(words, found)
    if missing:
        say(missing)
    return 1 if missing else 0


@cli.command()
@click.argument("place")
@click.option("-C", "--context", type=click.IntRange(0), default=0, help="Neighbours on either side.")
@click.option("--article", is_flag=True, help="The whole article that the paragraph stands in.")
@pager_option
@index_option
def show(place: str, context: int, article: bool, pager: bool, index: Path) -> int:
    """Show the paragraph at PLACE whole: an id, the beginning of one, FILE:LINE, or all of FILE.

    With -C, show its neighbours before and behind it, too; with --article, its article.
    """
    if article and context:
        raise LianghuiError("--article and -C exclude each other; give one of them")
    with open_index(index) as opened:
        asked = opened.locate(place)
        one = asked[0].id if len(asked) == 1 else None
        found = asked if one is None else opened.article(one) if article else opened.around(one, context)
    screen = Screen.here()
    texts = (paragraph_text(paragraph, screen, asked=paragraph.id == one) for paragraph in found)
    display(chain.from_iterable(texts), pager=pager)
    return 0


@cli.command()
@index_option
def export(index: Path) -> int:
    """Write every paragraph in reading order as JSON lines, with the keys that are its own."""
    with open_index(index) as opened:
        for paragraph in opened.paragraphs():
            record = {"highlights": [], **paragraph.to_dict()}
            echo(json_lines([{key: record[key] for key in EXPORT_KEYS if key in record}]))
    return 0


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print the script that completes commands, options and the values of the index in a SHELL.

    For bash, put this line into ~/.bashrc, and likewise for zsh into ~/.zshrc:
    eval "$(lianghui completion bash)". For fish: lianghui completion fish | source
    """
    from click.shell_completion import get_completion_class  # noqa: PLC0415 - nothing else waits for it

    script = get_completion_class(shell)
    if script is not None:
        click.echo(script(cli, {}, "lianghui", "_LIANGHUI_COMPLETE").source(), nl=False)
    return 0


for _command in (index_, status, verify_):
    cli.add_command(_command)


def _say_if_stale(staleness: Staleness) -> None:
    remedy = staleness.update_command()
    if changes := staleness.changes():
        say(f"the seeds changed since the index was built: {changes}; to read them: {remedy}")
    if changed := staleness.analysis_changes():
        say(f"text is cut differently now: {changed}; bring the index up to date with: {remedy}")


def _say_meant(results: Results) -> None:
    for text, meant in results.meant.items():
        say(f"{text} is taken to mean {listed(meant, 'or')}, too")


def _say_if_mended(results: Results) -> None:
    if results.mended:
        say(f"a quotation mark has no partner; the query is read as: {results.mended}")
