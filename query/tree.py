"""A query as it was understood: leaves, fields, and how they are joined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["And", "Field", "Leaf", "Not", "Or", "Tree", "leaves"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One thing asked for, as typed and as folded for matching."""

    text: str
    folded: str


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


Tree = Leaf | Field | And | Or | Not


def leaves(tree: Tree) -> tuple[Leaf, ...]:
    """Return the texts that are wanted, each once: what is highlighted and what can be missing."""
    return tuple(dict.fromkeys(_wanted(tree)))


def _wanted(tree: Tree) -> Iterator[Leaf]:
    match tree:
        case Leaf():
            yield tree
        case And() | Or():
            for part in tree.parts:
                yield from _wanted(part)
