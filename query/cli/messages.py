"""Explains an answer that is empty or not as asked, from the `Results` alone: nothing is searched again."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.text.folding import fold
from query.language.parser import quote
from query.language.syntax_tree import And, Text
from query.results import Results
from query.words import Word

__all__ = ["why_less", "why_no_value", "why_no_word", "why_nothing"]

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
    """Explain an answer on a lower rung: why nothing is as asked, and what its paragraphs contain instead."""
    unfiltered = 0 if results.missing else results.unfiltered
    asked = f"{unfiltered} paragraphs are as asked, but none passes the filters" if unfiltered else ""
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
            f"nothing found: {'、'.join(map(quote, missing))} is neither in words.txt nor learned from texts"
        )
    return "" if found else "nothing found: there is no words.txt, and no word was learned from the texts"


def _nowhere(results: Results) -> str:
    """Name the texts that occur nowhere in the index, and the names that sound like them."""
    missing = f"{'、'.join(map(quote, results.missing))} occurs nowhere in the index"
    suggested = [name for name in results.suggestions if name not in results.words]
    return missing + (f"; perhaps {'、'.join(suggested)} is meant" if suggested else "")
