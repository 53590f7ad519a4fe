"""The user's own words: `words.txt` beside the seeds, one a line, each cut as a whole."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import SeedError
from indexer.folding import fold, holds_word
from indexer.seeds import read_list

__all__ = ["NO_WORDS", "WORDLIST", "Wordlist", "read_wordlist"]

WORDLIST = "words.txt"

_LONGEST = 40  # characters
_COMMENT = r"(?:^|\s)#.*"  # C# is a word


@dataclass(frozen=True, slots=True)
class Wordlist:
    """Words as they are written, and a digest of the file they come from."""

    words: tuple[str, ...]
    digest: str

    def fingerprint(self) -> dict[str, str]:
        """Return what an index has to know of it to tell when it is stale."""
        return {WORDLIST: self.digest} if self.digest else {}


NO_WORDS = Wordlist((), "")


def read_wordlist(seeds: Path) -> Wordlist:
    """Return the words beside the seeds, none where there is no such file.

    Raise `SeedError` with file, line and a remedy where something cannot be a word.
    """
    path = seeds / WORDLIST
    data = read_list(seeds, WORDLIST)
    if data is None:
        return NO_WORDS
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SeedError(f"{path}, line {line}: it is not UTF-8; save the file as UTF-8") from error
    words = {fold(word): word for word in reversed([*_words(text, path)])}  # of two alike, the first
    return Wordlist(tuple(reversed(words.values())), hashlib.sha256(data).hexdigest())


def _words(text: str, path: Path) -> Iterator[str]:
    for number, line in enumerate(text.split("\n"), start=1):
        word = re.sub(_COMMENT, "", line).strip()
        reason = _refusal(word)
        if reason:
            raise SeedError(f"{path}, line {number}: {reason}")
        if word:
            yield word


def _refusal(word: str) -> str:
    """Return why something cannot be a word and what to do, or nothing."""
    if len(word.split()) > 1:
        return f"{word[:_LONGEST]!r} has a blank inside; write one word a line"
    if word and not holds_word(fold(word)):
        return f"{word[:_LONGEST]!r} has no letter, digit or character; remove it, or put # before a remark"
    if len(word) > _LONGEST:
        return f"a word has at most {_LONGEST} characters; shorten {word[:_LONGEST]!r}…"
    return ""
