"""A web page: its article, and after it all else that can be seen."""

from __future__ import annotations

import pytest

from indexer import SeedError
from indexer.formats.text_block import ARTICLE, INNER, TextBlock
from tests.conftest import SEGMENTER
from tests.indexer.formats.html.pages import (
    COMMENT,
    FOOTER,
    HEADLINE,
    SENTENCES,
    article_of,
    page,
    paragraphs,
    read,
    texts_of,
)

pytest.importorskip("lxml")

from indexer.formats.html.reader import read_html, read_html_text


def test_the_article_is_told_from_what_stands_around_it() -> None:
    text = read(page(paragraphs()))
    article = article_of(text)
    assert texts_of(article) == [HEADLINE, "2025-03-05 10:20 来源：某某日报", *SENTENCES]
    beside = texts_of(text.blocks[len(article) :])
    assert {"首页", "相关新闻", COMMENT, FOOTER, "某市某区推进第3批重点工程建设见闻"} <= set(beside)
    assert all(block.kind == "aside" for block in text.blocks[len(article) :])


def test_every_block_stands_once_and_knows_its_number() -> None:
    text = read(page(paragraphs()))
    assert len(set(texts_of(text.blocks))) == len(text.blocks)
    assert [(block.first, block.last) for block in text.blocks] == [
        (place, place) for place in range(1, len(text.blocks) + 1)
    ]


def test_a_text_that_stands_twice_is_article_only_where_the_article_is() -> None:
    teaser = f'<div class="related"><ul><li><a href="/1">{SENTENCES[2]}</a></li></ul></div>'
    text = read(page(paragraphs()).replace('<div class="main">', teaser + '<div class="main">'))
    kinds = [block.kind for block in text.blocks if block.text == SENTENCES[2]]
    assert kinds == [None, "aside"]


@pytest.mark.parametrize(
    "title",
    [
        f"{HEADLINE}_要闻_某某新闻网",
        f"{HEADLINE} - 某某新闻网",
        f"某某新闻网 | {HEADLINE}",
        f"{HEADLINE}--要闻--某某新闻网",
        "某某新闻网",
    ],
)
def test_the_headline_is_the_one_on_the_page_without_the_name_of_the_site(title: str) -> None:
    assert [
        block.text for block in read(page(paragraphs(), title=title)).blocks if block.level == ARTICLE
    ] == [HEADLINE]


def test_a_headline_that_no_tag_marks_is_known_by_the_title() -> None:
    markup = page(paragraphs()).replace("<h1>", "<div><div>").replace("</h1>", "</div></div>")
    assert read(markup).blocks[0] == TextBlock(HEADLINE, 1, 1, ARTICLE)


def test_headings_inside_are_known_by_tag_and_by_bold_type() -> None:
    article = (
        f"<p>{SENTENCES[0]}</p><h2>激活科技创新“原动力”</h2><p>{SENTENCES[1]}</p>"
        f"<p><strong>打造文旅<b>融合</b>新名片</strong></p><p>{SENTENCES[2]}</p>"
        f"<p><b>某代表：</b></p><p>{SENTENCES[3]}</p><p><b>{SENTENCES[4]}</b></p><p>{SENTENCES[5]}</p>"
    )
    headings = [block.text for block in read(page(article)).blocks if block.level == INNER]
    assert headings == ["激活科技创新“原动力”", "打造文旅融合新名片"]


def test_captions_belong_to_the_article() -> None:
    figure = '<figure><img src="a.jpg" alt="看不见的文字"><figcaption>会议现场</figcaption></figure>'
    credited = '<p style="text-align:center">市两会会场外景。（某某摄）</p>'
    article = article_of(
        read(page(paragraphs(*SENTENCES[:3]) + figure + credited + paragraphs(*SENTENCES[3:])))
    )
    assert texts_of([block for block in article if block.kind == "caption"]) == [
        "会议现场",
        "市两会会场外景。（某某摄）",
    ]


def test_the_cells_of_a_table_are_cells_and_a_column_of_the_layout_is_none() -> None:
    table = "<table><tr><th>项目</th><th>投资</th></tr><tr><td>某某大桥</td><td>3亿元</td></tr></table>"
    article = f"<table><tr><td>{paragraphs()}{table}</td><td></td></tr></table>"
    blocks = read(page(article)).blocks
    assert [block.text for block in blocks if block.is_cell] == ["项目", "投资", "某某大桥", "3亿元"]


