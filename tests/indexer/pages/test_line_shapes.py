"""What a line is by itself, and what is read from it. The people are made up."""

from __future__ import annotations

import pytest

from indexer.pages.line_shapes import is_news_lead, line_shape, signed_names
from tests.conftest import SEGMENTER


@pytest.mark.parametrize(
    ("line", "shape"),
    [
        ("（2024年1月9日某某大会通过）", "formula"),
        ("2012-03-20 A1版 要闻", "dateline"),
        ("李大山 摄影报道", "credit"),
        ("本报记者 王小明", "byline"),
        ("（王小明）", "byline"),
        ("（热烈鼓掌）", "body"),
        ("——代表委员建言献策", "subheadline"),
        ("出席委員　曹爾大　林明小　邱　毅", "attendance"),
        ("两会剪影", "label"),
        ("推动产业新发展", "heading"),
        ("会议召开。", "body"),
        ("发布时间：2011-03-08", "dateline"),
        ("某某会  ─  2013年 5月 8日", "dateline"),
        ("版式设计：王小明", "byline"),
        ("贊成者：58人", "body"),
        ("王小明　李大山　张小红　曹爾大　林明小", "body"),
        ("某某議員：主席，我提出一項動議", "body"),
        ("甲区：王小明、李大山", "body"),
        ("mso-font:某某體;}", "body"),
        ("6578", "body"),
    ],
)
def test_a_line_has_a_shape(line: str, shape: str) -> None:
    assert line_shape(line, SEGMENTER) == shape


def test_a_sign_off_names_the_reporters() -> None:
    assert signed_names("会议闭幕。（王小明 李大山）", SEGMENTER) == ["王小明", "李大山"]
    assert signed_names("会议（王小明 李大山）闭幕。", SEGMENTER) == []


@pytest.mark.parametrize(("text", "is_lead"), [("本报讯 会议召开。", True), ("消息很好，大家赞同。", False)])
def test_a_news_report_opens_with_a_lead(text: str, *, is_lead: bool) -> None:
    assert is_news_lead(text) is is_lead
