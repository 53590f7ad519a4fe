"""What else a query means: its synonyms, the other spellings of a session, the names that pinyin spells."""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.seeds.user_files import Synonyms
from indexer.text.folding import fold
from query.language.fields import FIELDS, PINYIN
from query.language.syntax_tree import Field, Or, SessionName, Text, Tree, Wanted, either, map_wanted
from query.matching.filters import sessions_meant
from query.matching.searcher import Searcher
from query.rewriting.pinyin import PinyinNames

__all__ = ["Expansion"]

_LONGEST = 60  # letters of a name
_SESSION = "届"  # what every name of a session has in it


@dataclass(slots=True)
class Expansion:
    """Adds to a tree what its texts also mean; `said` tells what was added to each of them.

    What stands in quotation marks means itself and nothing else.
    """

    synonyms: Synonyms
    searcher: Searcher
    sounds: PinyinNames
    said: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, tree: Tree) -> Tree:
        """Return the tree with all that it means."""
        return map_wanted(tree, self._meant, unwanted=True)

    def folded(self, word: str) -> tuple[str, ...]:
        """Return a folded word with its synonyms, folded."""
        return (word, *map(fold, self.synonyms.of(word)))

    def named(self, wanted: Wanted) -> tuple[str, ...]:
        """Return the names that sound like a text and are written otherwise, or that it spells."""
        if not isinstance(wanted, Text):
            return ()
        return self.sounds.like(wanted.folded) or self.spelt(wanted.text)

    def spelt(self, letters: str) -> tuple[str, ...]:
        """Return the names that pinyin spells, none for what is not written in letters."""
        return self.sounds.spelt(letters) if letters.isascii() and len(letters) <= _LONGEST else ()

    def _meant(self, asked: Wanted | Field) -> Tree:
        match asked:
            case Text(literal=False):
                return either([asked, *self._others(asked)])
            case Field() if asked.name == PINYIN:
                names = self.spelt(asked.text)
                self._note(asked.text, names)
                return Or(tuple(Text(name, fold(name)) for name in names))
        return asked

    def _others(self, leaf: Text) -> list[Tree]:
        texts = self.synonyms.of(leaf.folded)
        others: list[Tree] = [Text(text, fold(text)) for text in texts]
        if _SESSION in leaf.folded:
            table = self.searcher.table(FIELDS["session"])
            sessions = [table.shown(number) for number in sessions_meant(leaf.text, table).tolist()]
            others += map(SessionName, sessions)
            texts += tuple(sessions)
        self._note(leaf.text, texts)
        return others

    def _note(self, text: str, meant: tuple[str, ...]) -> None:
        if meant:
            self.said[text] = meant
