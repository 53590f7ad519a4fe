"""Quotation marks as people type and paste them: each has a partner, is given one, or is left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.folding import fold
from query import Index
from query.language.parser import QueryError, parse
from query.language.quotations import QUOTATION_MARKS, mend_quotations
from query.language.syntax_tree import And, Not, Text, Tree, leaves
from tests.conftest import Command


def read(query: str) -> list[tuple[str, bool]]:
    """Return the texts that a query asks for, and whether each is a phrase."""
    found = [leaf for leaf in leaves(parse(query)) if isinstance(leaf, Text)]
    return [(leaf.text, leaf.literal) for leaf in found]


def phrase(text: str) -> tuple[str, bool]:
    return text, True


def word(text: str) -> tuple[str, bool]:
    return text, False


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # as they were asked
        ("刺角瓜为什么又叫”角瓜“？", [word("刺角瓜为什么又叫"), word("角瓜"), word("？")]),
        (
            '“吾无汗马劳……后当献于上。"这句话是什么意思？',
            [word("吾无汗马劳……后当献于上。"), word("这句话是什么意思？")],
        ),
        # one mark of two is of another shape
        ('“甲 乙"', [phrase("甲 乙")]),
        ('"甲 乙”', [phrase("甲 乙")]),
        ("“甲 乙“", [phrase("甲 乙")]),
        ("”甲 乙”", [phrase("甲 乙")]),
        ("「甲 乙”", [phrase("甲 乙")]),
        ("「甲 乙』", [phrase("甲 乙")]),
        ('＂甲 乙"', [phrase("甲 乙")]),
        # several are
        ('“甲"和“乙"', [word("甲"), word("和"), word("乙")]),
        ('“甲"和"乙"', [word("甲"), word("和"), word("乙")]),
        ('"甲”和"乙”', [word("甲"), word("和"), word("乙")]),
        ("“甲“和“乙“", [word("甲"), word("和"), word("乙")]),
        ("”甲”和”乙”", [word("甲"), word("和"), word("乙")]),
        ("”甲“和”乙“", [word("甲"), word("和"), word("乙")]),
        # some are pairs, and stay so
        ("”甲“和“乙”", [word("甲"), word("和"), word("乙")]),
        ("“甲“和“乙”", [word("甲"), word("和"), word("乙")]),
        ('“甲和「乙 丙」"', [phrase("甲和「乙 丙」")]),
        ("“甲 “乙 丙”", [word("甲"), phrase("乙 丙")]),
        ('“甲 "乙 丙"', [word("甲"), phrase("乙 丙")]),
        ('甲” "乙 丙"', [word("甲"), phrase("乙 丙")]),
        ('"甲 乙" 丙”', [phrase("甲 乙"), word("丙")]),
        ('"5"" 屏" 企业”', [phrase('5" 屏'), word("企业")]),
        ('"5"" 屏”', [phrase('5" 屏')]),
        # one stands alone
        ("企业落地”", [word("企业落地")]),
        ("低空 “经济", [word("低空"), word("经济")]),
        ("低空“经济", [word("低空"), word("经济")]),
        ('5" 屏', [word("5"), word("屏")]),
        ("甲」乙", [word("甲"), word("乙")]),
    ],
)  # fmt: skip
def test_a_mark_without_its_partner_is_closed_by_the_nearest_or_left_out(
    query: str, expected: list[tuple[str, bool]]
) -> None:
    assert read(query) == expected
    assert mend_quotations(query)


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("甲 -“乙", And((Text("甲", "甲"), Not(Text("乙", "乙"))))),
        ("甲 -”乙 丙“", And((Text("甲", "甲"), Not(Text("乙 丙", "乙丙", literal=True))))),
        ("标题：“甲", parse("标题：甲")),
        ("标题：”甲 乙“", parse("标题：“甲 乙”")),
        ("（”甲“ OR 乙“）", parse("（“甲” OR 乙）")),
    ],
)
def test_operators_and_fields_take_a_mended_quotation_for_what_it_is(query: str, tree: Tree) -> None:
    assert parse(query) == tree


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("刺角瓜为什么又叫”角瓜“？", "刺角瓜为什么又叫“角瓜”？"),
        ('“甲"和"乙"', '“甲”和"乙"'),
        ("企业落地”", "企业落地"),
        ("低空“经济", "低空 经济"),
        ("低空 “经济", "低空 经济"),
        ("甲 -“乙", "甲 -乙"),
    ],
)
def test_the_query_is_shown_with_the_marks_that_it_is_read_with(query: str, shown: str) -> None:
    assert mend_quotations(query) == shown
    assert parse(shown) == parse(query)


@pytest.mark.parametrize(
    "query",
    ["低空经济", "“推进「低空」发展”", "“推进“低空”发展”", '"推进“低空"', '"5"" 屏"', '""', "‘甲"],
)
def test_what_is_well_formed_needs_no_mending(query: str) -> None:
    assert mend_quotations(query) == ""


@given(st.text(QUOTATION_MARKS + "甲乙 -（）:", max_size=30))
def test_no_mix_of_marks_is_an_error_by_itself_and_no_character_is_lost(query: str) -> None:
    def characters(text: str) -> list[str]:
        return [char for char in fold(text) if char in "甲乙"]

    try:
        read = parse(query)
    except QueryError as error:
        assert "quotation" not in str(error)  # noqa: PT017 - either will do
        return
    texts = [leaf.text for leaf in all_leaves(read)]
    assert set(characters("".join(texts))) == set(characters(query))


def all_leaves(tree: Tree) -> list[Text]:
    match tree:
        case Text():
            return [tree]
        case Not():
            return all_leaves(tree.part)
        case And():
            return [leaf for part in tree.parts for leaf in all_leaves(part)]
    return []


def test_thousands_of_marks_take_no_time() -> None:
    for query in ("“" * 9_999, '"' * 9_999, "”“" * 5_000, '“"' * 5_000, '"＂' * 4_999, '甲""' * 3_333):
        assert isinstance(mend_quotations(query), str)


def test_the_answer_says_how_the_query_was_read(page: Index) -> None:
    results = page.search("企业”落地“")
    assert (results.query, results.mended) == ("企业”落地“", "企业“落地”")
    assert results.to_dict()["mended"] == "企业“落地”"
    assert results.total == page.search("企业“落地”").total > 0
    assert "mended" not in page.search("企业“落地”").to_dict()


@pytest.mark.parametrize("command", ["search", "speakers", "topics", "sessions"])
def test_the_command_line_says_how_the_query_was_read(
    lianghui: Command, page_index: Path, command: str
) -> None:
    well_formed = lianghui(command, "“低空经济”", "--index", page_index)
    run = lianghui(command, '“低空经济"', "--index", page_index)
    assert (run.code, run.out, well_formed.err) == (0, well_formed.out, "")
    assert run.err == "lianghui: a quotation mark has no partner; the query is read as: “低空经济”\n"


def test_json_has_the_query_as_it_was_read(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "低空经济”", "--format", "json", "--index", page_index)
    assert json.loads(run.out)["mended"] == "低空经济"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("低空 “甲 乙” 经济", [word("低空"), phrase("甲 乙"), word("经济")]),
        ("(“甲”)|「乙」", [phrase("甲"), phrase("乙")]),
        ("聚焦“两会”热点", [word("聚焦"), word("两会"), word("热点")]),
    ],
)
def test_a_quotation_that_a_word_touches_is_a_part_of_a_pasted_sentence(
    query: str, expected: list[tuple[str, bool]]
) -> None:
    assert read(query) == expected
