"""Expansion: add to a query the synonyms of its words, other spellings of sessions, and names in pinyin."""

from __future__ import annotations

from msgspec import Struct, field

from indexer.seeds.user_files import Synonyms
from indexer.text.folding import fold, readable
from query.language.fields import INDEX_FIELDS, LABELS, PINYIN
from query.language.syntax_tree import (
    And,
    Field,
    Leaf,
    Not,
    Numeral,
    Or,
    SaidBy,
    SessionName,
    Text,
    Tree,
    any_of,
    leaves,
    map_leaves,
)
from query.matching.filters import matching_sessions
from query.matching.finder import Finder
from query.matching.matchers import TextMatcher
from query.rewriting.numbers import number_spellings
from query.rewriting.pinyin import PinyinNames

__all__ = ["Expansion"]

_MAX_PINYIN_LENGTH = 60  # letters of a name
_SPEAKER = LABELS["speaker"]
_MAX_SESSIONS = 8  # that a text may name
_SESSION_MARK = "届"  # occurs in every name of a session


class Expansion(Struct):
    """Expands the trees of one query; `meant` records what was added to each text, for the answer.

    Quoted texts are not expanded, and numbers are sought as they are written where it is `strict`.
    """

    synonyms: Synonyms
    searcher: Finder
    pinyin: PinyinNames
    strict: bool = False
    meant: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def expand(self, tree: Tree) -> Tree:
        """Expand the texts and pinyin fields of a tree, also inside NOT."""
        return map_leaves(tree, self._expand, negated=True)

    def exclude_speakers(self, tree: Tree) -> Tree:
        """Exclude with the name of a speaker what that person says, too."""
        match tree:
            case And() | Or():
                return type(tree)(tuple(map(self.exclude_speakers, tree.parts)))
            case Not(part):
                said = [said for leaf in leaves(part) for said in self._said_by(leaf)]
                return Not(Or((part, *said))) if said and not isinstance(part, And) else tree
        return tree

    def _said_by(self, leaf: Leaf) -> list[Tree]:
        """List who of this name speaks, and note it."""
        table = self.searcher.table("speaker")
        is_plain = isinstance(leaf, Text) and not leaf.literal
        numbers = [number for text in leaf.texts for number in table.equal(text).tolist()] if is_plain else []
        names = tuple(map(table.shown, numbers))
        self._record(f"-{leaf.text}", tuple(f"{_SPEAKER}：{name}" for name in names))
        return [SaidBy(name) for name in names]

    def with_synonyms(self, word: str) -> tuple[str, ...]:
        """List a folded word and its synonyms, folded."""
        return (word, *map(fold, self.synonyms.of(word)))

    def similar_names(self, leaf: Leaf) -> tuple[str, ...]:
        """List the names that sound like a text and are written otherwise, or else whose pinyin it is."""
        if not isinstance(leaf, Text):
            return ()
        return self.pinyin.sounding_like(leaf.folded) or self.names_in_pinyin(leaf.text)

    def names_in_pinyin(self, letters: str) -> tuple[str, ...]:
        """List the names whose pinyin is `letters`; none for a text with any other characters."""
        is_pinyin = letters.isascii() and len(letters) <= _MAX_PINYIN_LENGTH
        return self.pinyin.spelled(letters) if is_pinyin else ()

    def _expand(self, leaf: Leaf | Field) -> Tree:
        match leaf:
            case Text(literal=False):
                return any_of([leaf, *self._alternatives(leaf)])
            case Field() if leaf.name == PINYIN:
                names = self.names_in_pinyin(leaf.text)
                self._record(leaf.text, names)
                named = (Text(name, fold(name)) for name in names)
                return Or((*named, *map(SaidBy, names)))
        return leaf

    def _alternatives(self, text: Text) -> list[Tree]:
        """List the synonyms of a text and the sessions that it names."""
        meant = self.synonyms.of(text.folded)
        alternatives: list[Tree] = [Text(synonym, fold(synonym)) for synonym in meant]
        if not self.strict:
            spelled = [text for text in number_spellings(text.folded) if self._occurs(text)]
            alternatives += [Numeral(readable(text), text) for text in spelled]
            meant += tuple(map(readable, spelled))
        if _SESSION_MARK in text.folded:
            table = self.searcher.table(INDEX_FIELDS["session"])
            sessions = [table.shown(number) for number in matching_sessions(text.text, table).tolist()]
            if len(sessions) <= _MAX_SESSIONS:  # 第六届 alone names too many to be one of them
                alternatives += map(SessionName, sessions)
                meant += tuple(sessions)
        self._record(text.text, meant)
        return alternatives

    def _occurs(self, folded: str) -> bool:
        return self.searcher.count(TextMatcher(folded)) > 0

    def _record(self, text: str, meant: tuple[str, ...]) -> None:
        if meant:
            self.meant[text] = meant
