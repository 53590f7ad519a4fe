"""The commands of `lianghui`, their arguments and their help; what they do is imported when one is run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from indexer.errors import DEFAULT_SEEDS
from indexer.segments.schema import FACETS
from indexer.store.address import IndexPlace
from query.choices import FACET_FORMAT_NAMES, HIT_FORMAT_NAMES, WORD_FORMAT_NAMES
from query.cli.options import (
    answer_options,
    format_option,
    index_option,
    output_options,
    pager_option,
    query_options,
    strict_option,
)
from query.cli.process import run_process

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["cli", "main"]


def main() -> NoReturn:
    """Run the command line: exit with 0 for hits, 1 for none, 2 on an error, 130 when interrupted."""
    run_process(cli)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lianghui", message="%(prog)s %(version)s")
def cli() -> None:
    """Search the texts of political sessions: who said what about this, where, and when."""


@cli.command()
@query_options(HIT_FORMAT_NAMES)
@output_options
@answer_options
@click.option("-n", "--limit", type=click.IntRange(0), default=10, show_default=True, help="Hits on a page.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Page, from 1.")
@index_option
def search(query: tuple[str, ...], index: IndexPlace, **options: Any) -> int:
    """Find the paragraphs that match QUERY, best first.

    A blank is AND; OR or |, NOT or -, brackets, "phrases" and fields such as 发言人：… or date:2025-02
    are understood, in half and full width; so are 张?敏, 专*新 and 低空 NEAR/10 人才. Put -- before a QUERY
    that begins with a minus. Where nothing is as asked, the search steps down to what is close, and says so.

    A filter lets pass what its TEXT occurs in; given twice, either will do. With a filter, QUERY may
    be left out.
    """
    return int(_answers().search(query, index, **options))


def _add_count_command(name: str, field: str, sort: str = "count") -> None:
    """Add the command `name`, which lists the values of a facet field."""

    @cli.command(
        name,
        help=f"List the {name} of the paragraphs that hold QUERY, or of all, with the number of paragraphs.",
    )
    @query_options(FACET_FORMAT_NAMES)
    @strict_option
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
        printing = {"format_": format_, "bom": bom, "pager": pager}
        return int(_answers().count(field, printing=printing, **options))


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
@format_option(WORD_FORMAT_NAMES)
@pager_option
@index_option
def words_(words: tuple[str, ...], why: bool, index: IndexPlace, format_: str, pager: bool) -> int:
    """List the words kept whole: yours from words.txt, and those learned from the texts; or only WORDs."""
    return int(_answers().list_words(words, index, why=why, format_=format_, pager=pager))


@cli.command()
@click.argument("place")
@click.option("-C", "--context", type=click.IntRange(0), default=0, help="Neighbours on either side.")
@click.option("--article", is_flag=True, help="The whole article that the paragraph stands in.")
@pager_option
@index_option
def show(place: str, context: int, article: bool, pager: bool, index: IndexPlace) -> int:
    """Show the paragraph at PLACE whole: an id, the beginning of one, FILE:LINE, or all of FILE.

    With -C, show its neighbours before and behind it, too; with --article, its article.
    """
    return int(_answers().show(place, index, context=context, article=article, pager=pager))


@cli.command()
@index_option
def export(index: IndexPlace) -> int:
    """Write every paragraph in reading order as JSON lines, with the keys that are its own."""
    return int(_answers().export(index))


@cli.command("index")
@click.argument("seeds", type=click.Path(path_type=Path), default=DEFAULT_SEEDS)
@click.option("--full", is_flag=True, help="Start over instead of reading only what changed.")
@click.option("--force", is_flag=True, help="Build also when most of what the index holds would be gone.")
@click.option("--follow-links", is_flag=True, help="Read what links lead to out of SEEDS, too.")
@index_option
def index_(seeds: Path, full: bool, force: bool, follow_links: bool, index: IndexPlace) -> int:
    """Build the index of the texts in SEEDS (default: ./seeds), or bring it up to date."""
    return int(_proofs().build_and_report(seeds, index, full=full, force=force, follow_links=follow_links))


@cli.command()
@index_option
def status(index: IndexPlace) -> int:
    """Say what is indexed, when it was built, and whether the seeds changed since.

    Exit with 1 if they did, and with 2 if some of them could not be read.
    """
    return int(_proofs().say_status(index))


@cli.command("verify")
@click.option("--probes", type=click.IntRange(1), default=2_000, show_default=True, help="Substrings to try.")
@click.option("--seed", default=0, show_default=True, help="Another number draws other substrings.")
@click.option("--deep", is_flag=True, help="First check every file, and what is indexed of every paragraph.")
@index_option
def verify_(probes: int, seed: int, deep: bool, index: IndexPlace) -> int:
    """Prove that search finds all that is there, and nothing else, against a plain scan of the seeds."""
    return int(_proofs().prove(index, probes=probes, seed=seed, deep=deep))


@cli.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8420, show_default=True, help="0 takes a free one."
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address of this machine to listen at."
)
@click.option(
    "--allow-host", multiple=True, metavar="NAME", help="A further name that the page may be asked by."
)
@click.option("--open", "show", is_flag=True, help="Open the page in a browser.")
@index_option
def serve(index: IndexPlace, port: int, host: str, allow_host: tuple[str, ...], show: bool) -> int:
    """Serve a page to search the index in a browser, until Ctrl-C.

    Only this machine can reach it, unless --host says otherwise. It needs: pip install 'lianghui[serve]'
    """
    from query.cli.serving import serve_page  # noqa: PLC0415 - only this command needs it

    return serve_page(index, host=host, port=port, allowed=allow_host, show=show)


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


def _answers() -> ModuleType:
    """Import what the commands that ask do: neither help nor completion waits for it."""
    from query.cli import answers  # noqa: PLC0415

    return answers


def _proofs() -> ModuleType:
    """Import what the commands about the index do."""
    from query.cli import proofs  # noqa: PLC0415

    return proofs
