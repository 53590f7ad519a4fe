"""Bytes to text: every encoding a Chinese page comes in, and a clear error for the rest."""

from __future__ import annotations

from io import BytesIO

import pytest

from indexer import SeedError
from indexer.formats.encoding import bom_encoding, decode, detect_line_encoding, split_lines
from tests.conftest import SEGMENTER

SIMPLIFIED = "市政协委员、某某学校校长张三提出建议，加快发展低空经济。"
TRADITIONAL = "縣長許某某指出，這次縣議會定期會的總質詢今天正式結束。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "gbk"])
def test_simplified_text_is_read_in_its_encoding(encoding: str) -> None:
    assert decode(SIMPLIFIED.encode(encoding), SEGMENTER) == SIMPLIFIED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "big5", "big5hkscs", "gb18030"])
def test_traditional_text_is_read_in_its_encoding(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding), SEGMENTER) == TRADITIONAL


@pytest.mark.parametrize("length", [4, 8, 16])
def test_a_few_characters_tell_gb18030_from_big5(length: int) -> None:
    assert decode(SIMPLIFIED[:length].encode("gb18030"), SEGMENTER) == SIMPLIFIED[:length]
    assert decode(TRADITIONAL[:length].encode("big5"), SEGMENTER) == TRADITIONAL[:length]


def test_both_orders_of_utf_16_are_read() -> None:
    assert decode(b"\xff\xfe" + SIMPLIFIED.encode("utf-16-le"), SEGMENTER) == SIMPLIFIED
    assert decode(b"\xfe\xff" + SIMPLIFIED.encode("utf-16-be"), SEGMENTER) == SIMPLIFIED


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (SIMPLIFIED.encode("utf-16-le"), "encoding"),
        (b"\xff\xfe" + "两".encode("utf-16-le")[:1], "UTF-16"),
        (b"\xff" * 40, "encoding"),
    ],
)
def test_what_is_no_text_is_an_error_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(SeedError, match=reason):
        decode(data, SEGMENTER)


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    assert split_lines("一\n二\r\n三\r四\f五\u2028六") == ["一", "二", "三", "四\f五\u2028六"]


def test_a_byte_order_mark_names_the_encoding() -> None:
    assert [bom_encoding("两".encode(name)[:4]) for name in ("utf-8-sig", "utf-16", "utf-32", "utf-8")] == [
        "utf-8-sig",
        "utf-16",
        "utf-32",
        None,
    ]


@pytest.mark.parametrize(
    ("lines", "encoding"),
    [
        ([SIMPLIFIED.encode(), b"\xff\xfe", SIMPLIFIED.encode()], "utf-8"),
        ([SIMPLIFIED.encode("gb18030"), b"{}"], "gb18030"),
        ([TRADITIONAL.encode("big5"), b"{}"], "big5hkscs"),
        ([b"{}"], "utf-8"),
    ],
)
def test_a_file_has_the_encoding_of_most_of_its_lines(lines: list[bytes], encoding: str) -> None:
    file = BytesIO(b"\n".join(lines))
    assert detect_line_encoding(file, SEGMENTER) == encoding
    assert file.tell() == 0
