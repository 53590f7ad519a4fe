"""A query as it was understood: leaves, fields, and how they are joined."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from indexer.text.folding import Folded
from query.language.wildcards import Pattern

__all__ = [
    "EVERYTHING",
    "And",
    "Field",
    "Near",
    "Not",
    "Or",
    "Text",
    "Tree",
    "Wanted",
    "Wildcards",
    "either",
    "leaves",
    "loosen",
    "map_wanted",
]


@dataclass(frozen=True, slots=True)
class Text:
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
class Wildcards:
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


@dataclass(frozen=True, slots=True)
class SessionName:
    """Any spelling of a session, which is asked for by its canonical name."""

    text: str
    texts: ClassVar[tuple[str, ...]] = ()

    def spans(self, folded: Folded) -> list[tuple[int, int]]:
        """Return where the session is named, as `(start, end)` in the original text."""
        # Its patterns take their time to compile, which only the name of a session need wait for.
        from indexer.extraction.sessions import find_sessions, is_compatible, parse_session  # noqa: PLC0415

        asked = parse_session(self.text)
        return [
            (folded.starts[start], folded.ends[end - 1])
            for start, end, session in find_sessions(folded.text)
            if asked and is_compatible(asked, session)
        ]


Wanted = Text | Wildcards | SessionName


@dataclass(frozen=True, slots=True)
class Near:
    """One of `left` and one of `right` with at most `within` characters between them."""

    left: tuple[Text | Wildcards, ...]
    right: tuple[Text | Wildcards, ...]
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


Tree = Text | Wildcards | SessionName | Near | Field | And | Or | Not

EVERYTHING: Tree = And(())
"""What asks for nothing in particular."""


def leaves(tree: Tree) -> tuple[Wanted, ...]:
    """Return the texts that are wanted, each once: what is highlighted and what can be missing."""
    return tuple(dict.fromkeys(_wanted(tree)))


def map_wanted(tree: Tree, change: Callable[[Wanted | Field], Tree], *, unwanted: bool = False) -> Tree:
    """Return a tree with all that is wanted changed; `unwanted` changes what NOT excludes, too."""
    match tree:
        case Text() | Wildcards() | SessionName() | Field():
            return change(tree)
        case Near():
            left, right = (_placed(either([*map(change, side)])) for side in (tree.left, tree.right))
            return Near(left, right, tree.within)
        case And():
            return And(tuple(map_wanted(part, change, unwanted=unwanted) for part in tree.parts))
        case Or():
            return Or(tuple(map_wanted(part, change, unwanted=unwanted) for part in tree.parts))
        case Not() if unwanted:
            return Not(map_wanted(tree.part, change, unwanted=True))
    return tree


def loosen(tree: Tree) -> Tree:
    """Return a tree in which nothing needs to be near anything."""
    match tree:
        case Near():
            return And((either(tree.left), either(tree.right)))
        case And() | Or():
            return type(tree)(tuple(map(loosen, tree.parts)))
    return tree


def either(trees: Sequence[Tree]) -> Tree:
    """Return what asks for at least one of some trees."""
    parts = tuple(dict.fromkeys(part for tree in trees for part in _alternatives(tree)))
    return parts[0] if len(parts) == 1 else Or(parts)


def _placed(tree: Tree) -> tuple[Text | Wildcards, ...]:
    """Return the texts of a tree that stand at a place."""
    return tuple(leaf for leaf in leaves(tree) if not isinstance(leaf, SessionName))


def _alternatives(tree: Tree) -> tuple[Tree, ...]:
    return tree.parts if isinstance(tree, Or) else (tree,)


def _wanted(tree: Tree) -> Iterator[Wanted]:
    match tree:
        case Text() | Wildcards() | SessionName():
            yield tree
        case Near():
            yield from (*tree.left, *tree.right)
        case And() | Or():
            for part in tree.parts:
                yield from _wanted(part)
