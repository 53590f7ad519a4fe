"""A tree to the node that answers it."""

from __future__ import annotations

from indexer.errors import LianghuiError
from query.language.parser import QueryError
from query.language.segmenter import QuerySegmenter
from query.language.syntax_tree import And, Field, Leaf, Like, Near, Not, Or, Spelling, Tree
from query.matching.filters import filter_of, value_filter
from query.matching.matchers import All as AllNode
from query.matching.matchers import Having, Node, Said, Text
from query.matching.matchers import Like as LikeNode
from query.matching.matchers import Near as NearNode
from query.matching.matchers import Not as NotNode
from query.matching.matchers import Some as SomeNode
from query.matching.searcher import Searcher

__all__ = ["Planner"]


class Planner:
    """Turns the trees of one query into nodes; without a `segmenter`, no words of its texts rank them."""

    def __init__(self, query: str, searcher: Searcher, segmenter: QuerySegmenter | None = None) -> None:
        """Take what the nodes are made with."""
        self._query = query
        self._searcher = searcher
        self._segmenter = segmenter

    def node(self, tree: Tree) -> Node:
        """Return the node for a tree.

        Raise `QueryError` for a field whose value cannot be understood.
        """
        match tree:
            case Leaf() | Like():
                return self._said(tree)
            case Near():
                left, right = (tuple(map(self._text, side)) for side in (tree.left, tree.right))
                return NearNode(left, right, tree.within)
            case Field() | Spelling():
                return self._having(tree)
            case And():
                return AllNode(tuple(map(self.node, tree.parts)))
            case Or():
                return SomeNode(tuple(map(self.node, tree.parts)))
            case Not():
                return NotNode(self.node(tree.part))

    def _said(self, wanted: Leaf | Like) -> Node:
        """Return the node for a text; where it is somebody's name, what they say is the best of it."""
        text, table = self._text(wanted), self._searcher.table("speaker")
        names = wanted.texts if isinstance(wanted, Leaf) else ()
        speakers = [number for name in names for number in table.equal(name).tolist()]
        return Said(text, value_filter("speaker", speakers, len(table))) if speakers else text

    def _text(self, wanted: Leaf | Like) -> Text | LikeNode:
        match wanted:
            case Leaf():
                words = self._segmenter.search_words(wanted.folded) if self._segmenter else ()
                return Text(wanted.folded, tuple(words))
            case Like():
                return LikeNode(wanted.pattern, wanted.text)

    def _having(self, asked: Field | Spelling) -> Node:
        field = asked if isinstance(asked, Field) else Field("session", asked.text, 0)
        try:
            passes = filter_of(self._searcher, {field.name: field.text})  # type: ignore[misc]
        except LianghuiError as error:
            raise QueryError(str(error), self._query, field.position) from None
        assert passes is not None  # a text was given
        return Having(passes)
