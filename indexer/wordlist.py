"""The user's own words: `words.txt` beside the seeds, one a line, each cut as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from indexer.errors import SeedError
from indexer.folding import fold, holds_word
from indexer.lists import read_lines
from indexer.seeds import WORDLIST

__all__ = ["Wordlist", "read_wordlist"]

_LONGEST = 40  # characters


@dataclass(frozen=True, slots=True)
class Wordlist:
    """Words as they are written, and a digest of the file they come from."""

    words: tuple[str, ...]
    digest: str

    def fingerprint(self) -> dict[str, str]:
        """Return what an index has to know of it to tell when it is stale."""
        return {WORDLIST: self.digest} if self.digest else {}


def read_wordlist(seeds: Path) -> Wordlist:
    """Return the words beside the seeds, none where there is no such file.

    Raise `SeedError` with file, line and a remedy where something cannot be a word.
    """
    path = seeds / WORDLIST
    lines = read_lines(seeds, WORDLIST)
    for number, word in lines.entries:
        if reason := _refusal(word):
            raise SeedError(f"{path}, line {number}: {reason}")
    words: dict[str, str] = {}
    for _, word in lines.entries:
        words.setdefault(fold(word), word)
    return Wordlist(tuple(words.values()), lines.digest)


def _refusal(word: str) -> str:
    """Return why something cannot be a word and what to do, or nothing."""
    if len(word.split()) > 1:
        return f"{word[:_LONGEST]!r} has a blank inside; write one word a line"
    if not holds_word(fold(word)):
        return f"{word[:_LONGEST]!r} has no letter, digit or character; remove it, or put # before a remark"
    if len(word) > _LONGEST:
        return f"a word has at most {_LONGEST} characters; shorten {word[:_LONGEST]!r}…"
    return ""
