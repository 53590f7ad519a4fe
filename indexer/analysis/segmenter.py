"""The segmenter: cuts texts into words as jieba does, and in bulk twenty times as fast."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache, partial
from importlib import import_module
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from indexer.analysis.dictionary import FrozenDictionary
from indexer.analysis.jieba_words import (
    JIEBA_BLOCK,
    JIEBA_HAN,
    Frequencies,
    is_one_block,
    load_jieba_words,
    make_tokenizer,
    needs_entry,
)
from indexer.analysis.learned_words import LearnedWords, WithLearnedWords
from indexer.text.folding import DECIMAL_POINT, fold, holds_word, readable

__all__ = ["Cut", "Dictionary", "Segmenter", "SegmenterChoice", "make_question_cut", "make_search_cut"]

Cut = Callable[[str], list[str]]
"""A function that cuts a folded text into words."""

_FindSpans = Callable[[str], Iterable[tuple[int, int]]]

# A block that rjieba cuts as jieba does. It differs at the marks that join letters and digits, and at
# characters that only one of the two counts as Chinese. Both are compiled when a build first cuts a text.
_SAME_IN_RJIEBA = rf"[{JIEBA_HAN}a-zA-Z0-9]+"
_DIFFERS_IN_RJIEBA = (
    rf"[+#&._%\-]|[^{JIEBA_HAN}\u3000-\u303f\uff00-\uffef\u2010-\u2027\u2030-\u205e\u0020-\u007e·×]"
)
_LONGEST_LEARNED_WORD = 64  # characters
_CACHED_WORDS = 1 << 16
_CONTEXT = 6  # characters before a position that show where its words begin
_PUNCTUATION_FREQUENCIES = dict.fromkeys("，。、：；！？“”「」《》（）—…·", 100_000)  # of a common character


class Dictionary(Protocol):
    """What a segmenter asks of words: `JiebaWords`, or the `FrozenDictionary` made of them."""

    @property
    def user_words(self) -> tuple[str, ...]:
        """The user's words, as they are written."""
        ...

    @property
    def frequencies(self) -> Frequencies:
        """The frequencies of the words."""
        ...

    @property
    def total(self) -> int:
        """The sum of all frequencies."""
        ...

    def is_noun(self, word: str, /) -> bool:
        """Tell whether a word is a noun, or a verb used as one (培训, 就业)."""
        ...

    def is_ordinary(self, word: str, /) -> bool:
        """Tell whether a word is one of jieba's and not a person's name."""
        ...

    def idf(self, word: str, /) -> float:
        """Return the inverse document frequency of a word, the median where it is not known."""
        ...


class Segmenter:
    """Cuts texts into words, and tells what a dictionary knows of a word.

    The dictionary is loaded when it is first asked for. Nothing is shared with a segmenter that has
    another dictionary.
    """

    def __init__(self, load: Callable[[], Dictionary]) -> None:
        """Cut by the dictionary that `load` returns."""
        self._load = load

    @cached_property
    def dictionary(self) -> Dictionary:
        """The dictionary it cuts by."""
        return self._load()

    @cached_property
    def cut(self) -> Callable[[str], tuple[str, ...]]:
        """A function that cuts a text into its words, punctuation included: joined, they are the text."""
        rjieba_cut, jieba_cut = _rjieba_cut(self.dictionary), _jieba_cut(self.dictionary)
        cut = _keep_decimals(partial(_cut_by_block, rjieba_cut=rjieba_cut, jieba_cut=jieba_cut))
        find_spans = _user_word_finder(self.dictionary.user_words)
        # A paragraph is cut for its keywords and for its words.
        return lru_cache(maxsize=4)(lambda text: tuple(_cut_around(text, find_spans, cut)))

    def search_words(self, folded: str) -> list[str]:
        """Cut a folded text as jieba's search mode does, punctuation left out."""
        return list(chain.from_iterable(map(self._with_subwords, self.cut(folded))))

    def first_word(self, text: str) -> str:
        """Return the first word of a text, the empty string if there is none."""
        return next(iter(self.cut(text)), "")

    def spans_border(self, left: str, right: str) -> bool:
        """Tell whether one word begins at the end of `left` and ends at the start of `right`."""
        start = 0
        for word in self.cut(left + right):
            if start < len(left) < start + len(word):
                return True
            start += len(word)
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
        return self.dictionary.is_ordinary(text)

    @cached_property
    def is_noun(self) -> Callable[[str], bool]:
        """A function that tells whether a word is a noun, or a verb used as one (培训, 就业)."""
        return lru_cache(_CACHED_WORDS)(self.dictionary.is_noun)

    def idf(self, word: str) -> float:
        """Return the inverse document frequency of a word in jieba's table, its median if unknown."""
        return self.dictionary.idf(word)

    def mean_log_frequency(self, text: str) -> float:
        """Average the logarithms of the frequencies of the characters: higher is likelier Chinese."""
        frequencies = self.dictionary.frequencies
        logarithms = (
            math.log(1 + (_PUNCTUATION_FREQUENCIES.get(char) or frequencies.get(fold(char)) or 0))
            for char in text
        )
        return sum(logarithms) / max(1, len(text))

    @cached_property
    def _with_subwords(self) -> Callable[[str], tuple[str, ...]]:
        return lru_cache(_CACHED_WORDS)(partial(_with_subwords, self.dictionary))


