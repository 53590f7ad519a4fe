"""Positions: phrases, wildcards and NEAR find what a plain scan of the folded texts finds."""

from __future__ import annotations

import random
import re
from pathlib import Path

import numpy as np
import pytest

from indexer import build_index
from indexer.text.folding import DIGIT, LETTER, find_units, fold, units
from query import Index, open_index
from query.language.wildcards import Pattern
from query.matching.positions import find_pattern, locate, pack, unpack
from tests.conftest import MakeSeeds
from tests.query.conftest import ids_found

TRIES = 300


def holding(index: Index, regex: str) -> set[str]:
    """Return the ids of the paragraphs whose folded text a regular expression matches."""
    return {each.id for each in index.paragraphs() if re.search(regex, fold(each.text))}


@pytest.mark.parametrize(
    ("query", "regex"),
    [
        ("张?丽", "张.丽"),
        ("张？丽", "张.丽"),
        ("专精*", "专精"),
        ("*经济", "经济"),
        ("专*新", "专.*新"),
        ("专＊新", "专.*新"),
        ("低*专*才", "低.*专.*才"),
        ("低空??", "低空[^ a-z0-9]{2}"),
        ("??经济", "[^ a-z0-9]{2}经济"),
        ("AI*", rf"(?<!{LETTER})ai"),
        ("专*经?", "专.*经[^ ]"),
        ("经*?", "经[^ ]"),
        ("*I", rf"i(?!{LETTER})"),
        ("20?5年", rf"(?<!{DIGIT})20\d5年"),
        ("2*年", rf"(?<!{DIGIT})2\d*.*年"),
        ("1*", rf"(?<!{DIGIT})1"),
        ("*5", rf"5(?!{DIGIT})"),
        ("第十?届", "第十.届"),
        ("2月?6日", rf"(?<!{DIGIT})2月\d6日"),
        ("《*经*》", "《.*经.*》"),
    ],
)
def test_a_wildcard_finds_what_a_plain_scan_finds(page: Index, query: str, regex: str) -> None:
    assert ids_found(page, query) == holding(page, regex) != set()


@pytest.mark.parametrize("query", ["??某某某", "低空?????????????????某", "MA?N*X", "?*某某"])
def test_a_wildcard_finds_nothing_where_nothing_is(page: Index, query: str) -> None:
    assert ids_found(page, query) == set()


def test_drawn_patterns_find_what_a_plain_scan_finds(page: Index, draw: random.Random) -> None:
    texts = [fold(paragraph.text) for paragraph in page.paragraphs() if len(paragraph.text) > 20]
    for _ in range(TRIES):
        text = draw.choice(texts)
        chosen = units(text)[(start := draw.randrange(len(units(text)) - 8)) : start + 8]
        if not all(re.fullmatch("[㐀-鿿]", unit) for unit in chosen):
            continue
        at = draw.randrange(1, 5)
        one, many = chosen[:], [*chosen[:at], *chosen[at + 2 :]]
        one[at] = "?"
        many.insert(at, "*")
        scan = "".join(one).replace("?", f"(?:{LETTER}+|{DIGIT}+|[^ ])")
        assert ids_found(page, "".join(one)) == holding(page, scan), one
        assert ids_found(page, "".join(many)) == holding(page, "".join(many).replace("*", ".*")), many


