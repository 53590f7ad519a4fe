"""The encoding of a page: its mark, its declaration, and what the bytes say themselves."""

from __future__ import annotations

import pytest

from indexer import SeedError
from indexer.formats.html.encoding import decode_page
from tests.conftest import SEGMENTER

SIMPLIFIED = "<p>市政协委员、某某学校校长张某提出建议，加快发展低空经济。</p>" * 3
TRADITIONAL = "<p>縣長許某某指出，這次縣議會定期會的總質詢今天正式結束。</p>" * 3
LATIN = "<p>Le député a présenté sa proposition à l'assemblée générale, où elle fut votée.</p>"
JAPANESE = "<p>委員長は、ただいまから予算委員会を開会すると述べ、議事に入った。</p>" * 3


def declared(charset: str, body: str) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    return f"<html><head>{meta}</head>{body}</html>"


@pytest.mark.parametrize(
    "charset", ["gb2312", "GBK", "gb18030", "big5", "utf-8", "iso-8859-1", "base64", "klingon", ""]
)
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_simplified_text_is_read_whatever_the_page_declares(charset: str, encoding: str) -> None:
    markup = declared(charset, SIMPLIFIED)
    assert decode_page(markup.encode(encoding), SEGMENTER) == (markup, 0)


@pytest.mark.parametrize("charset", ["big5", "Big5-HKSCS", "gb2312", "utf-8", "iso-8859-1", ""])
@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "utf-8"])
def test_traditional_text_is_read_whatever_the_page_declares(charset: str, encoding: str) -> None:
    markup = declared(charset, TRADITIONAL)
    assert decode_page(markup.encode(encoding), SEGMENTER) == (markup, 0)


@pytest.mark.parametrize(
    ("charset", "encoding", "body"),
    [
        ("iso-8859-1", "latin-1", LATIN),
        ("windows-1252", "cp1252", LATIN),
        ("Shift_JIS", "cp932", JAPANESE),
        ("EUC-JP", "euc-jp", JAPANESE),
        ("euc-kr", "cp949", "<p>위원장은 의사일정을 상정하고 토론을 시작하였다.</p>" * 3),
    ],
)
def test_other_encodings_are_believed_when_the_bytes_bear_them_out(
    charset: str, encoding: str, body: str
) -> None:
    markup = declared(charset, body)
    assert decode_page(markup.encode(encoding), SEGMENTER) == (markup, 0)


def test_an_xml_declaration_is_one() -> None:
    markup = f'<?xml version="1.0" encoding="Shift_JIS"?><html><body>{JAPANESE}</body></html>'
    assert decode_page(markup.encode("cp932"), SEGMENTER) == (markup, 0)


def test_markup_of_many_letters_does_not_hide_the_language_of_the_text() -> None:
    markup = declared("big5", "<script>var a = 1;</script>" * 500 + SIMPLIFIED)
    assert decode_page(markup.encode("gb18030"), SEGMENTER) == (markup, 0)


@pytest.mark.parametrize(("encoding", "charset"), [("gb18030", "gb2312"), ("utf-8", "utf-8"), ("utf-8", "")])
def test_broken_characters_are_counted(encoding: str, charset: str) -> None:
    markup = declared(charset, SIMPLIFIED * 4)
    data = markup.encode(encoding).replace("建议".encode(encoding), b"\xff\xff", 1)
    text, lost = decode_page(data, SEGMENTER)
    assert lost > 0
    assert "市政协委员" in text


def test_nul_characters_go() -> None:
    assert decode_page(b"<p>\xe4\xb8\0\xad\0</p>", SEGMENTER) == ("<p>中</p>", 0)


def test_bytes_that_are_no_text_are_named() -> None:
    with pytest.raises(SeedError, match="save"):
        decode_page(bytes(range(128, 256)) * 40, SEGMENTER)
