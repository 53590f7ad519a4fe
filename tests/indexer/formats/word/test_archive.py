"""A zip that nobody vouches for is read within limits or named."""

from __future__ import annotations

import random
from io import BytesIO
from zipfile import ZIP_BZIP2, ZipFile

import pytest

pytest.importorskip("lxml")

from indexer.errors import SeedError
from indexer.formats.word import archive
from indexer.formats.word.archive import MAX_MEMBERS, MAX_UNPACKED, Archive
from indexer.formats.word.docx import read_docx
from tests.conftest import SEGMENTER
from tests.indexer.formats.word.make_docx import make_docx, make_zip, paragraph, root, unzip


def error_of(data: bytes) -> str:
    with pytest.raises(SeedError) as raised:
        read_docx(data, SEGMENTER)
    return str(raised.value)


def draw_tags(count: int) -> str:
    """Make elements whose names are drawn, so that they pack no better than text does."""
    draw = random.Random(0)
    names = [f"<w:{draw.randrange(16**8):x}/>" for _ in range(1_000)]
    return "".join(draw.choices(names, k=count))


def with_document(content: str | bytes) -> bytes:
    return make_zip(unzip(make_docx("")) | {"word/document.xml": content})


def test_a_member_that_packs_too_well_is_refused_before_it_is_unpacked() -> None:
    assert "times its size" in error_of(with_document(b" " * (MAX_UNPACKED // 2)))


def test_what_is_unpacked_of_all_members_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1000)
    opened = Archive(make_zip({"a": "x" * 600, "b": "x" * 600}))
    assert opened.read("a") == b"x" * 600
    with pytest.raises(SeedError, match="unpacks to more than"):
        opened.read("b")


def test_what_is_unpacked_of_files_inside_a_file_is_bounded_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inner = make_docx(paragraph("x" * 2_000))
    chunks = {f"{number}.docx": inner for number in range(10)}
    data = make_docx("".join(f'<w:altChunk r:id="{name}"/>' for name in chunks), chunks)
    assert len(read_docx(data, SEGMENTER).blocks) == 10
    monkeypatch.setattr(archive, "MAX_UNPACKED", 20_000)
    found = read_docx(data, SEGMENTER)
    assert 0 < len(found.blocks) < 10
    assert "unpacks to more than" in found.faults[0]


def test_more_elements_than_a_document_has_are_refused() -> None:
    assert "tags" in error_of(with_document(draw_tags(2_100_000)))


def test_a_member_that_lies_about_its_size_is_damaged() -> None:
    data = bytearray(with_document(" " * 100_000))
    size = (100_000).to_bytes(4, "little")
    assert data.count(size) == 2
    assert "damaged" in error_of(bytes(data.replace(size, (10).to_bytes(4, "little"))))


def test_too_many_members_are_refused() -> None:
    assert "10,000 files" in error_of(make_zip({str(number): "" for number in range(MAX_MEMBERS + 1)}))


def test_a_packing_that_unpacks_without_bound_is_refused() -> None:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_BZIP2) as file:
        for name, content in unzip(make_docx(paragraph("正文"))).items():
            file.writestr(name, content)
    assert "packed as no document is" in error_of(buffer.getvalue())


def test_a_zip_with_a_password_is_named() -> None:
    data = bytearray(make_docx(paragraph("正文")))
    at = data.find(b"PK\1\2")
    while at >= 0:
        data[at + 8] |= 1  # the flag in the directory, which is what is believed
        at = data.find(b"PK\1\2", at + 1)
    assert "password" in error_of(bytes(data))


def test_names_are_found_without_case_and_with_the_slashes_of_windows() -> None:
    files = unzip(make_docx(paragraph("甲")))
    renamed = make_zip({name.upper().replace("/", "\\"): content for name, content in files.items()})
    assert [block.text for block in read_docx(renamed, SEGMENTER).blocks] == ["甲"]


def test_entities_are_refused_and_never_expanded() -> None:
    laughs = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    kinds = (
        f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>',
        '<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
    )
    for kind in kinds:
        content = root("document", f"<w:body>{paragraph('&l9;')}</w:body>").replace("?>", f"?>{kind}", 1)
        assert "document.xml" in error_of(with_document(content))


def test_elements_nested_without_end_are_refused() -> None:
    deep = "<w:sdt>" * 5_000 + "</w:sdt>" * 5_000
    assert "document.xml is damaged" in error_of(with_document(root("document", deep)))


def test_elements_nested_as_deep_as_is_read_are_read() -> None:
    nested = paragraph("底")
    for _ in range(60):
        nested = f"<w:tbl><w:tr><w:tc>{nested}</w:tc></w:tr></w:tbl>"
    assert [block.text for block in read_docx(make_docx(nested), SEGMENTER).blocks] == ["底"]
