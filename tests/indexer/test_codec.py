"""The codec: stock Whoosh on the same index finds the same hits, with the same scores."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from whoosh.index import open_dir
from whoosh.query import And, Or, Query, Term

from indexer import build_index
from indexer.store.generations import current_generation
from indexer.text.folding import fold, holds_word
from query import Index, open_index
from query.matching.collector import collect
from query.matching.matchers import AndMatcher, Matcher, NotMatcher, OrMatcher, TextMatcher
from tests.conftest import SEEDS, SEGMENTER, Counts, load
from tests.stock import stock_scores

QUERIES = 2_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an index step by step, until it has several segments with deleted paragraphs."""
    path = tmp_path_factory.mktemp("stock")
    seeds = path / "seeds"
    seeds.mkdir()
    texts = [line for seed in SEEDS.glob("*.txt") for line in seed.read_text("utf-8").split("\n") if line]
    draw = random.Random(1)
    for name, lines in (("a", 2_700), ("b", 1_950)):
        for part in range(3):
            drawn = "\n\n".join(draw.choice(texts)[:40] + "。" for _ in range(lines // 3))
            (seeds / f"{name}{part}.txt").write_text(drawn, "utf-8")
        build_index(seeds, path / "index")
    for name in ("a1", "b2"):
        (seeds / f"{name}.txt").unlink()
    build_index(seeds, path / "index")
    return path / "index"


@pytest.fixture(scope="module")
def index(folder: Path) -> Iterator[Index]:
    with open_index(folder) as opened:
        yield opened


def draw_text(texts: list[str], draw: random.Random) -> Matcher:
    """Draw a matcher for a text that occurs in the texts."""
    while True:
        text = draw.choice(texts)
        start = draw.randrange(len(text))
        folded = fold(text[start : start + draw.choice((1, 2, 2, 3, 4, 8))])
        if holds_word(folded):
            return TextMatcher(folded, tuple(SEGMENTER.search_words(folded)))


def draw_matcher(texts: list[str], draw: random.Random, depth: int = 2) -> Matcher:
    """Draw a matcher with others inside it, down to some depth."""
    if not depth or draw.random() < 0.3:
        return draw_text(texts, draw)
    parts = tuple(draw_matcher(texts, draw, depth - 1) for _ in range(draw.randint(2, 3)))
    if draw.random() < 0.2:
        return AndMatcher((parts[0], NotMatcher(parts[1])))
    return draw.choice((AndMatcher, OrMatcher))(parts)


def test_several_segments_with_deletions_are_what_is_compared(folder: Path) -> None:
    with open_index(folder) as index:
        assert len(index.searcher.segments) > 1
        assert any(segment.deleted for segment in index.searcher.segments)


def our_scores(index: Index, matcher: Matcher) -> dict[int, float]:
    """Collect the scores of all matches, by the numbers that Whoosh gives the paragraphs."""
    found = collect(index.searcher, matcher)
    scores: dict[int, float] = {}
    base = 0
    for segment, docs, own in zip(index.searcher.segments, found.docs, found.scores, strict=True):
        scores |= zip(
            (np.searchsorted(segment.live_numbers(), docs) + base).tolist(), own.tolist(), strict=True
        )
        base += segment.live_count
    return scores


def test_rankings_and_scores_are_those_of_stock_whoosh(
    folder: Path, index: Index, draw: random.Random, counts: Counts
) -> None:
    texts = [paragraph.text for paragraph in index.paragraphs()]
    with open_dir(current_generation(folder)).searcher() as searcher:
        for _ in range(load(QUERIES)):
            matcher = draw_matcher(texts, draw)
            assert our_scores(index, matcher) == pytest.approx(stock_scores(searcher, matcher)), matcher
            counts["questions asked of stock Whoosh, too"] += 1


@pytest.mark.parametrize("kind", [And, Or])
def test_stock_queries_run_on_the_index(
    folder: Path, index: Index, draw: random.Random, kind: type[Query]
) -> None:
    texts = [paragraph.text for paragraph in index.paragraphs()]
    with open_dir(current_generation(folder)).searcher() as searcher:
        for _ in range(load(QUERIES // 10)):
            folded = [fold(draw.choice(texts)[:1]) for _ in range(3)]
            expected = {number for _, number in searcher.search(_terms(kind, folded), limit=None).top_n}
            matcher = (AndMatcher if kind is And else OrMatcher)(tuple(map(TextMatcher, folded)))
            assert our_scores(index, matcher).keys() == expected


def _terms(kind: type[Query], folded: list[str]) -> Query:
    return kind([Term("match", text) for text in folded])
