"""Cuts texts into words as jieba does, and remembers what it has cut: all quirks of jieba live here."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Protocol

from indexer.analysis.dictionary import FrozenDictionary
from indexer.analysis.jieba_words import (
    JIEBA_BLOCK,
    JIEBAS,
    Frequencies,
    is_cuttable,
    is_one_block,
    load_jieba_words,
    tokenizer_of,
)
from indexer.analysis.learned_words import LearnedWords, WithLearnedWords
from indexer.text.folding import fold, holds_word

__all__ = ["Cut", "Segmenter", "SegmenterChoice", "Words", "frozen_search_words", "question_words"]

Cut = Callable[[str], list[str]]
"""Cuts a folded text."""

_Spans = Callable[[str], Iterable[tuple[int, int]]]

# What of a block rjieba cuts in the same way. Not the marks that join letters and digits, and not the
# characters that only one of the two counts as Chinese.
_PLAIN = re.compile(rf"[{JIEBAS}a-zA-Z0-9]+")
_ODD = re.compile(
    rf"[+#&._%\-]|[^{JIEBAS}\u3000-\u303f\uff00-\uffef\u2010-\u2027\u2030-\u205e\u0020-\u007e·×]"
)
_LONGEST = 64  # characters of a learned word
_REMEMBERED = 1 << 16  # words
_CONTEXT = 6  # characters before a place that show where its words begin
_COMMON_MARKS = dict.fromkeys("，。、：；！？“”「」《》（）—…·", 100_000)  # as a common character


class Words(Protocol):
    """What a segmenter has to know of words: from jieba's files, or from a dictionary made of them."""

    @property
    def own(self) -> tuple[str, ...]:
        """The user's words, as they are written."""
        ...

    @property
    def frequencies(self) -> Frequencies:
        """How frequent words are."""
        ...

    @property
    def total(self) -> int:
        """The sum of all frequencies."""
        ...

    def is_noun(self, word: str, /) -> bool:
        """Tell whether a word is a noun, or a verb used as one (培训, 就业)."""
        ...

    def is_ordinary(self, word: str, /) -> bool:
        """Tell whether a word is one of jieba's that is no person's name."""
        ...

    def idf(self, word: str, /) -> float:
        """Return the inverse document frequency of a word, the median where it is not known."""
        ...


class Segmenter:
    """Cuts texts into words, and tells what is known of a word.

    The words are loaded when they are first asked for. What it remembers is its own: another one, with
    other words, knows nothing of it.
    """

    def __init__(self, load: Callable[[], Words]) -> None:
        """Prepare to cut by the words that `load` returns."""
        self._load = load

    @cached_property
    def words(self) -> Words:
        """The words it cuts by."""
        return self._load()

    @cached_property
    def cut(self) -> Callable[[str], tuple[str, ...]]:
        """Cuts a text into its words, punctuation included: joined, they are the text."""
        by_block = partial(_by_block, fast=_fast(self.words), slow=_slow(self.words))
        spans = _unusual(self.words.own)
        # A paragraph is cut for its keywords and for its words.
        return lru_cache(maxsize=4)(lambda text: tuple(_around(text, spans, by_block)))

    def search_words(self, folded: str) -> list[str]:
        """Cut a folded text as jieba's search mode does, punctuation left out."""
        return list(chain.from_iterable(map(self._parts, self.cut(folded))))

    def first_word(self, text: str) -> str:
        """Return the first word of a text, or the empty string."""
        return next(iter(self.cut(text)), "")

    def spans_border(self, left: str, right: str) -> bool:
        """Tell whether one word begins at the end of `left` and ends at the start of `right`."""
        at = 0
        for word in self.cut(left + right):
            if at < len(left) < at + len(word):
                return True
            at += len(word)
        return False

    def cuts_word(self, text: str, start: int, end: int) -> bool:
        """Tell whether `text[start:end]` begins inside a word, or with a longer word than a surname."""
        at = max(0, start - _CONTEXT)
        for word in self.cut(text[at:end]):
            inside = at < start < at + len(word)
            if inside or (at == start and at + len(word) < end and self.is_word(word)):
                return len(word) > 1
            at += len(word)
        return False

    def is_word(self, text: str) -> bool:
        """Tell whether a text is an ordinary word of jieba's, and not a person's name there."""
        return self.words.is_ordinary(text)

    @cached_property
    def is_noun(self) -> Callable[[str], bool]:
        """Tells whether a word is a noun, or a verb used as one (培训, 就业)."""
        return lru_cache(_REMEMBERED)(self.words.is_noun)

    def idf(self, word: str) -> float:
        """Return the inverse document frequency of a word in jieba's table, its median if unknown."""
        return self.words.idf(word)

    def commonness(self, text: str) -> float:
        """Return the mean logarithm of how often the characters occur: higher is likelier Chinese."""
        counts = self.words.frequencies
        logarithms = (math.log(1 + (_COMMON_MARKS.get(char) or counts.get(fold(char)) or 0)) for char in text)
        return sum(logarithms) / max(1, len(text))

    @cached_property
    def _parts(self) -> Callable[[str], tuple[str, ...]]:
        return lru_cache(_REMEMBERED)(partial(_parts, self.words))


