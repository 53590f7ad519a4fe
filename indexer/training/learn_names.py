"""Learn to find the names of people, in three rounds.

The first tagger learns from sentences with people marked, and from the same with the people swapped. It
marks articles without labels, from which, too, the second learns; that one marks them again, better. The
third learns from all this and from the labelled pages.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.segmenter import Segmenter
from indexer.extraction.speakers.tagger import Tagger
from indexer.text.folding import fold_in_place
from indexer.training.corpora import Article, LabelledPage
from indexer.training.perceptron import train_tagger
from indexer.training.sentences import Sentence, set_blanks
from indexer.training.silver import mark_sure_names
from indexer.training.substitution import NameMaker

__all__ = ["NamesLearned", "learn_base", "learn_names"]

NamesLearned = tuple[NDArray[np.int8], NDArray[np.float32]]
"""The tagger's table of weights (rows x tags), and the weights of each tag behind another."""

_EPOCHS = 4
_SILVER_ROUNDS = 2
_SWAPPED_SENTENCES, _SWAPPED_PAGES = 2, 1  # how often the people of each are swapped
_MOST = 32_000  # sentences, those of the labelled pages apart: more makes a larger file, and none better
_WITH_BLANKS = 1500  # sentences with blanks set into names
_PAGES_COUNT = 2  # times, as much as the others
_SEED, _SWAPPING_SEED, _PAGE_SEED = 11, 7, 9
_ORGANISATION = re.compile(r"(?:局|会|党|社|署|部|院|处|集团|联|盟|行|所|团|鹤|区|力量|政府|学|央行)$")


def learn_base(
    sentences: Sequence[Sentence], articles: Sequence[Article], segmenter: Segmenter
) -> list[Sentence]:
    """Gather what names are learned from without labelled pages: two rounds of marking articles."""
    swap = NameMaker(sentences, _SWAPPING_SEED).swap
    named = [sentence for sentence in sentences if sentence.spans]
    given = [*sentences, *(swap(sentence) for _ in range(_SWAPPED_SENTENCES) for sentence in named)]
    gathered = given
    for number in range(_SILVER_ROUNDS):
        silver = mark_sure_names(articles, Tagger(*train_tagger(gathered, _EPOCHS)), segmenter)
        half_swapped = [swap(each) if at % 2 else each for at, each in enumerate(silver)]
        gathered = _some([*given, *half_swapped], random.Random(number))
    return gathered


def learn_names(
    sentences: Sequence[Sentence], base: Sequence[Sentence], pages: Iterable[LabelledPage]
) -> NamesLearned:
    """Train the tagger that is kept, from what `learn_base` gathered and from labelled pages."""
    rng = random.Random(_SEED)
    short = [each for each in base if any(end - start == 2 for start, end in each.spans)]
    with_blanks = [set_blanks(each, rng) for each in rng.sample(short, min(_WITH_BLANKS, len(short)))]
    lines = [line for page in pages for line in _marked_lines(page)]
    swap = NameMaker(sentences, _PAGE_SEED).swap
    swapped = [swap(line) for line in lines if line.spans for _ in range(_SWAPPED_PAGES)]
    return train_tagger([*base, *with_blanks, *lines * _PAGES_COUNT, *swapped], _EPOCHS)


def _some(sentences: Sequence[Sentence], rng: random.Random) -> list[Sentence]:
    return rng.sample(sentences, min(_MOST, len(sentences)))


def _marked_lines(page: LabelledPage) -> Iterator[Sentence]:
    """Mark in the lines of a page the people whom a reader names, wherever they stand."""
    people = [name for name in {*page.lines, *page.others} if _is_person(name)]
    longest_first = sorted(people, key=lambda name: (-len(name), name))
    pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
    for line in filter(str.strip, fold_in_place(page.text).splitlines()):
        yield Sentence(line, [match.span() for match in pattern.finditer(line)])


def _is_person(name: str) -> bool:
    return len(name) > 1 and ("·" in name or not _ORGANISATION.search(name))
