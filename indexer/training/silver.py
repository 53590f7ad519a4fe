"""Sentences from articles without labels, marked by a tagger where it is sure.

A name that is sure at one place of an article is marked everywhere in it; a sentence with a name that is
not sure is left out. So the tagger learns what stands around a name where it could not tell.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from indexer.analysis.segmenter import Segmenter
from indexer.extraction.speakers.tagger import Tagger
from indexer.text.folding import fold_in_place
from indexer.training.corpora import Article
from indexer.training.sentences import Sentence

__all__ = ["mark_sure_names"]

_READ = 4000  # characters of an article
_SURE = 45.0  # margin of a name that is sure where it stands once
_SURE_TOGETHER = 60.0  # the margins of all its places together
_SHORTEST, _LONGEST = 4, 300  # characters of a sentence
_NAMELESS = 0.12  # of the sentences without a name
_SENTENCE_END = re.compile(r"(?<=[。!?;])(?![”」』])|\n")
_NO_NAME = re.compile(r"[\s,。、:;“”()0-9a-z]")
_SEED = 3


def mark_sure_names(articles: Iterable[Article], tagger: Tagger, segmenter: Segmenter) -> list[Sentence]:
    """Mark the people of articles who are sure, sentence by sentence."""
    rng = random.Random(_SEED)
    found: list[Sentence] = []
    for article in articles:
        text = fold_in_place(article.text[:_READ])
        margins: defaultdict[str, list[float]] = defaultdict(list)
        for name in tagger.names(text):
            margins[text[name.start : name.end]].append(name.margin)
        sure = _sure_names(margins, segmenter)
        marked = _marked_sentences(text, sure, margins.keys() - sure)
        found += [sentence for sentence in marked if sentence.spans or rng.random() < _NAMELESS]
    return found


def _sure_names(margins: Mapping[str, Sequence[float]], segmenter: Segmenter) -> set[str]:
    """Choose the names that are sure; where one is another with something behind, the more frequent."""
    sure = {name for name, each in margins.items() if _is_sure(each) and _is_clean(name, segmenter)}
    for name in sorted(sure, key=lambda name: (len(name), name)):
        for longer in sorted(each for each in sure if each != name and each.startswith(name)):
            if "·" not in longer:
                sure.discard(name if len(margins[name]) < len(margins[longer]) else longer)
    return sure


def _is_sure(margins: Sequence[float]) -> bool:
    return max(margins) >= _SURE or (len(margins) > 1 and sum(margins) >= _SURE_TOGETHER)


def _is_clean(name: str, segmenter: Segmenter) -> bool:
    return not _NO_NAME.search(name) and (len(name) > 3 or not segmenter.is_word(name))


def _marked_sentences(text: str, sure: Iterable[str], unsure: Iterable[str]) -> Iterator[Sentence]:
    """Cut a text into sentences with the sure names marked, those with an unsure name left out."""
    pattern = _any_of(sure)
    for sentence in _SENTENCE_END.split(text):
        if not _SHORTEST <= len(sentence.strip()) <= len(sentence) < _LONGEST:
            continue
        rest = pattern.sub("", sentence)
        if not any(name in rest for name in unsure):
            yield Sentence(sentence, [match.span() for match in pattern.finditer(sentence)])


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Write a pattern for names, the longest first; of none, one that matches nothing."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
