"""The syntax tree of a query: its leaves and fields, and the operators that join them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from msgspec import Struct

from indexer.text.folding import Folded
from query.language.wildcards import Pattern

__all__ = [
    "EVERYTHING",
    "NUMERAL_CHARACTERS",
    "Abbreviation",
    "And",
    "Field",
    "Leaf",
    "Near",
    "Not",
    "Numeral",
    "Or",
    "SaidBy",
    "SessionName",
    "Text",
    "Tree",
    "Wildcards",
    "any_of",
    "fields",
    "leaves",
    "map_leaves",
    "replace_near",
]


NUMERAL_CHARACTERS = "零〇一二两三四五六七八九十百千点"
"""The characters of numbers in words."""

_WRITTEN_OUT = 5  # units for each character of an abbreviation that is written out


class _FoldedLeaf(Struct, frozen=True):
    """A text, as typed and as folded."""

    text: str
    folded: str

    @property
    def texts(self) -> tuple[str, ...]:
        """The folded text, as the only one to look for."""
        return (self.folded,)


class Text(_FoldedLeaf, frozen=True):
    """Match a text, as typed and as folded; a `literal` one was quoted and is not expanded."""

    literal: bool = False

    def spans(self, folded: Folded) -> list[tuple[int, int]]:
        """Find the text, as `(start, end)` in the original text."""
        return folded.spans(self.folded)


class Wildcards(Struct, frozen=True):
    """Match a word with wildcards, as typed and as a pattern."""

    text: str
    pattern: Pattern

    @property
    def texts(self) -> tuple[str, ...]:
        """The folded texts between the wildcards."""
        return self.pattern.texts

    def spans(self, folded: Folded) -> list[tuple[int, int]]:
        """Find the pieces of the pattern, as `(start, end)` in the original text."""
        return self.pattern.spans(folded)


class SessionName(Struct, frozen=True):
    """Match any spelling of a session; `text` is its canonical name."""

    text: str
    texts: ClassVar[tuple[str, ...]] = ()  # there is no single text to look for

    def spans(self, folded: Folded) -> list[tuple[int, int]]:
        """Find the names of the session, as `(start, end)` in the original text."""
        # Imported late: compiling the patterns of sessions is slow, and few queries name a session.
        from indexer.extraction.sessions import find_sessions, is_compatible, parse_session  # noqa: PLC0415

        asked = parse_session(self.text)
        return [
            (folded.starts[start], folded.ends[end - 1])
            for start, end, session in find_sessions(folded.text)
            if asked and is_compatible(asked, session)
        ]


class Abbreviation(_FoldedLeaf, frozen=True):
    """Match a text of single characters where it is written out: 房住不炒 in 房子是用来住的、不是用来炒的."""

    @property
    def pattern(self) -> Pattern:
        """The characters, in order."""
        return Pattern.parse("*".join(self.folded))

    @property
    def within(self) -> int:
        """The units in which all of its characters stand."""
        return _WRITTEN_OUT * len(self.folded)

    def spans(self, folded: Folded) -> list[tuple[int, int]]:
        """Find the places where it is written out, as `(start, end)` in the original text."""
        gap = f"[^。!?;]{{0,{2 * _WRITTEN_OUT}}}?"
        written = re.compile(gap.join(map(re.escape, self.folded)))
        return [
            (folded.starts[match.start()], folded.ends[match.end() - 1])
            for match in written.finditer(folded.text)
            if match.end() - match.start() <= self.within
        ]


class Numeral(_FoldedLeaf, frozen=True):
    """Match a text whose numbers are written in words, but not inside a larger number: 九大, not 十九大."""

    @property
    def before(self) -> str:
        """The characters that may not stand before it."""
        return NUMERAL_CHARACTERS if self.folded[0] in NUMERAL_CHARACTERS else ""

    @property
    def behind(self) -> str:
        """The characters that may not stand behind it."""
        return NUMERAL_CHARACTERS if self.folded[-1] in NUMERAL_CHARACTERS else ""

    def spans(self, folded: Folded) -> list[tuple[int, int]]:
        """Find the text, as `(start, end)` in the original text."""
        before = f"(?<![{self.before}])" if self.before else ""
        behind = f"(?![{self.behind}])" if self.behind else ""
        found = re.finditer(f"{before}{re.escape(self.folded)}{behind}", folded.text)
        return [(folded.starts[match.start()], folded.ends[match.end() - 1]) for match in found]


Leaf = Text | Wildcards | SessionName | Abbreviation | Numeral
"""What can be highlighted in a hit, and be missing from the index."""


class SaidBy(Struct, frozen=True):
    """Match what the speaker of exactly this name says."""

    name: str


class Near(Struct, frozen=True):
    """Match one of `left` and one of `right` with at most `within` units between them, in either order."""

    left: tuple[Text | Wildcards, ...]
    right: tuple[Text | Wildcards, ...]
    within: int


class Field(Struct, frozen=True):
    """Match the values of a field: the name of its filter, the text, and the position of the field name."""

    name: str
    text: str
    position: int


class And(Struct, frozen=True):
    """Match all parts; without parts, everything."""

    parts: tuple[Tree, ...]


class Or(Struct, frozen=True):
    """Match at least one part; without parts, nothing."""

    parts: tuple[Tree, ...]


class Not(Struct, frozen=True):
    """Match everything that its part does not."""

    part: Tree


Tree = Text | Wildcards | SessionName | Abbreviation | Numeral | SaidBy | Near | Field | And | Or | Not

EVERYTHING: Tree = And(())
"""The query that matches every paragraph."""


def leaves(tree: Tree) -> tuple[Leaf, ...]:
    """List the leaves of a tree outside NOT, each once."""
    return tuple(dict.fromkeys(_leaves(tree)))


def fields(tree: Tree) -> Iterator[Field]:
    """Yield the fields of a tree outside NOT."""
    match tree:
        case Field():
            yield tree
        case And() | Or():
            for part in tree.parts:
                yield from fields(part)


def map_leaves(tree: Tree, change: Callable[[Leaf | Field], Tree], *, negated: bool = False) -> Tree:
    """Replace each leaf and field of a tree by `change` of it; those inside NOT only if `negated`."""
    match tree:
        case Text() | Wildcards() | SessionName() | Abbreviation() | Numeral() | Field():
            return change(tree)
        case Near():
            left, right = (_near_texts(any_of([*map(change, side)])) for side in (tree.left, tree.right))
            return Near(left, right, tree.within)
        case And():
            return And(tuple(map_leaves(part, change, negated=negated) for part in tree.parts))
        case Or():
            return Or(tuple(map_leaves(part, change, negated=negated) for part in tree.parts))
        case Not() if negated:
            return Not(map_leaves(tree.part, change, negated=True))
    return tree


def replace_near(tree: Tree) -> Tree:
    """Replace each NEAR outside NOT by AND."""
    match tree:
        case Near():
            return And((any_of(tree.left), any_of(tree.right)))
        case And() | Or():
            return type(tree)(tuple(map(replace_near, tree.parts)))
    return tree


def any_of(trees: Sequence[Tree]) -> Tree:
    """Join trees by OR, each alternative once."""
    parts = tuple(dict.fromkeys(part for tree in trees for part in _alternatives(tree)))
    return parts[0] if len(parts) == 1 else Or(parts)


def _near_texts(tree: Tree) -> tuple[Text | Wildcards, ...]:
    """List the leaves of a tree that can stand beside a NEAR: a session has no positions."""
    return tuple(leaf for leaf in leaves(tree) if isinstance(leaf, Text | Wildcards))


def _alternatives(tree: Tree) -> tuple[Tree, ...]:
    return tree.parts if isinstance(tree, Or) else (tree,)


def _leaves(tree: Tree) -> Iterator[Leaf]:
    match tree:
        case Text() | Wildcards() | SessionName() | Abbreviation() | Numeral():
            yield tree
        case Near():
            yield from (*tree.left, *tree.right)
        case And() | Or():
            for part in tree.parts:
                yield from _leaves(part)
