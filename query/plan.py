"""A tree to the node that answers it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from indexer.errors import LianghuiError
from indexer.values import ValueTable
from query.filters import filter_of
from query.language import QueryError
from query.nodes import All, Having, Node, Some, Text
from query.nodes import Not as Without
from query.tree import And, Field, Leaf, Not, Or, Tree

__all__ = ["Planner"]


class Planner:
    """Turns the trees of one query into nodes: `words` cuts its texts, `tables` holds the values."""

    def __init__(
        self, query: str, words: Callable[[str], Sequence[str]], tables: Callable[[str], ValueTable]
    ) -> None:
        """Take what the nodes are made with."""
        self._query = query
        self._words = words
        self._tables = tables

    def node(self, tree: Tree) -> Node:
        """Return the node for a tree.

        Raise `QueryError` for a field whose value cannot be understood.
        """
        match tree:
            case Leaf():
                return Text(tree.folded, tuple(self._words(tree.folded)))
            case Field():
                return self._having(tree)
            case And():
                return All(tuple(map(self.node, tree.parts)))
            case Or():
                return Some(tuple(map(self.node, tree.parts)))
            case Not():
                return Without(self.node(tree.part))

    def _having(self, field: Field) -> Node:
        try:
            passes = filter_of(self._tables, {field.name: field.text})  # type: ignore[misc]
        except LianghuiError as error:
            raise QueryError(str(error), self._query, field.position) from None
        assert passes is not None  # a text was given
        return Having(passes)