def test_what_a_browser_does_not_show_is_not_read() -> None:
    hidden = (
        '<script>var text = "脚本里的文字。"</script><style>.样式{}</style>'
        "<template><p>模板里的文字。</p></template><noscript>没有脚本时的文字。</noscript>"
        '<p hidden>藏起来的文字。</p><p style="display: none">不显示的文字。</p>'
        '<!-- 注释里的文字。 --><img alt="图片的替代文字。"><iframe srcdoc="框架里的文字。"></iframe>'
    )
    everything = "".join(texts_of(read(page(paragraphs() + hidden)).blocks))
    assert "文字" not in everything
    assert "样式" not in everything


def test_inline_tags_break_no_sentence() -> None:
    markup = (
        f"<p>市政协<b>委员</b>、<a href='/x'>某<span>某</span></a>学校校长\n张某提出建议。</p>{paragraphs()}"
    )
    assert "市政协委员、某某学校校长张某提出建议。" in texts_of(article_of(read(page(markup))))


def test_a_day_stands_in_the_metadata() -> None:
    assert read(page(paragraphs(), '<meta name="publishdate" content="2025-03-05">')).date == "2025-03-05"
    assert read(page(paragraphs())).date is None


def test_invisible_characters_inside_words_stay() -> None:
    text = f"市政协\u200b委员\u200d某某提出建议。{SENTENCES[0]}"
    assert text in texts_of(read(page(paragraphs(text, *SENTENCES[1:]))).blocks)


def test_control_characters_of_references_go() -> None:
    text = read(page(paragraphs(f"市政协&#1;委员&#x85;&#127;{SENTENCES[0]}", *SENTENCES[1:])))
    assert any(block.text.startswith("市政协委员") for block in text.blocks)


def test_nul_bytes_and_marks_of_a_conflict_leave_the_text() -> None:
    markup = page(f"<<<<<<< HEAD\n{paragraphs()}\n=======\n>>>>>>> upstream/main").replace("代表", "代\0表")
    assert set(SENTENCES) <= set(texts_of(article_of(read(markup))))


def test_a_page_that_is_all_text_is_all_article() -> None:
    text = read(f"<html><body>{paragraphs()}</body></html>")
    assert texts_of(text.blocks) == SENTENCES
    assert not any(block.kind for block in text.blocks)


def test_a_short_article_is_found_by_its_place() -> None:
    assert SENTENCES[0] in texts_of(article_of(read(page(f"<div><p>{SENTENCES[0]}</p></div>"))))


def test_a_release_in_preformatted_text_is_read_by_blank_lines() -> None:
    wrapped = SENTENCES[0][:30] + "\n" + SENTENCES[0][30:]
    text = read(f"<html><body><pre>{wrapped}\n\n{SENTENCES[1]}\n</pre></body></html>")
    assert texts_of(text.blocks) == SENTENCES[:2]


def test_a_page_saved_by_word_is_read() -> None:
    body = "".join(
        f"<p class=MsoNormal><span lang=ZH-CN>{text[:20]}\n{text[20:]}<o:p></o:p></span></p>"
        "<![if !supportEmptyParas]>&nbsp;<![endif]>"
        for text in SENTENCES
    )
    markup = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><!--[if gte mso 9]><xml><o:Author>某某'
        f"</o:Author></xml><![endif]--></head><body><div class=Section1>{body}</div></body></html>"
    )
    assert texts_of(read(markup).blocks) == SENTENCES


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body><div id='app'></div><script>draw()</script></body></html>",
        "<html><frameset cols='20%,80%'><frame src='a.html'><frame src='b.html'></frameset></html>",
        "<html></html>",
    ],
)
def test_a_page_without_text_is_named_with_a_remedy(markup: str) -> None:
    with pytest.raises(SeedError, match=r"shows no text: save"):
        read(markup)


@pytest.mark.parametrize("data", [b"", b"   ", b"\0\0", b"<!-- -->"])
def test_an_empty_page_is_named(data: bytes) -> None:
    with pytest.raises(SeedError, match="save"):
        read_html(data, SEGMENTER)


def test_html_that_is_all_text_is_read_whole() -> None:
    blocks = read_html_text(
        f"<h1>第一章</h1>{paragraphs()}<h2>某节</h2><p><a href='x'>链接里的文字。</a></p>"
    )
    assert texts_of(blocks) == ["第一章", *SENTENCES, "某节", "链接里的文字。"]
    assert [block.level for block in blocks if block.level] == [ARTICLE, INNER]
    assert read_html_text("<html><body></body></html>") == []
