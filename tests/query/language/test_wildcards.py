"""Wildcards and nearness: what the arrays find is what a plain scan of the folded texts finds."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from indexer import build_index
from indexer.text.folding import DIGIT, LETTER, Folded, find_units, fold, units
from query import Index, open_index
from query.language.parser import QueryError, parse
from query.language.syntax_tree import Near, Text, Wildcards
from query.language.wildcards import Pattern
from tests.conftest import MakeSeeds

TRIES = 300


def found(index: Index, query: str) -> set[str]:
    return {hit.id for hit in index.search(query, limit=1_000, strict=True)}


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
    assert found(page, query) == holding(page, regex) != set()


@pytest.mark.parametrize("query", ["??某某某", "低空?????????????????某", "MA?N*X", "?*某某"])
def test_a_wildcard_finds_nothing_where_nothing_is(page: Index, query: str) -> None:
    assert found(page, query) == set()


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
        assert found(page, "".join(one)) == holding(page, scan), one
        assert found(page, "".join(many)) == holding(page, "".join(many).replace("*", ".*")), many


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
            query: {texts[id_] for id_ in found(index, query)} for query in ("乙??", "??乙", "?乙", "*1")
        }
        assert found_texts == {
            "乙??": {"乙甲乙"},
            "??乙": {"乙甲乙"},
            "?乙": {"甲乙", "乙甲乙"},
            "*1": {"A1"},
        }
        assert found(index, "甲 NEAR/0 乙") == found(index, "甲乙 OR 乙甲")


def test_wildcards_see_no_deleted_paragraph_and_all_segments(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    lines = "".join(f'{{"text": "甲某{number}乙"}}\n' for number in range(1_200))
    build_index(make_seeds({"a.jsonl": lines, "b.jsonl": '{"text": "甲个乙"}'}), tmp_path / "index")
    build_index(make_seeds({"b.jsonl": '{"text": "甲种乙"}'}), tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert len(index.searcher.segments) == 2
        assert (
            len(found(index, "甲?乙")),
            len(found(index, "甲?5*乙")),
            len(found(index, "甲种 NEAR 乙")),
        ) == (1, 0, 1)
        assert len(found(index, "某11?乙")) == 10


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("张?敏", ["张艳敏"]),
        ("AI*", ["AIGC", "AI"]),
        ("专*新", ["专", "新"]),
        ("专精*", ["专精"]),
        ("202?年", ["2025年"]),
    ],
)
def test_what_a_wildcard_matched_is_highlighted(query: str, shown: list[str]) -> None:
    text = "张艳敏说，MAIN不是AIGC和AI。2025年，专精特新，12025年。"
    leaf = parse(query)
    assert isinstance(leaf, Text | Wildcards)
    assert [text[start:end] for start, end in leaf.spans(Folded.of(text))] == shown


def test_a_wildcard_that_asks_for_nothing_more_is_a_plain_text() -> None:
    assert parse("专精*") == Text("专精*", "专精")
    assert parse("什么？") == Text("什么？", "什么?")
    assert isinstance(parse("什么？？"), Wildcards)


@pytest.mark.parametrize("query", ["** OR 甲", "甲 **", "甲 ??", "甲 《*》", "*" * 30 + "甲"])
def test_wildcards_alone_are_an_error(query: str) -> None:
    with pytest.raises(QueryError, match="wildcards"):
        parse(query)


def test_many_wildcards_take_no_time() -> None:
    text = Folded.of("a" * 5_000 + "的" * 5_000)
    assert Pattern.parse("a*a*a*a*a*a*a*b").spans(text) == []
    assert Pattern.parse("的*的*的*的*的*的*是").spans(text) == []


def nearby(text: str, left: str, right: str, within: int) -> bool:
    """Tell, by comparing all places, whether two texts stand near one another, counted in units."""
    at = {
        word: [
            (len(units(text[:place])), len(units(text[: place + len(word)])))
            for place in find_units(word, text)
        ]
        for word in (left, right)
    }
    return any(
        start - before <= within and begin - after <= within
        for begin, before in at[left]
        for start, after in at[right]
    )


@pytest.mark.parametrize("within", [0, 1, 3, 10, 40])
@pytest.mark.parametrize(
    ("left", "right"), [("低空", "人才"), ("委", "员"), ("发展", "经济"), ("经济", "低空经济"), ("2", "月")]
)
def test_near_finds_what_a_plain_scan_finds(page: Index, left: str, right: str, within: int) -> None:
    near = {each.id for each in page.paragraphs() if nearby(fold(each.text), left, right, within)}
    assert (
        found(page, f"{left} NEAR/{within} {right}")
        == near
        == found(page, f"{right} ＮＥＡＲ／{within} {left}")
    )


def test_near_takes_brackets_phrases_and_wildcards_and_ten_unless_told(page: Index) -> None:
    assert found(page, "(低空｜无人) NEAR/5 人才") == found(page, "低空 NEAR/5 人才") | found(
        page, "无人 NEAR/5 人才"
    )
    assert (
        found(page, "低空 NEAR 人才")
        == found(page, '"低空" NEAR/10 "人才"')
        == found(page, "?空 NEAR/10 人才")
    )
    assert found(page, "低空 NEAR 人才 NEAR 引进") == found(page, "低空 NEAR 人才") & found(
        page, "人才 NEAR 引进"
    )


@pytest.mark.parametrize(
    ("query", "position"),
    [
        ("甲 NEAR", 2),
        ("NEAR 甲", 0),
        ("(甲 乙) NEAR 丙", 6),
        ("甲 NEAR -乙", 2),
        ("甲 NEAR 话题：乙", 2),
        ("甲 NEAR/3 OR", 2),
    ],
)
def test_near_without_a_text_beside_it_is_shown_at_its_place(query: str, position: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert caught.value.position == position


@pytest.mark.parametrize(
    ("query", "position"),
    [
        ("低空 NEAR/x 人才", 3),
        ("低空 NEAR/ 人才", 3),
        ("低空 NEAR/99999 人才", 3),
        ("低空 NEAR/-1 人才", 3),
        ("低空 NEAR/5人才", 3),
        ("低空 NEAR/5/5 人才", 3),
        ("低空 ＮＥＡＲ／ｘ 人才", 3),
        ("低空 ＮＥＡＲ／ 人才", 3),
        ("低空 NEAR/“5” 人才", 3),
        ("低空 NEAR/3 人才 NEAR/x 引进", 13),
        ("低空 NEAR/x", 3),
        ("NEAR/x", 0),
        ("NEAR/x 人才", 0),
    ],
)
def test_a_near_without_a_number_behind_its_slash_is_shown_at_its_place(query: str, position: int) -> None:
    with pytest.raises(QueryError, match="behind NEAR/ stands a number up to 9999; write NEAR/10") as caught:
        parse(query)
    assert caught.value.position == position


def test_what_looks_like_a_near_and_is_quoted_or_in_small_letters_is_a_text() -> None:
    assert parse('"NEAR/x"') == Text("NEAR/x", "near/x", literal=True)
    assert parse("near/x") == Text("near/x", "near/x")
    assert parse("OR/x") == Text("OR/x", "or/x")
    assert parse("甲 NEAR/0 乙") == parse("甲 ＮＥＡＲ／０ 乙") == near("甲", "乙", 0)
    assert parse("甲 NEAR/9999 乙") == near("甲", "乙", 9999)


def near(left: str, right: str, within: int) -> Near:
    return Near((Text(left, left),), (Text(right, right),), within)


def test_near_in_small_letters_is_a_word() -> None:
    assert parse("near") == Text("near", "near")
