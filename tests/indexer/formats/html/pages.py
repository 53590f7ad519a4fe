"""Pages made for the tests, of sentences of the seed and made-up ones."""

from __future__ import annotations

import pytest

from indexer.formats.text_block import FileText, TextBlock
from tests.conftest import SEEDS, SEGMENTER

pytest.importorskip("lxml")

from indexer.formats.html.reader import read_html

LINES = [line for text in SEEDS.glob("*.txt") for line in text.read_text("utf-8").splitlines() if line]
SENTENCES = [line for line in LINES if len(line) > 60 and line.endswith("。")][:8]
"""Paragraphs of the seed."""

HEADLINE = "挺起产业硬脊梁 澎湃发展新动能"
NAVIGATION = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("首页", "要闻", "政协", "视频"))
RELATED = "".join(f'<li><a href="/{i}">某市某区推进第{i}批重点工程建设见闻</a></li>' for i in range(6))
COMMENT = "某网友：这条新闻下面的评论不是新闻，读者写得再长也不是。"
FOOTER = "某某新闻网版权所有，未经书面授权禁止使用。"


def page(article: str, head: str = "", title: str = f"{HEADLINE}_要闻_某某新闻网") -> str:
    """Lay an article out as news sites do, with navigation, comments and a footer around it."""
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>"
        f'<div class="nav"><ul>{NAVIGATION}</ul></div>'
        f'<div class="main"><h1>{HEADLINE}</h1><div class="info">2025-03-05 10:20 来源：某某日报</div>'
        f'<div class="content">{article}</div></div>'
        f'<div class="related"><h3>相关新闻</h3><ul>{RELATED}</ul></div>'
        f'<div class="comments"><p>{COMMENT}</p></div>'
        f'<div class="footer"><p>{FOOTER}</p></div></body></html>'
    )


def paragraphs(*texts: str) -> str:
    """Put each text into a paragraph, the paragraphs of the seed where none is given."""
    return "\n".join(f"<p>{text}</p>" for text in texts or SENTENCES)


def read(markup: str) -> FileText:
    """Read a page in UTF-8."""
    return read_html(markup.encode(), SEGMENTER)


def article_of(text: FileText) -> list[TextBlock]:
    """Return the blocks of the article."""
    return [block for block in text.blocks if block.kind != "aside"]


def texts_of(blocks: list[TextBlock]) -> list[str]:
    """Return the texts of blocks."""
    return [block.text for block in blocks]
