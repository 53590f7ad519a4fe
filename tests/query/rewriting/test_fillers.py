"""Words that only ask, and questions of who says something."""

from __future__ import annotations

import pytest

from query.language.parser import parse
from query.language.syntax_tree import leaves
from query.rewriting.fillers import asked_field, without_fillers


@pytest.mark.parametrize(
    ("query", "sought"),
    [
        ("王小明说了什么？", ["王小明"]),
        ("王小明 说了什么", ["王小明"]),
        ("请问王小明对低空经济有什么看法", ["王小明对低空经济"]),
        ("谁谈到养老服务", ["养老服务"]),
        ("谁谈到了养老服务", ["养老服务"]),
        ("谁提出了养老服务", ["养老服务"]),
        ("谁质询过高铁", ["质询", "高铁"]),
        ("哪些代表建议养老", ["建议养老"]),
        ("低空经济", ["低空经济"]),
        ("“说了什么”", ["说了什么"]),
        ("说了什么", ["说了什么"]),
        ("谁出席了第9届第4会期第15次会议？", ["出席", "第9届第4会期第15次会议"]),
        ("誰主持了政协会议", ["主持", "主席", "政协会议"]),
    ],
)
def test_what_only_asks_is_left_out_where_something_is_left(query: str, sought: list[str]) -> None:
    assert [leaf.text for leaf in leaves(without_fillers(parse(query)))] == sought


@pytest.mark.parametrize("query", ["谁谈到养老", "哪些代表关心教育", "哪位委员", "何人建议"])
def test_a_query_asks_who_says_something(query: str) -> None:
    assert asked_field(parse(query)) == "speaker"


@pytest.mark.parametrize("query", ["创办人是谁", "养老", "“谁谈到” 养老"])
def test_other_queries_do_not(query: str) -> None:
    assert asked_field(parse(query)) is None


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("誰出席了會議", "attendee"),
        ("谁缺席大会？", "attendee"),
        ("谁主持了会议", "chair"),
        ("出席会议", None),
    ],
)
def test_a_query_asks_who_attends_or_presides(query: str, field: str | None) -> None:
    assert asked_field(parse(query)) == field
