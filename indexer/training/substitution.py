"""More sentences to learn names from: the people of a sentence swapped for others, made of parts of names."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable

from indexer.extraction.word_lists import COMPOUND_SURNAMES, SURNAMES
from indexer.training.sentences import Sentence, rewrite

__all__ = ["NameMaker"]

_LONGEST_CHINESE = 4  # characters; a longer name is foreign
_MOST = 3.0  # how often a name counts: a leader of the country is not to be learned by heart
_FLATTENED = 0.7  # the power of a surname's frequency by which it is drawn
_COMMONEST_GIVEN = 2.0
_KEPT_FOREIGN = 0.4  # of the foreign names
_MARRIED = 0.02  # of the names have the husband's surname before their own, as in Hong Kong
_HUSBANDS, _WIVES = "陈林黄郑叶范刘张梁", "郑刘冯李黄陈林金"
_WHOLE_GIVEN = 0.7  # of the given names are one that somebody has, the others are put together
_TWO_CHARACTERS = 0.75  # of those put together


class NameMaker:
    """Makes names of people from the surnames and given names of sentences."""

    def __init__(self, sentences: Iterable[Sentence], seed: int) -> None:
        """Take the names of the people in sentences apart."""
        self._rng = random.Random(seed)
        counts = Counter(text[start:end] for text, spans in sentences for start, end in spans)
        self._surnames: Counter[str] = Counter()
        self._given: Counter[str] = Counter()
        self._foreign: list[str] = []
        for name, count in counts.items():
            self._take_apart(name, min(_MOST, count))
        self._characters = sorted({character for given in self._given for character in given})

    def swap(self, sentence: Sentence) -> Sentence:
        """Swap the people of a sentence, the same one everywhere for the same other."""
        text, spans = sentence
        made: dict[str, str] = {}
        for start, end in spans:
            if text[start:end] not in made:
                made[text[start:end]] = self._other(text[start:end])
        return rewrite(sentence, [made[text[start:end]] for start, end in spans])

    def _take_apart(self, name: str, count: float) -> None:
        length = 2 if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else 1
        if _is_chinese(name) and 0 < len(name) - length < 3:
            self._surnames[name[:length]] += count  # type: ignore[assignment]
            self._given[name[length:]] += count  # type: ignore[assignment]
        elif len(name) > 1:
            self._foreign.append(name)

    def _other(self, name: str) -> str:
        if len(name) > 1 and _is_chinese(name):
            return self._surname() + self._given_name()
        if len(name) < 2 or not self._foreign or self._rng.random() < _KEPT_FOREIGN:
            return name
        return self._rng.choice(self._foreign)

    def _surname(self) -> str:
        if self._rng.random() < _MARRIED:
            return self._rng.choice(_HUSBANDS) + self._rng.choice(_WIVES)
        weights = [count**_FLATTENED for count in self._surnames.values()]
        return self._rng.choices([*self._surnames], weights)[0]

    def _given_name(self) -> str:
        if self._rng.random() < _WHOLE_GIVEN:
            weights = [min(_COMMONEST_GIVEN, count) for count in self._given.values()]
            return self._rng.choices([*self._given], weights)[0]
        length = 2 if self._rng.random() < _TWO_CHARACTERS else 1
        return "".join(self._rng.choices(self._characters, k=length))


def _is_chinese(name: str) -> bool:
    return "·" not in name and len(name) <= _LONGEST_CHINESE and name[0] in SURNAMES