def test_the_last_character_of_a_paragraph_and_a_paragraph_of_one_are_found(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    seeds = make_seeds(
        {"a.jsonl": "\n".join(f'{{"text": "{text}"}}' for text in ("甲乙", "乙", "乙甲乙", "丙", "A1"))}
    )
    build_index(seeds, tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        texts = {each.id: each.text for each in index.paragraphs()}
        found_texts = {
            query: {texts[id_] for id_ in ids_found(index, query)} for query in ("乙??", "??乙", "?乙", "*1")
        }
        assert found_texts == {
            "乙??": {"乙甲乙"},
            "??乙": {"乙甲乙"},
            "?乙": {"甲乙", "乙甲乙"},
            "*1": {"A1"},
        }
        assert ids_found(index, "甲 NEAR/0 乙") == ids_found(index, "甲乙 OR 乙甲")


def test_wildcards_see_no_deleted_paragraph_and_all_segments(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    lines = "".join(f'{{"text": "甲某{number}乙"}}\n' for number in range(1_200))
    build_index(make_seeds({"a.jsonl": lines, "b.jsonl": '{"text": "甲个乙"}'}), tmp_path / "index")
    build_index(make_seeds({"b.jsonl": '{"text": "甲种乙"}'}), tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert len(index.searcher.segments) == 2
        assert (
            len(ids_found(index, "甲?乙")),
            len(ids_found(index, "甲?5*乙")),
            len(ids_found(index, "甲种 NEAR 乙")),
        ) == (1, 0, 1)
        assert len(ids_found(index, "某11?乙")) == 10


def nearby(text: str, left: str, right: str, within: int) -> bool:
    """Tell, by comparing all positions, whether two texts stand near one another, counted in units."""
    spans = {
        word: [(len(units(text[:at])), len(units(text[: at + len(word)]))) for at in find_units(word, text)]
        for word in (left, right)
    }
    return any(
        start - before <= within and begin - after <= within
        for begin, before in spans[left]
        for start, after in spans[right]
    )


@pytest.mark.parametrize("within", [0, 1, 3, 10, 40])
@pytest.mark.parametrize(
    ("left", "right"), [("低空", "人才"), ("委", "员"), ("发展", "经济"), ("经济", "低空经济"), ("2", "月")]
)
def test_near_finds_what_a_plain_scan_finds(page: Index, left: str, right: str, within: int) -> None:
    near = {each.id for each in page.paragraphs() if nearby(fold(each.text), left, right, within)}
    assert (
        ids_found(page, f"{left} NEAR/{within} {right}")
        == near
        == ids_found(page, f"{right} ＮＥＡＲ／{within} {left}")
    )


def test_near_takes_brackets_phrases_and_wildcards_and_ten_unless_told(page: Index) -> None:
    assert ids_found(page, "(低空｜无人) NEAR/5 人才") == ids_found(page, "低空 NEAR/5 人才") | ids_found(
        page, "无人 NEAR/5 人才"
    )
    assert (
        ids_found(page, "低空 NEAR 人才")
        == ids_found(page, '"低空" NEAR/10 "人才"')
        == ids_found(page, "?空 NEAR/10 人才")
    )
    assert ids_found(page, "低空 NEAR 人才 NEAR 引进") == ids_found(page, "低空 NEAR 人才") & ids_found(
        page, "人才 NEAR 引进"
    )


def test_one_character_repeated_is_found_exactly(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": "哈" * 400 + "。\n\n" + "哈" * 300 + "。"})
    build_index(seeds, tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert (index.search("哈" * 300).total, index.search("哈" * 301).total) == (2, 1)
        assert index.search("哈" * 401, strict=True).total == 0


def test_packed_positions_sort_by_paragraph_and_then_by_position() -> None:
    docs, positions = np.array([3, 0, 3, 1], "u4"), np.array([5, 70_000, 0, 2], "u4")
    packed = np.sort(pack(docs, positions))
    assert [part.tolist() for part in unpack(packed)] == [[0, 1, 3, 3], [70_000, 2, 0, 5]]


def test_numbers_are_located_in_a_sorted_array_and_in_none() -> None:
    indices, found = locate(np.array([2, 4, 9]), np.array([4, 5, 9, 10]))
    assert (indices[found].tolist(), found.tolist()) == ([1, 2], [True, False, True, False])
    assert locate(np.array([], "i8"), np.array([1]))[1].tolist() == [False]


def test_a_piece_is_followed_by_the_nearest_next_one(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    build_index(make_seeds({"a.jsonl": '{"text": "甲甲乙丙乙"}\n{"text": "乙甲"}'}), tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        (scorer,) = index.searcher.scorers()
        found = find_pattern(scorer, Pattern.parse("甲*乙"))
        assert [part.tolist() for part in unpack(found.starts)] == [[0, 0], [0, 1]]
        assert [part.tolist() for part in unpack(found.ends)] == [[0, 0], [3, 3]]