@dataclass(frozen=True, slots=True)
class SegmenterChoice:
    """Which segmenter is meant, to be sent to another process that opens it.

    It cuts by jieba's words and the user's `own`; or by the dictionary at `frozen`, which holds both:
    what little there is to cut is done by it before jieba's files are loaded. Both cut alike.
    """

    own: tuple[str, ...] = ()
    frozen: Path | None = None

    def open(self) -> Segmenter:
        """Return the segmenter; one that cuts by jieba's words is kept for the next time."""
        if self.frozen is None:
            return _by_jieba(self.own)
        return Segmenter(partial(FrozenDictionary, self.frozen))


@lru_cache(maxsize=2)
def _by_jieba(own: tuple[str, ...]) -> Segmenter:
    return Segmenter(partial(load_jieba_words, own))


def frozen_search_words(dictionary: FrozenDictionary) -> Cut:
    """Make the function that cuts as `Segmenter.search_words` did when the dictionary was frozen.

    It needs no rjieba.
    """
    spans, slow = _unusual(dictionary.own), _slow(dictionary)
    parts = partial(_parts, dictionary)
    return lambda folded: list(chain.from_iterable(map(parts, _around(folded, spans, slow))))


def question_words(dictionary: FrozenDictionary, learned: LearnedWords) -> Cut:
    """Make the function that cuts a question into its words, none inside another, punctuation left out.

    It cuts by the dictionary of the index and by what the index has learned, as wholes.
    """
    slow = tokenizer_of(WithLearnedWords(dictionary, learned), dictionary.total).lcut
    around_learned = partial(_around, spans=partial(_dotted, learned), cut=slow)
    spans = _unusual(dictionary.own)
    return lambda folded: [*filter(holds_word, _around(folded, spans, around_learned))]


def _parts(words: Words, word: str) -> tuple[str, ...]:
    """Return a word behind the words of two and of three characters inside it, nothing for punctuation."""
    if not holds_word(word):
        return ()
    sizes = range(2, min(4, len(word)))
    parts = (word[at : at + size] for size in sizes for at in range(len(word) - size + 1))
    return (*filter(words.frequencies.get, parts), word)


def _by_block(text: str, fast: Cut, slow: Cut) -> list[str]:
    """Cut a text with `fast` where it cuts as `slow` does: see `_ODD`.

    jieba cuts each block on its own, so that one odd block does not slow down the others.
    """
    if not _ODD.search(text):
        return fast(text)
    found: list[str] = []
    for block in filter(None, JIEBA_BLOCK.split(text)):
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
    """Make the function that finds the user's words with signs inside (鲁滨孙·克鲁索): jieba cuts there."""
    words = {word for word in map(fold, own) if not is_one_block(word)}
    if not words:
        return None
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    pattern = re.compile("|".join(map(_alone, longest_first)))

    def spans(text: str) -> Iterator[tuple[int, int]]:
        return (match.span() for match in pattern.finditer(text))

    return spans


def _dotted(learned: LearnedWords, text: str) -> Iterator[tuple[int, int]]:
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


def _slow(words: Words) -> Cut:
    """Return jieba's own way of cutting, by a tokenizer of our own.

    What others add to jieba's shared one changes nothing here.
    """
    cut: Cut = tokenizer_of(words.frequencies, words.total).lcut
    return cut


def _fast(words: Words) -> Cut:
    """Return jieba's algorithm in Rust: the same words, twenty times as fast."""
    rjieba = import_module("rjieba")
    if not words.own:
        return rjieba.cut  # type: ignore[no-any-return]
    jieba = rjieba.Jieba()  # one of our own, too, which takes its time to load
    for word in filter(is_cuttable, map(fold, words.own)):
        jieba.add_word(word, words.frequencies[word], None)
    return jieba.cut  # type: ignore[no-any-return]
