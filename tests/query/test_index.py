"""Searching the shipped page and made-up seeds through the library."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer import IndexClosedError
from indexer.text.folding import find_units, fold
from query import Index, open_index
from query.language.parser import quote
from tests.query.conftest import lines_found


def lines_with(index: Index, text: str) -> set[int]:
    """Return the first lines of the paragraphs that a plain scan finds."""
    return {p.lines[0] for p in index.paragraphs() if find_units(fold(text), fold(p.text))}


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("太原市委", 18),
        ("四次会议", 14),
        ("委", 33),
        ("宋毅方", 1),
        ('"低空经济"', 9),
        ("2月26日", 6),
        ("ＡＩ", 2),
        ("企业落地", 1),
        ("高三生", 1),
        ("晋创谷·太原", 3),
        ("研发一转化", 1),
        ("“专精特新”", 4),
    ],
)
def test_every_paragraph_that_holds_it_is_found_and_no_other(page: Index, query: str, count: int) -> None:
    (plain,) = {query.strip('"“”')}
    assert set(lines_found(page, query)) == lines_with(page, plain)
    assert page.search(query).total == count


def test_a_hundred_phrases_that_occur_are_all_found(page: Index, draw: random.Random) -> None:
    long = [p for p in page.paragraphs() if len(p.text) > 40]
    for _ in range(100):
        paragraph = draw.choice(long)
        start = draw.randrange(len(paragraph.text) - 20)
        phrase = paragraph.text[start : start + draw.randint(4, 20)]
        hits = page.search(quote(phrase), limit=100, strict=True)
        # A phrase that begins or ends inside a number or a word asks for another one.
        assert {hit.lines[0] for hit in hits} == lines_with(page, phrase)


def test_a_blank_asks_for_both(page: Index) -> None:
    assert set(lines_found(page, "低空经济 人才")) == lines_with(page, "低空经济") & lines_with(page, "人才")


def test_traditional_text_finds_simplified(page: Index) -> None:
    assert lines_found(page, "低空經濟") == lines_found(page, "低空经济")


def test_what_is_said_comes_before_a_headline_that_only_names_it(page: Index) -> None:
    kinds = [hit.kind for hit in page.search("低空经济", limit=3)]
    assert kinds == ["body"] * 3


def test_results_say_how_they_were_found(page: Index) -> None:
    results = page.search("低空经济 人才", limit=1)
    assert (results.query, results.rung, results.missing) == ("低空经济 人才", "exact", ())
    assert results.words == ("低空", "经济", "人才")
    assert (results.total, len(results), results.format_version) == (2, 1, 1)


def test_what_occurs_nowhere_is_named(page: Index) -> None:
    results = page.search("低空经济 量子计算 宋毅方", strict=True)
    assert (results.total, results.missing) == (0, ("量子计算",))
    assert page.search("薛宁 宋毅方").missing == ()


def test_hits_carry_what_is_known_of_the_paragraph(page: Index) -> None:
    (hit,) = page.search("文体旅商")
    assert hit.rank == 1
    assert hit.lines == (29, 29)
    assert hit.speakers[0].name == "薛宁"
    assert hit.title == "挺起产业硬脊梁 澎湃发展新动能"
    assert hit.section == "深挖产业赛道“增长极”"
    assert hit.snippet in hit.text
    assert [hit.text[start:end] for start, end in hit.highlights] == ["文体旅商"]


def test_a_long_pasted_passage_finds_its_paragraph(page: Index) -> None:
    (paragraph,) = [p for p in page.paragraphs() if p.lines == (141, 141)]
    assert lines_found(page, quote(paragraph.text)) == [141]


USES: dict[str, Callable[[Index], object]] = {
    "search": lambda index: index.search("低空"),
    "search by filters": lambda index: index.search("", speaker="张艳丽"),
    "values": lambda index: index.values("speaker"),
    "ids": lambda index: index.ids("低空"),
    "paragraph": lambda index: index.paragraph("a22b72896fb3"),
    "around": lambda index: index.around("a22b72896fb3", 1),
    "paragraphs": lambda index: next(index.paragraphs()),
    "timeline": lambda index: index.timeline("低空"),
    "suggest": lambda index: index.suggest("张"),
    "lexicon": lambda index: index.lexicon(),
    "first": lambda index: index.first("低空"),
    "with": lambda index: index.__enter__(),
}


@pytest.mark.parametrize("use", USES)
def test_an_index_that_was_closed_says_so(page_index: Path, use: str) -> None:
    index = open_index(page_index)
    assert USES[use](index)
    index.close()
    index.close()
    message = f"the index at {page_index} was closed; open it again with open_index"
    with pytest.raises(IndexClosedError, match=re.escape(message)):
        USES[use](index)


def test_an_index_that_is_closed_while_its_paragraphs_are_read_says_so(page_index: Path) -> None:
    with open_index(page_index) as index:
        paragraphs = index.paragraphs()
        assert next(paragraphs)
    with pytest.raises(IndexClosedError, match="was closed"):
        next(paragraphs)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="counts open files as Linux shows them")
def test_an_index_that_was_closed_is_let_go(page_index: Path) -> None:
    def opened_and_asked() -> int:
        with open_index(page_index) as index:
            index.search("低空经济 人才")
        return len(list(Path("/proc/self/fd").iterdir()))

    before = opened_and_asked()
    assert max(opened_and_asked() for _ in range(20)) <= before + 10


def test_what_not_excludes_is_not_highlighted(page: Index) -> None:
    for hit in page.search("经济 -低空 OR 教育"):
        assert all(hit.text[start:end] in ("经济", "教育") for start, end in hit.highlights)


def test_an_answer_brings_what_explains_it(page: Index) -> None:
    apart = page.search("薛宁 宋毅方", strict=True)
    assert (apart.unfiltered, apart.counts) == (0, (("薛宁", 1), ("宋毅方", 1)))
    filtered = page.search("低空经济", speaker="薛宁")
    assert (filtered.rung == "exact", filtered.unfiltered, filtered.counts) == (False, 9, ())
    assert page.search("量子计算 薛宁", strict=True).counts == ()  # what occurs nowhere is missing
    assert page.count_values("speaker", "薛宁 宋毅方", strict=True).counts == apart.counts


def test_values_come_with_the_whole_answer(page: Index) -> None:
    results = page.count_values("speaker", "低空经济")
    assert results.facets == {"speaker": page.values("speaker", "低空经济")}
    assert (results.total, results.hits, results.rung) == (9, (), "exact")
