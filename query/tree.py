"""A query as it was understood: leaves, fields, and how they are joined."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from indexer.folding import Folded
from query.pattern import Pattern

__all__ = [
    "And",
    "Field",
    "Leaf",
    "Like",
    "Near",
    "Not",
    "Or",
    "Tree",
    "Wanted",
    "either",
    "leaves",
    "loosened",
    "mapped",
]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One thing asked for, as typed and as folded for matching; `literal` is one in quotation marks."""

    text: str
    folded: str
    literal: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in the text, folded."""
        return (self.folded,)

    def spans(self, folded: Folded) -> list[tuple[int, int]]:
        """Return where it stands, as `(start, end)` in the original text."""
        return folded.spans(self.folded)


@dataclass(frozen=True, slots=True)
class Like:
    """Something with wildcards asked for, as typed and as a pattern."""

    text: str
    pattern: Pattern

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands between its wildcards, folded."""
        return self.pattern.texts

    def spans(self, folded: Folded) -> list[tuple[int, int]]:
        """Return where its pieces stand, as `(start, end)` in the original text."""
        return self.pattern.spans(folded)


Wanted = Leaf | Like


@dataclass(frozen=True, slots=True)
class Near:
    """One of `left` and one of `right` with at most `within` characters between them."""

    left: tuple[Wanted, ...]
    right: tuple[Wanted, ...]
    within: int


@dataclass(frozen=True, slots=True)
class Field:
    """A value asked for in a metadata field: the name of its filter, the text, and its place."""

    name: str
    text: str
    position: int


@dataclass(frozen=True, slots=True)
class And:
    """All of its parts."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of its parts."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but its part."""

    part: Tree


Tree = Leaf | Like | Near | Field | And | Or | Not


def leaves(tree: Tree) -> tuple[Wanted, ...]:
    """Return the texts that are wanted, each once: what is highlighted and what can be missing."""
    return tuple(dict.fromkeys(_wanted(tree)))


def mapped(tree: Tree, change: Callable[[Wanted | Field], Tree], *, unwanted: bool = False) -> Tree:
    """Return a tree with all that is wanted changed; `unwanted` changes what NOT excludes, too."""
    match tree:
        case Leaf() | Like() | Field():
            return change(tree)
        case Near():
            left, right = (either([*map(change, side)]) for side in (tree.left, tree.right))
            return Near(leaves(left), leaves(right), tree.within)
        case And():
            return And(tuple(mapped(part, change, unwanted=unwanted) for part in tree.parts))
        case Or():
            return Or(tuple(mapped(part, change, unwanted=unwanted) for part in tree.parts))
        case Not() if unwanted:
            return Not(mapped(tree.part, change, unwanted=True))
    return tree


def loosened(tree: Tree) -> Tree:
    """Return a tree in which nothing needs to be near anything."""
    match tree:
        case Near():
            return And((either(tree.left), either(tree.right)))
        case And() | Or():
            return type(tree)(tuple(map(loosened, tree.parts)))
    return tree


def either(trees: Sequence[Tree]) -> Tree:
    """Return what asks for at least one of some trees."""
    parts = tuple(dict.fromkeys(part for tree in trees for part in _alternatives(tree)))
    return parts[0] if len(parts) == 1 else Or(parts)


def _alternatives(tree: Tree) -> tuple[Tree, ...]:
    return tree.parts if isinstance(tree, Or) else (tree,)


def _wanted(tree: Tree) -> Iterator[Wanted]:
    match tree:
        case Leaf() | Like():
            yield tree
        case Near():
            yield from (*tree.left, *tree.right)
        case And() | Or():
            for part in tree.parts:
                yield from _wanted(part)
