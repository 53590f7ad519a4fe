"""Why an answer is empty or not what was asked: what occurs nowhere, or not together, or is filtered out."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.text.folding import fold
from query.language.parser import quote
from query.language.syntax_tree import And, Text
from query.results import Results
from query.words import Word

__all__ = ["why_less", "why_no_value", "why_no_word", "why_nothing"]

_HOLD = {
    "all-words": "hold all of its words, apart",
    "most-words": "hold most of its words",
    "any-word": "hold some of its words",
    "sounds-like": "hold names of the same sound",
}


def why_nothing(results: Results) -> str:
    """Explain an empty answer: what occurs nowhere, or what does not occur together."""
    if results.missing:
        return f"nothing found: {_nowhere(results)}"
    if not results.query.strip():
        return "nothing found: no paragraph passes the filters"
    if results.unfiltered:
        return f"nothing found: {results.unfiltered} paragraphs hold the query, but none passes the filters"
    tree = results.tree
    counts = "、".join(f"{quote(text)} in {count}" for text, count in results.counts)
    if isinstance(tree, And) and all(isinstance(part, Text) for part in tree.parts):
        return f"nothing found: {counts} paragraphs, but in none together"
    if not counts:
        return "nothing found: no paragraph has such a value; to search for it in the text, put it in quotes"
    return (
        f"nothing found: {counts} paragraphs, but in none as the operators and fields ask; "
        "to search for them in the text, put them in quotes"
    )


def why_less(results: Results) -> str:
    """Say on which rung an answer stands that is not what was asked, and what it holds instead."""
    unfiltered = 0 if results.missing else results.unfiltered
    asked = f"{unfiltered} paragraphs are as asked, but none passes the filters" if unfiltered else ""
    words = "、".join(results.words)
    nowhere = f"; {_nowhere(results)}" if results.missing else ""
    return f"{asked or 'no paragraph is as asked'}; these {_HOLD[results.rung]}: {words}{nowhere}"


def why_no_value(field: str, results: Results) -> str:
    """Explain why no value of a field was counted: nothing was found, or what was found has none."""
    if results.total:
        return f"nothing found: no {field} in the paragraphs asked for"
    return why_nothing(results)


def why_no_word(asked: Sequence[str], found: Sequence[Word]) -> str:
    """Explain which of the words asked for is not kept whole, or that none is at all; nothing if all are."""
    known = {fold(word.text) for word in found}
    missing = [word for word in asked if fold(word) not in known]
    if missing:
        return (
            f"nothing found: {'、'.join(map(quote, missing))} is neither in words.txt nor learned from texts"
        )
    return "" if found else "nothing found: there is no words.txt, and no word was learned from the texts"


def _nowhere(results: Results) -> str:
    """Name what occurs nowhere in the index, and the names that it may have been meant to be."""
    missing = f"{'、'.join(map(quote, results.missing))} occurs nowhere in the index"
    suggested = [name for name in results.suggestions if name not in results.words]
    return missing + (f"; perhaps {'、'.join(suggested)} is meant" if suggested else "")
