"""Markdown: what another program reads of it is the text, with matches in bold, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from query.output.markdown import escape_markdown
from query.output.sanitize import safe
from tests.conftest import Command, MakeSeeds

ACTIVE = [
    "[a](http://x.y)",
    "![a](b)",
    "<script>x</script>",
    "&lt;b&gt;",
    "<http://x.y>",
    "see https://a.b/c",
    "www.a.b",
    "a@b.cd",
    "# a",
    "1. a",
    "123) a",
    "- a",
    "+ a",
    "* a",
    "---",
    "===",
    "> a",
    "```",
    "~~~",
    "~~a~~",
    "`a`",
    "**a**",
    "_a_",
    "a|b",
    "|-|-|",
    "a\\",
    "\\*a\\*",
    "[^1]",
    "- [ ] a",
    ": a",
]
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def tokens(text: str) -> list[Token]:
    """Return everything a reader of Markdown sees in a text."""
    return [part for token in READER.parse(text) for part in token.children or [token]]


@pytest.mark.parametrize("around", ["{}", "> {}", "### {}", "- {}", "甲\n{}", "|甲|\n|-|\n|{}|"])
@pytest.mark.parametrize("text", ACTIVE)
def test_what_would_mark_something_is_shown_as_it_is(text: str, around: str) -> None:
    read = tokens(around.format(escape_markdown(text)))
    wanted = tokens(around.format("甲"))
    assert [token.type for token in read] == [token.type for token in wanted]
    assert "".join(token.content for token in read).endswith(text)


@given(st.text(alphabet="甲*_`~[]()<>&#!|\\-+=.1@:/a \n\x1b", max_size=12))
def test_any_text_is_one_paragraph_of_text(text: str) -> None:
    shown = " ".join(safe(text).split(" ")).strip()
    read = [token for token in tokens("> " + escape_markdown(text)) if token.content]
    assert {token.type for token in read} <= {"text"}
    assert "".join(token.content for token in read) == shown


def test_each_hit_has_who_and_when_a_quotation_and_its_place(lianghui: Command, page_index: Path) -> None:
    run = lianghui("search", "低空经济 人才", "-n", "1", "--format", "md", "--index", page_index)
    head, _, quotation, _, place, _ = run.out.splitlines()
    assert head == "### 1 · 张艳丽（市人大代表 · 太平洋建设大区总裁），承前段 · 2025-02-26"
    assert quotation.startswith("> …强化专家智库支持，加强相关学科建设，建立**低空经济**政策研究中心，")
    assert place == "加快发展低空经济 塑造发展新优势，000\\_53d84523222cba33.txt:95  a22b72896fb3"


@pytest.mark.parametrize(
    ("text", "query", "bold"),
    [
        ("建设“低空”产业", '"“低空”"', ["低空"]),
        ("经济低空发展", "经济 低空 发展", ["经济低空发展"]),
        ("*低空*、_经济_", "低空 经济", ["低空", "经济"]),
        ("甲低空经济=低空（经济）", '"低空经济=低空（经济）"', ["低空经济=低空（经济"]),
    ],
)
def test_matches_are_bold_beside_any_sign(
    lianghui: Command, make_seeds: MakeSeeds, text: str, query: str, bold: list[str]
) -> None:
    make_seeds({"a.jsonl": json.dumps({"text": text})})
    read = tokens(lianghui("search", query, "--format", "md").out)
    strong = [at for at, token in enumerate(read) if token.type == "strong_open"]
    assert [read[at + 1].content for at in strong] == bold
    assert text in "".join(token.content for token in read)


def test_no_field_of_a_hit_can_mark_anything(lianghui: Command, make_seeds: MakeSeeds) -> None:
    evil = "\n# [低空](http://x.y)<b>\n"
    record = {"text": evil, "id": "*i*", "title": evil, "section": evil, "speakers": [evil], "topics": [evil]}
    make_seeds({"_a_.jsonl": json.dumps(record)})
    kinds = [token.type for token in tokens(lianghui("search", "低空", "--format", "md").out)]
    assert kinds.count("heading_open") == kinds.count("blockquote_open") == 1
    assert not {"link_open", "html_inline", "html_block", "em_open"} & set(kinds)
    kinds = [token.type for token in tokens(lianghui("topics", "--format", "md").out)]
    assert not {"link_open", "html_inline", "html_block", "heading_open"} & set(kinds)


def test_values_are_listed_with_what_is_counted_within(lianghui: Command, page_index: Path) -> None:
    run = lianghui("speakers", "低空经济", "--by", "role", "--format", "md", "--index", page_index)
    assert run.out == "- 张艳丽（4）\n  - 市人大代表（4）\n- 刘文浩（1）\n  - 委员（1）\n"
