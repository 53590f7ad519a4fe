"""A tree to the node that answers it."""

from __future__ import annotations

from indexer.errors import LianghuiError
from query.language.parser import QueryError
from query.language.segmenter import QuerySegmenter
from query.language.syntax_tree import And, Field, Near, Not, Or, SessionName, Text, Tree, Wildcards
from query.matching.filters import filter_of, value_filter
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
    """Turns the trees of one query into nodes; without a `segmenter`, no words of its texts rank them."""

    def __init__(self, query: str, searcher: Searcher, segmenter: QuerySegmenter | None = None) -> None:
        """Take what the nodes are made with."""
        self._query = query
        self._searcher = searcher
        self._segmenter = segmenter

    def node(self, tree: Tree) -> Matcher:
        """Return the node for a tree.

        Raise `QueryError` for a field whose value cannot be understood.
        """
        match tree:
            case Text() | Wildcards():
                return self._said(tree)
            case Near():
                left, right = (tuple(map(self._text, side)) for side in (tree.left, tree.right))
                return NearMatcher(left, right, tree.within)
            case Field() | SessionName():
                return self._having(tree)
            case And():
                return AndMatcher(tuple(map(self.node, tree.parts)))
            case Or():
                return OrMatcher(tuple(map(self.node, tree.parts)))
            case Not():
                return NotMatcher(self.node(tree.part))

    def _said(self, wanted: Text | Wildcards) -> Matcher:
        """Return the node for a text; where it is somebody's name, what they say is the best of it."""
        text, table = self._text(wanted), self._searcher.table("speaker")
        names = wanted.texts if isinstance(wanted, Text) else ()
        speakers = [number for name in names for number in table.equal(name).tolist()]
        return BoostSpeaker(text, value_filter("speaker", speakers, len(table))) if speakers else text

    def _text(self, wanted: Text | Wildcards) -> TextMatcher | WildcardMatcher:
        match wanted:
            case Text():
                words = self._segmenter.search_words(wanted.folded) if self._segmenter else ()
                return TextMatcher(wanted.folded, tuple(words))
            case Wildcards():
                return WildcardMatcher(wanted.pattern, wanted.text)

    def _having(self, asked: Field | SessionName) -> Matcher:
        field = asked if isinstance(asked, Field) else Field("session", asked.text, 0)
        try:
            passes = filter_of(self._searcher, {field.name: field.text})  # type: ignore[misc]
        except LianghuiError as error:
            raise QueryError(str(error), self._query, field.position) from None
        assert passes is not None  # a text was given
        return FilterMatcher(passes)
