"""Passages: the blocks of a page, and where a line break ends one."""

from __future__ import annotations

import pytest

pytest.importorskip("lxml")

from indexer.formats.html.passages import Passage, read_passages
from indexer.formats.html.tree import drop_hidden, parse


def passages_of(markup: str) -> list[Passage]:
    tree = parse(markup)
    drop_hidden(tree)
    return read_passages(tree)


def texts_of(markup: str) -> list[str]:
    return [passage.text for passage in passages_of(markup)]


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        ("<p>一段。<br><br>又一段。</p>", ["一段。", "又一段。"]),
        ("<p>一段。<br>又一段。</p>", ["一段。", "又一段。"]),
        ("<p>市政协委员提出，<br>应当加快发展。</p>", ["市政协委员提出，应当加快发展。"]),
        (
            "<p>市政协委员某某在发言中提出应当加快发展某市的低空<br>经济。</p>",
            ["市政协委员某某在发言中提出应当加快发展某市的低空经济。"],
        ),
        ("<p>出席：<br>张某<br>李某</p>", ["出席：", "张某", "李某"]),
        (
            "<p>The members asked the Secretary about<br>the shelters.</p>",
            ["The members asked the Secretary about the shelters."],
        ),
        ("<div>前文<p>段落</p>后文</div>", ["前文", "段落", "后文"]),
        ("<p>中文\n 换行</p>", ["中文换行"]),
        ("<p>two\n words</p>", ["two words"]),
        ("<p>\u3000\u3000缩进&nbsp;</p>", ["缩进"]),
        ("<p>——</p><p>　</p><p>一</p>", ["一"]),
        ("<ul><li>甲<ul><li>乙</li></ul>丙</li></ul>", ["甲", "乙", "丙"]),
        ("<select><option>甲</option><option>乙</option></select>", ["甲", "乙"]),
    ],
)
def test_a_page_falls_into_passages(markup: str, texts: list[str]) -> None:
    assert texts_of(markup) == texts


def test_a_passage_knows_its_tags() -> None:
    heading, bold, link, mixed = passages_of(
        "<h3>标题</h3><p><b>粗<a href='/'>体</a></b></p><p><a href='/'>链接</a></p>"
        "<p><span style='font-weight: bold'>一半</span>一半</p>"
    )
    assert (heading.heading, bold.heading) == (3, 0)
    assert (bold.is_bold, mixed.is_bold) == (True, False)
    assert (link.linked, bold.linked, mixed.linked) == (1.0, 0.5, 0.0)


def test_a_table_of_one_cell_or_of_columns_of_text_holds_no_cells() -> None:
    assert not any(passage.is_cell for passage in passages_of("<table><tr><td>一</td></tr></table>"))
    column = "某委员说：这是很长的一段话。" * 100
    assert not any(
        passage.is_cell for passage in passages_of(f"<table><tr><td>栏目</td><td>{column}</td></tr></table>")
    )
