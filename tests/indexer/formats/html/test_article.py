"""Which passages of a page are its article, and which stand beside it."""

from __future__ import annotations

from tests.indexer.formats.html.pages import (
    FOOTER,
    HEADLINE,
    SENTENCES,
    article_of,
    page,
    paragraphs,
    read,
    texts_of,
)


def test_a_transcript_with_nothing_around_it_is_all_article() -> None:
    rows = "".join(
        f"<tr><td><b>第{number}項</b></td></tr><tr><td><p>某議員問：</p><p>{text}</p></td></tr>"
        for number, text in enumerate(SENTENCES)
    )
    text = read(
        f"<html><body><p>立法會</p><p>議程</p><table>{rows}</table><p><a href='#'>頁首</a></p></body></html>"
    )
    article = texts_of(article_of(text))
    assert article[:4] == ["立法會", "議程", "第0項", "某議員問："]
    assert len(article) == 2 + 3 * len(SENTENCES)


def test_what_lies_over_a_page_is_no_article_however_long_it_is() -> None:
    consent = "".join(
        f"<p>{number}. 某网站请求读者同意使用数据，详情见本站的说明。</p>" for number in range(40)
    )
    for dialog in (f'<div role="dialog">{consent}</div>', f'<div class="cookie-bar">{consent}</div>'):
        markup = page(paragraphs(*SENTENCES[:2])).replace("</body>", dialog + "</body>")
        assert texts_of(article_of(read(markup)))[2:] == SENTENCES[:2]


def test_the_name_of_an_element_is_not_believed_where_the_article_is() -> None:
    for name in ("share_area", "sidebar", "ad-container"):
        markup = page(paragraphs()).replace('class="main"', f'class="{name}"')
        assert set(SENTENCES) <= set(texts_of(article_of(read(markup))))


def test_a_paragraph_with_long_links_belongs_to_its_article_and_a_link_alone_does_not() -> None:
    linked = f"<p>某报曾报道：<a href='/1'>{SENTENCES[1]}</a>详情如上所述。</p>"
    alone = f"<p><a href='/2'>{SENTENCES[2]}</a></p>"
    text = read(page(paragraphs(SENTENCES[0]) + linked + alone + paragraphs(*SENTENCES[3:])))
    article = texts_of(article_of(text))
    assert f"某报曾报道：{SENTENCES[1]}详情如上所述。" in article
    assert SENTENCES[2] not in article
    assert SENTENCES[2] in texts_of(text.blocks)


def test_an_article_in_parts_between_advertisements_is_one() -> None:
    parts = "<div class='ad'><a href='/'>某商品大减价</a></div>".join(
        f"<div class='part'><p>{text}</p></div>" for text in SENTENCES
    )
    assert texts_of(article_of(read(page(parts))))[2:] == SENTENCES


def test_text_goes_on_below_a_list_and_ends_above_links() -> None:
    items = "".join(f"<li>{text}</li>" for text in SENTENCES[:4])
    links = "".join(f"<a href='/{number}'>某市某区推进第{number}批重点工程</a> " for number in range(30))
    text = read(page(f"<ul>{items}</ul><p>{SENTENCES[4]}</p><p>{links}</p><p>{SENTENCES[5]}</p>"))
    assert texts_of(article_of(text))[2:] == SENTENCES[:5]


def test_a_longer_footer_is_no_article() -> None:
    footer = "".join(f"<p>{number}. 本网站的内容概不构成任何投资意见，特此声明。</p>" for number in range(9))
    markup = page(f"<p>{SENTENCES[0]}</p>").replace(f"<p>{FOOTER}</p>", footer)
    assert texts_of(article_of(read(markup)))[2:] == SENTENCES[:1]


def test_a_headline_that_stands_twice_is_the_one_next_to_the_text() -> None:
    columns = "".join(f"<div>栏目{number}</div>" for number in range(15))
    markup = page(paragraphs()).replace("<body>", f"<body><h5>{HEADLINE}</h5>{columns}")
    article = article_of(read(markup))
    assert texts_of(article) == [HEADLINE, "2025-03-05 10:20 来源：某某日报", *SENTENCES]