class SegmenterChoice(Struct, frozen=True):
    """The choice of a segmenter, small enough to be sent to another process, which opens it.

    It cuts by jieba's words and the user's; or by the dictionary stored at `dictionary`, which holds
    both, and is faster to open where there is little to cut. Both cut alike.
    """

    user_words: tuple[str, ...] = ()
    dictionary: Path | None = None

    def open(self) -> Segmenter:
        """Open the segmenter; one that cuts by jieba's words is kept for the next call.

        Its first use raises `DamageError` where the stored dictionary is not whole.
        """
        if self.dictionary is None:
            return _jieba_segmenter(self.user_words)
        return Segmenter(partial(FrozenDictionary, self.dictionary))


def make_search_cut(dictionary: FrozenDictionary) -> Cut:
    """Make a function that cuts as `Segmenter.search_words` did when the dictionary was frozen.

    It needs no rjieba.
    """
    find_spans, cut = _user_word_finder(dictionary.user_words), _keep_decimals(_jieba_cut(dictionary))
    with_subwords = partial(_with_subwords, dictionary)
    return lambda folded: list(chain.from_iterable(map(with_subwords, _cut_around(folded, find_spans, cut))))


def make_question_cut(dictionary: FrozenDictionary, learned: LearnedWords) -> Cut:
    """Make a function that cuts a question into its words, none inside another, punctuation left out.

    It cuts by the dictionary of the index, and keeps the words that the index has learned whole.
    """
    jieba_cut = make_tokenizer(WithLearnedWords(dictionary, learned), dictionary.total).lcut
    cut = _keep_decimals(
        partial(_cut_around, find_spans=partial(_learned_word_spans, learned), cut=jieba_cut)
    )
    find_spans = _user_word_finder(dictionary.user_words)
    return lambda folded: [*filter(holds_word, _cut_around(folded, find_spans, cut))]


@lru_cache(maxsize=2)
def _jieba_segmenter(user_words: tuple[str, ...]) -> Segmenter:
    return Segmenter(partial(load_jieba_words, user_words))


def _jieba_cut(dictionary: Dictionary) -> Cut:
    cut: Cut = make_tokenizer(dictionary.frequencies, dictionary.total).lcut
    return cut


def _rjieba_cut(dictionary: Dictionary) -> Cut:
    """Make a function that cuts by jieba's algorithm in Rust: twenty times as fast."""
    rjieba = import_module("rjieba")
    if not dictionary.user_words:
        return rjieba.cut  # type: ignore[no-any-return]
    jieba = rjieba.Jieba()  # not the shared one, whose words must not change; it takes its time to load
    for word in filter(needs_entry, map(fold, dictionary.user_words)):
        jieba.add_word(word, dictionary.frequencies[word], None)
    return jieba.cut  # type: ignore[no-any-return]


def _keep_decimals(cut: Cut) -> Cut:
    """Make a function cut as it does, also where the text is folded: a decimal is one word."""

    def cut_folded(text: str) -> list[str]:
        if DECIMAL_POINT not in text:
            return cut(text)
        ends = accumulate(map(len, cut(readable(text))))
        return [text[start:end] for start, end in pairwise((0, *ends))]

    return cut_folded


def _cut_by_block(text: str, rjieba_cut: Cut, jieba_cut: Cut) -> list[str]:
    """Cut a text by rjieba, except for the blocks that jieba would cut in another way.

    jieba cuts each block on its own, so that one such block does not slow down the others.
    """
    if not re.search(_DIFFERS_IN_RJIEBA, text):
        return rjieba_cut(text)
    words: list[str] = []
    for block in filter(None, JIEBA_BLOCK.split(text)):
        words += rjieba_cut(block) if re.fullmatch(_SAME_IN_RJIEBA, block) else jieba_cut(block)
    return words


def _with_subwords(dictionary: Dictionary, word: str) -> tuple[str, ...]:
    """List the words of two and of three characters inside a word, then the word; none of punctuation."""
    if not holds_word(word):
        return ()
    sizes = range(2, min(4, len(word)))
    parts = (word[at : at + size] for size in sizes for at in range(len(word) - size + 1))
    return (*filter(dictionary.frequencies.get, parts), word)


def _cut_around(text: str, find_spans: _FindSpans | None, cut: Cut) -> list[str]:
    """Keep each span of a text whole as a word, and cut what lies between them."""
    if find_spans is None:
        return cut(text)
    words: list[str] = []
    at = 0
    for start, end in find_spans(text):
        words += [*cut(text[at:start]), text[start:end]]
        at = end
    return words + cut(text[at:])


def _user_word_finder(user_words: Iterable[str]) -> _FindSpans | None:
    """Make a function that finds the user's words with signs inside (鲁滨孙·克鲁索): jieba cuts there.

    Return None where there is no such word.
    """
    words = {word for word in map(fold, user_words) if not is_one_block(word)}
    if not words:
        return None
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    pattern = re.compile("|".join(map(_whole_word_pattern, longest_first)))

    def find_spans(text: str) -> Iterator[tuple[int, int]]:
        return (match.span() for match in pattern.finditer(text))

    return find_spans


def _learned_word_spans(learned: LearnedWords, text: str) -> Iterator[tuple[int, int]]:
    """Find the learned words with signs inside, the longest that begins at each position."""
    at = 0
    while at < len(text) and not is_one_block(text):
        words = learned.prefixes(text[at : at + _LONGEST_LEARNED_WORD])
        length = max((len(word) for word in words if not is_one_block(word)), default=0)
        if length:
            yield at, at + length
        at += length or 1


def _whole_word_pattern(word: str) -> str:
    """Write a pattern for a word that does not begin or end inside a run of letters and digits."""
    before = "(?<![a-z0-9])" if re.match("[a-z0-9]", word) else ""
    after = "(?![a-z0-9])" if re.search("[a-z0-9]$", word) else ""
    return before + re.escape(word) + after
