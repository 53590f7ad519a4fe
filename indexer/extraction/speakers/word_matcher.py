"""Where any of many words stands in a text, in time that grows with the text alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

__all__ = ["WordMatcher"]


class WordMatcher:
    """Words of two characters or more, to be found in texts."""

    def __init__(self, forms: Iterable[str]) -> None:
        """Sort the words by their first two characters."""
        self._forms = frozenset(form for form in forms if len(form) > 1)
        lengths: dict[str, set[int]] = {}
        for form in self._forms:
            lengths.setdefault(form[:2], set()).add(len(form))
        self._lengths = {pair: sorted(each, reverse=True) for pair, each in lengths.items()}
        self._pairs = np.sort(_pairs("".join(self._lengths))[::2]) if lengths else np.empty(0, np.uint64)

    def all_in(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield where each word stands, also within another, in the order of their places."""
        for at in self._starts(text):
            for length in self._lengths.get(text[at : at + 2], ()):
                form = text[at : at + length]
                if form in self._forms:
                    yield at, form

    def longest_in(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield the words that stand in a text from left to right, the longest of each place."""
        end = 0
        for at, form in self.all_in(text):
            if at >= end:
                yield at, form
                end = at + len(form)

    def _starts(self, text: str) -> list[int]:
        """Return where two characters stand that begin a word."""
        if not len(self._pairs) or len(text) < 2:
            return []
        pairs = _pairs(text)
        nearest = np.minimum(np.searchsorted(self._pairs, pairs), len(self._pairs) - 1)
        starts: list[int] = np.flatnonzero(self._pairs[nearest] == pairs).tolist()
        return starts


def _pairs(text: str) -> NDArray[np.uint64]:
    """Return each character and the next as a number."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    return (codes[:-1] << np.uint64(32)) | codes[1:]
