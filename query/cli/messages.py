"""Explains an answer that is empty or not as asked, from the `Results` alone: nothing is searched again."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.text.folding import fold
from query.cli.english import listed, number_of, verb
from query.language.fields import DATE, PINYIN
from query.language.parser import quote
from query.language.syntax_tree import And, Text
from query.results import Results, Unmet
from query.words import Word

__all__ = ["why_less", "why_no_value", "why_no_word", "why_nothing"]

_LISTS = {"speaker": "speakers", "topic": "topics", "session": "sessions", "source": "sources"}

_RUNGS = {
    "in-context": "have each word in the text or in what is known of them",
    "all-words": "have each word, apart, in the text or in what is known of them",
    "spelled-out": "hold, written out",
    "most-words": "hold most of its words",
    "any-word": "hold some of its words",
    "sounds-like": "hold names of the same sound",
}


def why_nothing(results: Results) -> str:
    """Explain an empty answer: what occurs nowhere, is filtered out, or does not occur together."""
    reasons = [*map(_unmet, results.unmet), *([_nowhere(results)] if results.missing else [])]
    if reasons:
        return f"nothing found: {'; '.join(reasons)}"
    if not results.query.strip():
        return "nothing found: paragraphs pass each of the filters, but none passes all"
    if results.unfiltered:
        hold = verb(results.unfiltered, "holds", "hold")
        return (
            f"nothing found: {number_of(results.unfiltered, 'paragraph')} {hold} the query, "
            "but none passes the filters"
        )
    if not results.counts:
        return "nothing found: no paragraph is as the operators and fields ask"
    counts = listed(
        [f"{quote(text)} is in {number_of(count, 'paragraph')}" for text, count in results.counts]
    )
    tree = results.tree
    if isinstance(tree, And) and all(isinstance(part, Text) for part in tree.parts):
        return f"nothing found: {counts}, but none holds {'both' if len(results.counts) == 2 else 'all'}"
    return (
        f"nothing found: {counts}, but none is as the operators and fields ask; "
        "to search for them in the text, put them in quotes"
    )


def _unmet(unmet: Unmet) -> str:
    """Say that nothing meets a filter, and what there is or where it would be found."""
    if unmet.name == PINYIN:
        return f"no name in the index has the pinyin {quote(unmet.text)}"
    missing = f"no paragraph has {unmet.name.replace('_', ' ')} {quote(unmet.text)}"
    if unmet.name == DATE.name:
        days = f"; the days are from {unmet.values[0]} to {unmet.values[1]}" if unmet.values else ""
        undated = f"{number_of(unmet.undated, 'paragraph')} {verb(unmet.undated, 'has', 'have')} none"
        return missing + days + (f", and {undated}" if unmet.undated else "")
    if unmet.elsewhere:
        options = listed([f"--{name}" for name in unmet.elsewhere], "or")
        return f"{missing}; to find it as something else: {options}"
    if unmet.values:
        return f"{missing}; there {verb(len(unmet.values), 'is', 'are')} {listed(unmet.values)}"
    command = _LISTS.get(unmet.name)
    return missing + (f"; to list what there is: lianghui {command}" if command else "")


def why_less(results: Results) -> str:
    """Explain an answer on a lower rung: why nothing is as asked, and what its paragraphs contain instead."""
    unfiltered = 0 if results.missing else results.unfiltered
    are = f"{number_of(unfiltered, 'paragraph')} {verb(unfiltered, 'is', 'are')}"
    asked = f"{are} as asked, but none passes the filters" if unfiltered else ""
    words = "、".join(results.words)
    nowhere = f"; {_nowhere(results)}" if results.missing else ""
    return f"{asked or 'no paragraph is as asked'}; these {_RUNGS[results.rung]}: {words}{nowhere}"


def why_no_value(field: str, results: Results) -> str:
    """Explain why there is no value of a field: no paragraph matches, or none of them has a value."""
    if results.total:
        return f"nothing found: no {field} in the paragraphs asked for"
    return why_nothing(results)


def why_no_word(asked: Sequence[str], found: Sequence[Word]) -> str:
    """Name the words asked for that are not kept whole, or say that no word is; "" where all are."""
    known = {fold(word.text) for word in found}
    missing = [word for word in asked if fold(word) not in known]
    if missing:
        return (
            f"nothing found: {listed([*map(quote, missing)])} {verb(len(missing), 'is', 'are')} "
            "neither in words.txt nor learned from texts"
        )
    return "" if found else "nothing found: there is no words.txt, and no word was learned from the texts"


def _nowhere(results: Results) -> str:
    """Name the texts that occur nowhere in the index, and the names that sound like them."""
    occur = verb(len(results.missing), "occurs", "occur")
    missing = f"{listed([*map(quote, results.missing)])} {occur} nowhere in the index"
    suggested = [name for name in results.suggestions if name not in results.words]
    return missing + (f"; perhaps {listed(suggested, 'or')} is meant" if suggested else "")
