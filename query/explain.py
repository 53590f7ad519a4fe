"""Why an answer is empty: what occurs nowhere, what does not occur together, what no filter passes."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.folding import fold
from query.language import parse, quote
from query.lexicon import Word
from query.results import Results
from query.search import Index
from query.tree import And, Leaf, leaves

__all__ = ["why_no_word", "why_nothing"]


def why_nothing(index: Index, results: Results) -> str:
    """Explain an empty answer: what occurs nowhere, or what does not occur together."""
    if results.missing:
        return f"nothing found: {'、'.join(map(quote, results.missing))} occurs nowhere in the index"
    if not results.query.strip():
        return "nothing found: no paragraph passes the filters"
    unfiltered = len(index.ids(results.query))
    if unfiltered:
        return f"nothing found: {unfiltered} paragraphs hold the query, but none passes the filters"
    tree = parse(results.query)
    counts = "、".join(f"{quote(leaf.text)} in {len(index.ids(quote(leaf.text)))}" for leaf in leaves(tree))
    if isinstance(tree, And) and all(isinstance(part, Leaf) for part in tree.parts):
        return f"nothing found: {counts} paragraphs, but in none together"
    if not counts:
        return "nothing found: no paragraph has such a value; to search for it in the text, put it in quotes"
    return (
        f"nothing found: {counts} paragraphs, but in none as the operators and fields ask; "
        "to search for them in the text, put them in quotes"
    )


def why_no_word(asked: Sequence[str], found: Sequence[Word]) -> str:
    """Explain which of the words asked for is not kept whole, or that none is at all; nothing if all are."""
    known = {fold(word.text) for word in found}
    missing = [word for word in asked if fold(word) not in known]
    if missing:
        return (
            f"nothing found: {'、'.join(map(quote, missing))} is neither in words.txt nor learned from texts"
        )
    return "" if found else "nothing found: there is no words.txt, and no word was learned from the texts"
