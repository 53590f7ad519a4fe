"""Learn who of those named speaks, and whether a speech goes on.

A label says that somebody speaks in a paragraph, not which of the mentions of them shows it. So the
weights of each round choose, for the next, the mention that shows it best.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from indexer.analysis.segmenter import Segmenter
from indexer.extraction.speakers.model import LinearModel, Model
from indexer.extraction.speakers.tagger import Tagger
from indexer.training.corpora import Article, LabelledPage, set_aside_articles
from indexer.training.observations import Observed, Page, observe, open_page
from indexer.training.regression import Example, fit

__all__ = ["JUDGED_FILE", "learn_speakers"]

JUDGED_FILE = Path(__file__).with_name("judged.tsv")
"""Mentions, and speeches that may go on, in articles without labels, judged one by one by a reader."""

_ROUNDS = 4
_READ = 6000  # characters of an article in which something was judged
_SURELY = 0.6  # from which score on a second mention of a speaker shows it, too
_SECOND_COUNTS = 0.5
_JUDGED_COUNTS = 0.7

# Before anything is learned: what shows most plainly that somebody speaks.
_PLAIN_SIGNS = {
    "r1=:": 2.0,
    "far0=0": 2.0,
    "far0=1": 1.0,
    "afterquote": 1.0,
    "nocue": -1.0,
    "form=pronoun": -0.5,
    "preposition": -2.0,
    "inquote": -2.0,
}
_NEVER = LinearModel({}, -30.0)

_Place = tuple[int, int | None, str]
"""The first line of a paragraph, where in it a mention begins (None: a speech may go on), and the name."""


class _Judged(NamedTuple):
    """An article in which a reader judged some places, and the verdicts."""

    page: Page
    verdicts: Mapping[_Place, bool]


class _Lessons(Struct):
    speaking: list[Example]
    going_on: list[Example]


def learn_speakers(
    pages: Sequence[LabelledPage], articles: Iterable[Article], tagger: Tagger, segmenter: Segmenter
) -> tuple[LinearModel, LinearModel]:
    """Learn whether a mention speaks, and whether a speech goes on, from pages and from what was judged."""
    opened = [(open_page(page.text, tagger, segmenter), page) for page in pages]
    judged = [*_open_judged(articles, tagger, segmenter)]
    model = Model(tagger, LinearModel(_PLAIN_SIGNS, 0.0), _NEVER)
    for _ in range(_ROUNDS):
        lessons = _Lessons([], [])
        for page, label in opened:
            _add_labelled(page, label, model, lessons)
        for article in judged:
            _add_judged(article, model, lessons)
        model = Model(tagger, fit(lessons.speaking), fit(lessons.going_on))
    return model.speaking, model.going_on


def _add_labelled(page: Page, label: LabelledPage, model: Model, lessons: _Lessons) -> None:
    """Add the examples of a labelled page; who is in doubt is none, where no line says that they speak."""
    truth = page.speakers(label)
    mentions, continuations = observe(page, model, truth)
    best = _best_mentions(each for each in mentions if each.name in truth[each.paragraph])
    for each in mentions:
        if each.name not in truth[each.paragraph]:
            if each.name not in label.doubt:
                lessons.speaking.append(Example(each.features, true=False))
        elif best[each.paragraph, each.name] is each:
            lessons.speaking.append(Example(each.features, true=True))
        elif each.score > _SURELY:
            lessons.speaking.append(Example(each.features, true=True, weight=_SECOND_COUNTS))
    for each in continuations:
        speaks = each.name in truth[each.paragraph]
        if speaks or each.name not in label.doubt:
            lessons.going_on.append(Example(each.features, speaks))


def _best_mentions(mentions: Iterable[Observed]) -> dict[tuple[int, str], Observed]:
    """Choose of each speaker of a paragraph the mention with the highest score, the first of equals."""
    best: dict[tuple[int, str], Observed] = {}
    for each in mentions:
        known = best.setdefault((each.paragraph, each.name), each)
        if each.score > known.score:
            best[each.paragraph, each.name] = each
    return best


def _add_judged(article: _Judged, model: Model, lessons: _Lessons) -> None:
    """Add the examples of an article that a reader judged."""
    mentions, continuations = observe(article.page, model)
    for each in mentions:
        verdict = article.verdicts.get(_place(article.page, each))
        if verdict is not None:
            lessons.speaking.append(Example(each.features, verdict, _JUDGED_COUNTS))
    for each in continuations:
        verdict = article.verdicts.get(_place(article.page, each))
        if verdict is not None:
            lessons.going_on.append(Example(each.features, verdict))


def _place(page: Page, seen: Observed) -> _Place:
    start = seen.mention.start if seen.mention else None
    return page.pieces[seen.paragraph].first, start, seen.name


def _open_judged(articles: Iterable[Article], tagger: Tagger, segmenter: Segmenter) -> Iterator[_Judged]:
    """Open the articles in which something was judged; what was judged of others is not learned from."""
    verdicts, set_aside = _read_verdicts(), set_aside_articles()
    for article in articles:
        if article.id in verdicts and article.id not in set_aside:
            yield _Judged(open_page(article.text[:_READ], tagger, segmenter), verdicts[article.id])


def _read_verdicts() -> dict[str, dict[_Place, bool]]:
    """Read what was judged, by article."""
    verdicts: dict[str, dict[_Place, bool]] = {}
    with JUDGED_FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            start = int(row["start"]) if row["start"] else None
            place = int(row["line"]), start, row["name"]
            verdicts.setdefault(row["article"], {})[place] = row["speaks"] == "1"
    return verdicts
