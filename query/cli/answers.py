"""What the commands that ask an index do: open it, call one function of the library, and print."""

from __future__ import annotations

from itertools import chain
from typing import Any, Unpack

from indexer.errors import LianghuiError
from indexer.staleness import Staleness
from indexer.store.address import IndexPlace
from query.cli.building import build_if_missing
from query.cli.english import listed, number_of, verb
from query.cli.messages import why_less, why_no_value, why_no_word, why_nothing
from query.cli.printing import choose_printing, facet_printing
from query.index import open_index
from query.language.fields import Filters
from query.output.formats import json_lines
from query.output.terminal import Screen, display, echo, say
from query.output.text import paragraph_text
from query.output.word_table import WORD_FORMATS
from query.results import EXPORT_KEYS, Results, in_order_of_values
from query.words import add_first_sources

__all__ = ["count", "export", "list_words", "search", "show"]

# What an export says also where there is none, so that it is not read from the text when that is a seed.
_NONE: dict[str, Any] = {
    key: [] for key in ("highlights", "mentioned_sessions", "mentioned_dates", "chair", "attendees")
}


def search(query: tuple[str, ...], index: IndexPlace, **options: Any) -> int:
    """Find paragraphs, and print them as the options say; explain an answer that is empty or not as asked."""
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


def count(
    field: str,
    index: IndexPlace,
    query: tuple[str, ...],
    by: str | None,
    strict: bool,
    sort: str,
    limit: int | None,
    printing: dict[str, Any],
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
    facet_printing(**printing).show(facets[:limit])
    _say_if_mended(results)
    _say_meant(results)
    if results.total and results.rung != "exact":
        say(why_less(results))
    if not facets:
        say(why_no_value(field, results))
    if field == "year" and (undated := results.total - sum(facet.count for facet in results.facets[field])):
        say(f"{number_of(undated, 'paragraph')} {verb(undated, 'has', 'have')} no date")
    return 0 if facets else 1


def list_words(words: tuple[str, ...], index: IndexPlace, *, why: bool, format_: str, pager: bool) -> int:
    """Print the words kept whole, or those of `words` that are."""
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


def show(place: str, index: IndexPlace, *, context: int, article: bool, pager: bool) -> int:
    """Print the paragraphs at a place, with neighbours or their article."""
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


def export(index: IndexPlace) -> int:
    """Print every paragraph as a line of JSON."""
    with open_index(index) as opened:
        for paragraph in opened.paragraphs():
            record = _NONE | paragraph.to_dict()
            echo(json_lines([{key: record[key] for key in EXPORT_KEYS if key in record}]))
    return 0


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
