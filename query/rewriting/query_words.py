"""The words of a query below exact: those of its texts, parts that may match alone, and what ranks them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain, groupby, pairwise

from msgspec import Struct

from indexer.segments.schema import HEADING
from indexer.text.folding import fold, join_units, units
from query.language.segmenter import QuerySegmenter
from query.language.syntax_tree import And, Field, Leaf, Not, Text, Tree, leaves
from query.matching.coverage import ranking_terms

__all__ = ["MAX_WORDS", "QueryWords", "conjuncts", "excluded_leaves", "split_leaf"]

MAX_WORDS = 400
"""Words of a query that are sought."""

_MAX_LENGTH = 2_000  # characters of a text whose words are searched below exact
_HEADING_WEIGHT = 1.1  # of a word of the headline, as against one of the text
_ASIDE = re.compile(r"[（(【][^（()）【】]*[）)】]")
_ASIDE_WEIGHT = 0.6  # of what stands in brackets in a headline: a remark, the name of a column


class QueryWords(Struct, frozen=True):
    """Cuts the texts of a query into words."""

    segmenter: QuerySegmenter

    def of(self, leaf: Leaf) -> tuple[str, ...]:
        """Cut a leaf into words; one that falls into single characters has none.

        Otherwise the characters of a misspelt name would match one by one. Nor has a phrase in quotation
        marks, which is sought as it stands.
        """
        if isinstance(leaf, Text) and leaf.literal:
            return ()
        words = tuple(
            word for text in leaf.texts for word in self.segmenter.question_words(text[:_MAX_LENGTH])
        )
        return words if any(len(word) > 1 or leaf.texts == (word,) for word in words) else ()

    def parts(self, tree: Tree) -> tuple[str, ...]:
        """Cut the leaves into known words, and pairs of the units between these.

        A name that the dictionary lacks falls into characters, or is joined with its neighbours; its
        pairs still find it.
        """
        parts: list[str] = []
        for text in _plain_texts(tree):
            for is_known, group in groupby(self.segmenter.question_words(text), self.segmenter.is_known):
                words = list(group)
                parts += words if is_known else map(join_units, pairwise(units("".join(words))))
        return tuple(dict.fromkeys(parts))[:MAX_WORDS]

    def ranking_terms(self, tree: Tree, query: str) -> dict[tuple[str, str], float]:
        """List the terms that rank partial matches, with weights: less in the brackets of a headline."""
        texts = _texts(tree)
        terms = ranking_terms(texts, chain.from_iterable(map(self.segmenter.search_words, texts)))
        main = fold(_ASIDE.sub("\n", query)) if _is_plain(tree) else None

        def weight(name: str, term: str) -> float:
            in_main = main is None or term in main
            return (1.0 if in_main else _ASIDE_WEIGHT) * (_HEADING_WEIGHT if name == HEADING else 1.0)

        return {(name, term): weight(name, term) for name, term in terms}


def excluded_leaves(tree: Tree) -> set[Leaf]:
    """List the leaves that no paragraph may have."""
    nots = (part.part for part in conjuncts(tree) if isinstance(part, Not))
    return {leaf for part in nots for leaf in leaves(part)}


def split_leaf(leaf: Leaf | Field, words: Mapping[Leaf, tuple[str, ...]]) -> Tree:
    """Replace a leaf by its words, joined by AND; a field and a leaf without words stay."""
    if isinstance(leaf, Field) or not words[leaf]:
        return leaf
    parts = tuple(Text(word, word) for word in words[leaf])
    return parts[0] if len(parts) == 1 else And(parts)


def conjuncts(tree: Tree) -> tuple[Tree, ...]:
    """List the parts that all have to match, those of brackets among them."""
    if not isinstance(tree, And):
        return (tree,)
    return tuple(part for inner in tree.parts for part in conjuncts(inner))


def _texts(tree: Tree) -> list[str]:
    """List the texts of the leaves, each cut off at `_MAX_LENGTH`."""
    return [text[:_MAX_LENGTH] for leaf in leaves(tree) for text in leaf.texts]


def _plain_texts(tree: Tree) -> list[str]:
    """List the texts of the leaves that are not in quotation marks, each cut off at `_MAX_LENGTH`."""
    return [
        text[:_MAX_LENGTH]
        for leaf in leaves(tree)
        if not (isinstance(leaf, Text) and leaf.literal)
        for text in leaf.texts
    ]


def _is_plain(tree: Tree) -> bool:
    """Tell whether a query is only words and phrases, so that its brackets are those of a headline."""
    return all(isinstance(part, Text) for part in conjuncts(tree))
