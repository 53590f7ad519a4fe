"""The commands of `lianghui`: each opens the index, calls one function of the library, and prints."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import click

from indexer.errors import IndexMissingError, LianghuiError, build_command
from indexer.models import Fault
from indexer.segments.schema import FACETS
from indexer.staleness import Staleness
from indexer.store.generations import current_generation
from query.cli.interrupt import stop, try_again
from query.cli.messages import why_less, why_no_value, why_no_word, why_nothing
from query.cli.options import (
    answer_options,
    form_of,
    form_options,
    format_option,
    hits_wanted,
    index_option,
    pager_option,
    query_options,
)
from query.cli.status import status_text
from query.index import open_index
from query.language.fields import Filters
from query.language.parser import quote
from query.language.quotations import mend_quotations
from query.output.formats import FACET_FORMATS, HIT_FORMATS, HIT_FORMS, json_lines
from query.output.terminal import Screen, display, echo, say
from query.output.text import paragraph_text
from query.output.word_table import WORD_FORMATS
from query.results import EXPORT_KEYS
from query.words import with_places

if TYPE_CHECKING:
    from indexer import Report

__all__ = ["cli", "main"]

SEEDS = Path("seeds")
_FAULTS_SHOWN = 20


def main() -> None:
    """Run the command line: exit 0 with hits, 1 without, 2 on an error, 130 when it is interrupted."""
    try:
        sys.unraisablehook = try_again
        _run()
    except KeyboardInterrupt:  # outside of a command: before it, or while it ends
        stop()


def _run() -> None:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        sys.exit(cli.main(standalone_mode=False))
    except LianghuiError as error:
        say(str(error))
    except click.ClickException as error:
        error.show()
    except click.Abort:
        stop()
    except BrokenPipeError:  # the reader of a pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        say(f"the output cannot be written ({error.strerror}); send it elsewhere")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(2)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lianghui", message="%(prog)s %(version)s")
def cli() -> None:
    """Search the texts of political sessions: who said what about this, where, and when."""


@cli.command()
@query_options(HIT_FORMATS)
@form_options
@answer_options
@click.option("-n", "--limit", type=click.IntRange(0), default=10, show_default=True, help="Hits on a page.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Page, from 1.")
@index_option
def search(
    query: tuple[str, ...], index: Path, format_: str, kwic: bool, count: bool, ids: bool, **options: Any
) -> int:
    """Find the paragraphs that match QUERY, best first.

    A blank is AND; OR or |, NOT or -, brackets, "phrases" and fields such as 发言人：… or date:2025-02
    are understood, in half and full width; so are 张?敏, 专*新 and 低空 NEAR/10 人才. Put -- before a QUERY
    that begins with a minus. Where nothing is as asked, the search steps down to what is close, and says so.

    A filter lets pass what its TEXT occurs in; given twice, either will do. With a filter, QUERY may
    be left out.
    """
    form = form_of(format_, kwic=kwic, count=count, ids=ids)
    options["limit"], pager = hits_wanted(form), options.pop("pager")
    _build_missing(index)
    with open_index(index) as opened:
        _say_if_stale(opened.staleness)
        results = opened.search(" ".join(query), **options)
        display(HIT_FORMS[form](results, Screen.here()), pager=pager)
        _say_if_mended(results.mended)
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
    format_: str,
    pager: bool,
    **filters: Unpack[Filters],
) -> int:
    """Print the values of a facet field over the paragraphs that hold the query, best first."""
    _build_missing(index)
    asked = " ".join(query)
    with open_index(index) as opened:
        _say_if_stale(opened.staleness)
        results = opened.count_values(field, asked, by=by, **filters)
        facets = results.facets[field]
        display(FACET_FORMATS[format_](facets, Screen.here()), pager=pager)
        _say_if_mended(mend_quotations(asked))
        if not facets:
            say(why_no_value(field, results))
    return 0 if facets else 1


def _add_count(name: str, field: str) -> None:
    """Add the command that lists the values of a facet field."""

    @cli.command(
        name,
        help=f"List the {name} of the paragraphs that hold QUERY, or of all, with the number of paragraphs.",
    )
    @query_options(FACET_FORMATS)
    @click.option("--by", type=click.Choice(FACETS), help="Count the values of this field within each.")
    @index_option
    def command(**options: Any) -> int:
        return _count(field, **options)


for _name, _field in (("speakers", "speaker"), ("topics", "topic"), ("sessions", "session")):
    _add_count(_name, _field)


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
    _build_missing(index)
    with open_index(index) as opened:
        _say_if_stale(opened.staleness)
        found = opened.lexicon(*words)
        entries = with_places(found, opened.first) if why else [word.to_dict() for word in found]
        display(WORD_FORMATS[format_](entries), pager=pager)
    missing = why_no_word(words, found)
    if missing:
        say(missing)
    return 1 if missing else 0


@cli.command()
@click.argument("id_", metavar="ID")
@click.option("-C", "--context", type=click.IntRange(0), default=0, help="Neighbours on either side.")
@pager_option
@index_option
def show(id_: str, context: int, pager: bool, index: Path) -> int:
    """Show the paragraph ID whole, with N neighbours before and behind it."""
    with open_index(index) as opened:
        found = opened.around(id_, context)
        if not found:
            raise LianghuiError(f"no paragraph {id_} in the index at {index}; ids stand in search results")
        screen = Screen.here()
        texts = (paragraph_text(paragraph, screen, asked=paragraph.id == id_) for paragraph in found)
        display(chain.from_iterable(texts), pager=pager)
    return 0


@cli.command()
@index_option
def export(index: Path) -> int:
    """Write every paragraph in reading order as JSON lines, with the keys of a hit."""
    with open_index(index) as opened:
        for paragraph in opened.paragraphs():
            record = {"highlights": [], **paragraph.to_dict()}
            echo(json_lines([{key: record[key] for key in EXPORT_KEYS if key in record}]))
    return 0


@cli.command("index")
@click.argument("seeds", type=click.Path(path_type=Path), default=SEEDS)
@click.option("--full", is_flag=True, help="Start over instead of reading only what changed.")
@click.option("--force", is_flag=True, help="Build also when most of what the index holds would be gone.")
@click.option("--follow-links", is_flag=True, help="Read what links lead to out of SEEDS, too.")
@index_option
def index_(seeds: Path, full: bool, force: bool, follow_links: bool, index: Path) -> int:
    """Build the index of the texts in SEEDS (default: ./seeds), or bring it up to date."""
    report = _build(seeds, index, full=full, force=force, follow_links=follow_links)
    changed = report.changes
    click.echo(
        f"added {len(changed.added)}, changed {len(changed.changed)}, removed {len(changed.removed)}: "
        f"{report.paragraphs} paragraphs from {_files(report.sources)} in {report.seconds:.1f} s"
    )
    return 2 if report.faults else 0


@cli.command()
@index_option
def status(index: Path) -> int:
    """Say what is indexed, when it was built, and whether the seeds changed since: exit 1 if so."""
    with open_index(index) as opened:
        stale = opened.staleness.changes(thorough=True)
        recut = opened.staleness.analysis_changes(thorough=True)
        echo(status_text(opened.staleness, stale, recut, Screen.here()))
        _say_faults(opened.generation.manifest.faults())
    return 1 if stale or recut else 0


@cli.command("verify")
@click.option("--probes", type=click.IntRange(1), default=2_000, show_default=True, help="Substrings to try.")
@click.option("--seed", default=0, show_default=True, help="Another number draws other substrings.")
@click.option("--deep", is_flag=True, help="First check every file, and what is indexed of every paragraph.")
@index_option
def verify_(probes: int, seed: int, deep: bool, index: Path) -> int:
    """Prove that search finds all that is there, and nothing else, against a plain scan of the seeds."""
    from query import verify  # noqa: PLC0415 - a search need not wait for what reads seeds

    if deep and not _inspect(index):
        return 2
    with open_index(index) as opened, _bar(probes, "verifying") as advance:
        proof = verify(opened, probes=probes, seed=seed, progress=advance)
    click.echo(
        f"{proof.paragraphs} paragraphs, {proof.probes} probes, {proof.hits} hits: "
        f"missed {proof.missed}, extra {proof.extra}"
    )
    for miss in proof.misses[:_FAULTS_SHOWN]:
        say(f"{quote(miss.probe)}: missed {', '.join(miss.missed) or 0}, extra {', '.join(miss.extra) or 0}")
    if proof.altered:
        remedy = build_command(index, full=True)
        say(f"{len(proof.altered)} paragraphs differ from their seeds; rebuild with: {remedy}")
    return 0 if proof.holds else 2


def _inspect(index: Path) -> bool:
    """Look through an index, print what was looked at, and say what is damaged; tell whether nothing is."""
    from query.verification.integrity import inspect  # noqa: PLC0415 - see above

    with _bar(None, "inspecting") as advance:
        found = inspect(index, progress=advance)
    click.echo(
        f"{found.files} files, {found.arrays} arrays, {found.paragraphs} paragraphs, "
        f"{found.postings} postings: damaged {len(found.damages)}"
    )
    for damage in found.damages[:_FAULTS_SHOWN]:
        say(damage)
    if not found.holds:
        say(f"the index at {index} is damaged; rebuild it with: {build_command(index, full=True)}")
    return found.holds


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


def _build(seeds: Path, index: Path, **options: bool) -> Report:
    """Build with a progress bar, and say what could not or was not to be read."""
    from indexer import build_index  # noqa: PLC0415 - a search need not wait for what reads seeds

    with _bar(None, "indexing") as advance:
        report = build_index(seeds, index, progress=advance, **options)
    if report.unfollowed:
        remedy = build_command(index, seeds, follow_links=True)
        say(
            f"links that lead out of {seeds} are not read: {_some(report.unfollowed)}; to read them: {remedy}"
        )
    _say_faults(report.faults)
    return report


def _build_missing(index: Path) -> None:
    """Build the index when there is none but there are seeds, and say so."""
    try:
        current_generation(index)
    except IndexMissingError:
        if not SEEDS.is_dir():
            raise
        say(f"no index at {index} yet; building it from {SEEDS}")
        _build(SEEDS, index)


@contextmanager
def _bar(length: int | None, label: str) -> Iterator[Callable[..., None]]:
    """Show a progress bar on a terminal; yield the function that moves it on."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    with click.progressbar(length=length or 1, label=label, file=sys.stderr) as bar:

        def advance(steps: int, total: int | None = None) -> None:
            bar.length = total or bar.length
            bar.update(steps)

        yield advance


def _say_if_stale(staleness: Staleness) -> None:
    changed, recut, remedy = staleness.changes(), staleness.analysis_changes(), staleness.update_command()
    if changed:
        say(f"the seeds changed since the index was built: {changed}; to read them: {remedy}")
    if recut:
        say(f"text is cut differently now: {recut}; bring the index up to date with: {remedy}")


def _say_if_mended(read: str) -> None:
    if read:
        say(f"a quotation mark has no partner; the query is read as: {read}")


def _say_faults(faults: Sequence[Fault]) -> None:
    for fault in faults[:_FAULTS_SHOWN]:
        say(str(fault))
    if len(faults) > _FAULTS_SHOWN:
        say(f"and {len(faults) - _FAULTS_SHOWN} more like these; correct these first")


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"
