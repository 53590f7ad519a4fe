"""Cuts texts by the words of one lexis, and remembers what it has cut: all quirks of jieba live here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache, partial
from importlib import import_module
from itertools import chain
from typing import Any, TypeVar

from indexer.dictionary import Dictionary
from indexer.folding import fold, holds_word
from indexer.learned import Learned, Widened
from indexer.lexis import BLOCK, JIEBAS, Lexis, is_cuttable, is_one_block, tokenizer_of

__all__ = ["Cut", "Cutter", "frozen_words", "learned_words"]

Cut = Callable[[str], list[str]]
"""Cuts a folded text."""

_Answer = TypeVar("_Answer")
_Spans = Callable[[str], Iterable[tuple[int, int]]]

# What of a block rjieba cuts in the same way. Not the marks that join letters and digits, and not the
# characters that only one of the two counts as Chinese.
_PLAIN = re.compile(rf"[{JIEBAS}a-zA-Z0-9]+")
_ODD = re.compile(
    rf"[+#&._%\-]|[^{JIEBAS}\u3000-\u303f\uff00-\uffef\u2010-\u2027\u2030-\u205e\u0020-\u007e·×]"
)
_LONGEST = 64  # characters of a learned word
_REMEMBERED = 1 << 16  # words


class Cutter:
    """Cuts by a lexis, which is loaded when there is something to cut.

    What it remembers is its own: another one, with other words, knows nothing of it.
    """

    def __init__(self, load: Callable[[], Lexis | Dictionary]) -> None:
        """Prepare to cut by what `load` returns."""
        self._load = load
        self._memories: dict[Callable[[str], Any], Callable[[str], Any]] = {}

    @cached_property
    def lexis(self) -> Lexis | Dictionary:
        """The words it cuts by."""
        return self._load()

    @cached_property
    def cut(self) -> Callable[[str], tuple[str, ...]]:
        """Cuts a text into its words, each once, punctuation included."""
        by_block = partial(_by_block, fast=_fast(self.lexis), slow=_slow(self.lexis))
        spans = _unusual(self.lexis.own)
        # A paragraph is cut for its keywords and for its words.
        return lru_cache(maxsize=4)(lambda text: tuple(_around(text, spans, by_block)))

    def words(self, folded: str) -> list[str]:
        """Cut a folded text as jieba's search mode does, punctuation left out."""
        return list(chain.from_iterable(map(self._parts, self.cut(folded))))

    def remember(self, function: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
        """Return a function that says of a word what it said before: it depends on nothing but the lexis."""
        if function not in self._memories:
            self._memories[function] = lru_cache(_REMEMBERED)(function)
        return self._memories[function]

    @cached_property
    def _parts(self) -> Callable[[str], tuple[str, ...]]:
        return lru_cache(_REMEMBERED)(partial(_parts, self.lexis))


def frozen_words(dictionary: Dictionary) -> Cut:
    """Return what cuts as `Cutter.words` did by a dictionary when it was frozen; rjieba is not needed."""
    spans, slow = _unusual(dictionary.own), _slow(dictionary)
    parts = partial(_parts, dictionary)
    return lambda folded: list(chain.from_iterable(map(parts, _around(folded, spans, slow))))


def learned_words(dictionary: Dictionary, learned: Learned) -> Cut:
    """Return what cuts a question into its words, none inside another, punctuation left out.

    It cuts by the dictionary of the index and by what the index has learned, as wholes.
    """
    slow = tokenizer_of(Widened(dictionary, learned), dictionary.total).lcut
    around_learned = partial(_around, spans=partial(_dotted, learned), cut=slow)
    spans = _unusual(dictionary.own)
    return lambda folded: [*filter(holds_word, _around(folded, spans, around_learned))]


def _parts(lexis: Lexis | Dictionary, word: str) -> tuple[str, ...]:
    """Return a word behind the words of two and of three characters inside it, nothing for punctuation."""
    if not holds_word(word):
        return ()
    sizes = range(2, min(4, len(word)))
    parts = (word[at : at + size] for size in sizes for at in range(len(word) - size + 1))
    return (*filter(lexis.frequencies.get, parts), word)


def _by_block(text: str, fast: Cut, slow: Cut) -> list[str]:
    """Cut a text with `fast` where it cuts as `slow` does: see `_ODD`.

    jieba cuts each block on its own, so that one odd block does not slow down the others.
    """
    if not _ODD.search(text):
        return fast(text)
    found: list[str] = []
    for block in filter(None, BLOCK.split(text)):
        found += fast(block) if _PLAIN.fullmatch(block) else slow(block)
    return found


def _around(text: str, spans: _Spans | None, cut: Cut) -> list[str]:
    """Cut what stands around the spans of a text, which are words."""
    if spans is None:
        return cut(text)
    found: list[str] = []
    at = 0
    for start, end in spans(text):
        found += [*cut(text[at:start]), text[start:end]]
        at = end
    return found + cut(text[at:])


def _unusual(own: Iterable[str]) -> _Spans | None:
    """Return what finds the user's words that jieba would cut at a sign, whatever it knew (鲁滨孙·克鲁索)."""
    words = {word for word in map(fold, own) if not is_one_block(word)}
    if not words:
        return None
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    pattern = re.compile("|".join(map(_alone, longest_first)))

    def spans(text: str) -> Iterator[tuple[int, int]]:
        return (match.span() for match in pattern.finditer(text))

    return spans


def _dotted(learned: Learned, text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the learned words that jieba would cut at a sign, the longest at each place."""
    at = 0
    while at < len(text) and not is_one_block(text):
        words = learned.beginning(text[at : at + _LONGEST])
        length = max((len(word) for word in words if not is_one_block(word)), default=0)
        if length:
            yield at, at + length
        at += length or 1


def _alone(word: str) -> str:
    """Return the pattern of a word that begins and ends where letters and digits do."""
    before = "(?<![a-z0-9])" if re.match("[a-z0-9]", word) else ""
    after = "(?![a-z0-9])" if re.search("[a-z0-9]$", word) else ""
    return before + re.escape(word) + after


def _slow(lexis: Lexis | Dictionary) -> Cut:
    """Return jieba's own way of cutting, by a tokenizer of our own.

    What others add to jieba's shared one changes nothing here.
    """
    cut: Cut = tokenizer_of(lexis.frequencies, lexis.total).lcut
    return cut


def _fast(lexis: Lexis | Dictionary) -> Cut:
    """Return jieba's algorithm in Rust: the same words, twenty times as fast."""
    rjieba = import_module("rjieba")
    if not lexis.own:
        return rjieba.cut  # type: ignore[no-any-return]
    jieba = rjieba.Jieba()  # one of our own, too, which takes its time to load
    for word in filter(is_cuttable, map(fold, lexis.own)):
        jieba.add_word(word, lexis.frequencies[word], None)
    return jieba.cut  # type: ignore[no-any-return]
