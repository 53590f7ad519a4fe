"""Pages that nobody would write: each is read or named, in time that grows with its length alone."""

from __future__ import annotations

import random

import pytest

from indexer import SeedError
from tests.conftest import SEGMENTER, Counts, load
from tests.indexer.formats.html.pages import SENTENCES, page, paragraphs, read, texts_of

pytest.importorskip("lxml")

from indexer.formats.html.reader import read_html

MUTATIONS = 500


def test_tags_that_nobody_closed_lose_no_text() -> None:
    text = read("<html><body>" + "".join(f"<font><b><p>{line}</p>" for line in SENTENCES * 60))
    assert len(text.blocks) == len(SENTENCES) * 60


def test_tags_that_are_nested_too_deeply_are_named() -> None:
    with pytest.raises(SeedError, match="nested too deeply"):
        read("<div>" * 100_000 + SENTENCES[0])


@pytest.mark.parametrize(
    "markup", ["<", "<b ", "<!--", "<script>", "<p>甲", "<a href='/'>某页</a> ", "<meta name=title>"]
)
def test_what_repeats_without_end_is_read_or_named(markup: str) -> None:
    data = f"<html><body><p>{SENTENCES[0]}</p>{markup * 20_000}".encode("gb18030")
    try:
        assert read_html(data, SEGMENTER).blocks
    except SeedError as error:
        assert "save" in str(error)  # noqa: PT017 - either will do


def test_entities_are_not_expanded_and_nothing_is_fetched() -> None:
    bomb = "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(9))
    markup = f'<!DOCTYPE html [<!ENTITY l0 "笑"><!ENTITY file SYSTEM "file:///etc/passwd">{bomb}]>'
    blocks = read(f"{markup}<html><body>{paragraphs()}<p>文字&l9;&file;</p></body></html>").blocks
    everything = "".join(texts_of(blocks))
    assert "root:" not in everything
    assert len(everything) < 10_000


def test_control_characters_beside_what_is_hidden_lose_nothing() -> None:
    markup = paragraphs() + "<p>甲处&#1;<span hidden>藏起来</span>乙处\x02丙处</p>"
    assert "甲处乙处丙处" in texts_of(read(page(markup)).blocks)


def test_a_mutated_page_gives_blocks_or_is_named(draw: random.Random, counts: Counts) -> None:
    table = "<table><tr><td>项目</td><td>3亿元</td></tr></table>"
    whole = page(
        paragraphs() + table, '<script type="application/ld+json">{"@type":"Article"}</script>'
    ).encode()
    for _ in range(load(MUTATIONS)):
        data = mutated(whole, draw)
        counts["pages named" if is_named(data) else "pages read in spite of it"] += 1


def is_named(data: bytes) -> bool:
    """Tell whether a page is named; one that is read gives blocks."""
    try:
        text = read_html(data, SEGMENTER)
    except SeedError:
        return True
    assert text.blocks
    return False


def mutated(data: bytes, draw: random.Random) -> bytes:
    """Flip bytes, cut a piece out, or double one."""
    changed = bytearray(data)
    for _ in range(draw.randint(1, 40)):
        start = draw.randrange(len(changed))
        end = min(len(changed), start + draw.randint(1, 200))
        way = draw.choice(("flip", "flip", "cut", "double"))
        if way == "flip":
            changed[start] = draw.randrange(256)
        elif way == "cut" and len(changed) > 1_000:
            del changed[start:end]
        else:
            changed[start:start] = changed[start:end] * draw.randint(1, 3)
    return bytes(changed)
