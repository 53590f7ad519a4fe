"""Compiler: turn a syntax tree into the matcher that answers it."""

from __future__ import annotations

from indexer.errors import LianghuiError
from query.language.parser import QueryError
from query.language.segmenter import QuerySegmenter
from query.language.syntax_tree import And, Field, Near, Not, Or, SessionName, Text, Tree, Wildcards
from query.matching.filters import compile_filters, value_filter
from query.matching.matchers import (
    AndMatcher,
    BoostSpeaker,
    FilterMatcher,
    Matcher,
    NearMatcher,
    NotMatcher,
    OrMatcher,
    TextMatcher,
    WildcardMatcher,
)
from query.matching.searcher import Searcher

__all__ = ["Compiler"]


class Compiler:
    """Compiles the syntax trees of one query."""

    def __init__(self, query: str, searcher: Searcher, segmenter: QuerySegmenter | None = None) -> None:
        """Compile for an index; without a `segmenter`, texts are not scored by their words.

        Errors show `query`.
        """
        self._query = query
        self._searcher = searcher
        self._segmenter = segmenter

    def compile(self, tree: Tree) -> Matcher:
        """Compile a syntax tree.

        Raise `QueryError` for a field whose value is empty or a date that cannot be read.
        """
        match tree:
            case Text() | Wildcards():
                return self._boost_speaker(tree)
            case Near():
                left, right = (tuple(map(self._text, side)) for side in (tree.left, tree.right))
                return NearMatcher(left, right, tree.within)
            case Field() | SessionName():
                return self._filter(tree)
            case And():
                return AndMatcher(tuple(map(self.compile, tree.parts)))
            case Or():
                return OrMatcher(tuple(map(self.compile, tree.parts)))
            case Not():
                return NotMatcher(self.compile(tree.part))

    def _boost_speaker(self, leaf: Text | Wildcards) -> Matcher:
        """Compile a text; if it is the name of a speaker, paragraphs of that speaker are boosted."""
        matcher, table = self._text(leaf), self._searcher.table("speaker")
        names = leaf.texts if isinstance(leaf, Text) else ()
        speakers = [number for name in names for number in table.equal(name).tolist()]
        return BoostSpeaker(matcher, value_filter("speaker", speakers, len(table))) if speakers else matcher

    def _text(self, leaf: Text | Wildcards) -> TextMatcher | WildcardMatcher:
        match leaf:
            case Text():
                words = self._segmenter.search_words(leaf.folded) if self._segmenter else ()
                return TextMatcher(leaf.folded, tuple(words))
            case Wildcards():
                return WildcardMatcher(leaf.pattern, leaf.text)

    def _filter(self, leaf: Field | SessionName) -> Matcher:
        field = leaf if isinstance(leaf, Field) else Field("session", leaf.text, 0)
        try:
            passes = compile_filters(self._searcher, {field.name: field.text})  # type: ignore[misc]
        except LianghuiError as error:
            raise QueryError(str(error), self._query, field.position) from None
        assert passes is not None  # a text was given
        return FilterMatcher(passes)
