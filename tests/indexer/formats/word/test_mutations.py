"""Files that are damaged at random give blocks or a named fault, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

pytest.importorskip("lxml")

from indexer.analysis.segmenter import Segmenter
from indexer.errors import SeedError
from indexer.formats.text_block import FileText
from indexer.formats.word.docx import read_docx
from indexer.formats.word.epub import read_epub
from indexer.formats.word.odt import read_odt
from tests.conftest import SEGMENTER, Counts, load
from tests.indexer.formats.word.make_docx import (
    make_docx,
    make_zip,
    paragraph,
    root,
    run,
    table,
    unzip,
)
from tests.indexer.formats.word.test_docx import MHT
from tests.indexer.formats.word.test_epub import make_epub
from tests.indexer.formats.word.test_odt import make_odt

Reader = Callable[[bytes, Segmenter], FileText]

FILES = 500

_LIST = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
_LEVEL = '<w:lvl w:ilvl="0"><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1."/></w:lvl>'
_NUM = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
_STYLE = '<w:style w:type="paragraph" w:default="1" w:styleId="s"><w:name w:val="heading 1"/></w:style>'
_BOX = f"<w:pict><w:txbxContent>{paragraph('框')}</w:txbxContent></w:pict>"
_FORMS = f"<mc:Choice>{_BOX}</mc:Choice><mc:Fallback>{_BOX}</mc:Fallback>"
_BRANCHES = f"<mc:AlternateContent>{_FORMS}</mc:AlternateContent>"
_FIELD = "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
_NOTE = '<w:r><w:footnoteReference w:id="1"/></w:r>'
_SYMBOL = '<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>'
_DELETED = "<w:rPr><w:del/></w:rPr>"
WHOLE = make_docx(
    paragraph(run("报告", '<w:sz w:val="44"/>'), properties='<w:jc w:val="center"/>')
    + paragraph("发展", _NOTE, _SYMBOL, "<w:r><w:br/></w:r>", "经济。", properties=_LIST)
    + paragraph(_FIELD, f"<w:r>{_BRANCHES}</w:r>", "改善", properties=_DELETED)
    + table(("甲", "乙"), (table(("丙",)), "丁"))
    + '<w:altChunk r:id="a.txt"/><w:altChunk r:id="b.docx"/>',
    {
        "styles.xml": root("styles", _STYLE),
        "numbering.xml": root(
            "numbering", f'<w:abstractNum w:abstractNumId="0">{_LEVEL}</w:abstractNum>{_NUM}'
        ),
        "footnotes.xml": root("footnotes", f'<w:footnote w:id="1">{paragraph("脚注")}</w:footnote>'),
        "header1.xml": root("hdr", paragraph("会议文件")),
        "a.txt": "附件一",
        "b.docx": make_docx(paragraph("附件二")),
    },
)


def mutate(data: bytes, draw: random.Random) -> bytes:
    """Flip bytes, cut a piece out, or double one."""
    changed = bytearray(data)
    for _ in range(draw.choice((1, 1, 3, 20))):
        at, length = draw.randrange(len(changed) + 1), draw.choice((1, 4, 50, 500))
        kind = draw.choice(("flip", "flip", "cut", "double", "end"))
        if kind == "flip" and at < len(changed):
            changed[at] ^= 1 << draw.randrange(8)
        elif kind == "cut":
            del changed[at : at + length]
        elif kind == "double":
            changed[at:at] = changed[at : at + length]
        elif kind == "end" and draw.random() < 0.2:
            del changed[at:]
    return bytes(changed)


def mutate_part(data: bytes, draw: random.Random) -> bytes:
    """Mutate a part inside a zip that is whole."""
    files = unzip(data)
    name = draw.choice(sorted(files))
    return make_zip(files | {name: mutate(files[name], draw)})


def test_the_file_that_is_mutated_is_read_whole() -> None:
    found = read_docx(WHOLE, SEGMENTER)
    expected = "报告|A. 发展α经济。|脚注|框|改善|甲|乙|丙|丁|附件一|附件二|会议文件"
    assert [block.text for block in found.blocks] == expected.split("|")
    assert found.faults == []


def make_odt_file() -> bytes:
    styled = '<style:style style:name="P1" style:parent-style-name="Title"/>'
    note = "<text:note><text:note-body><text:p>脚注</text:p></text:note-body></text:note>"
    cells = "<table:table-cell><text:p>甲</text:p></table:table-cell>" * 2
    rows = f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    body = f'<text:p text:style-name="P1">报告</text:p><text:h>回顾{note}</text:h>{rows}'
    return make_odt(body, styled)


def make_page_file() -> bytes:
    return make_docx('<w:altChunk r:id="a.mht"/>' + paragraph("正文"), {"a.mht": MHT})


@pytest.mark.parametrize(
    ("made", "reader"),
    [
        (WHOLE, read_docx),
        (make_page_file(), read_docx),
        (make_odt_file(), read_odt),
        (make_epub(("甲", "乙"), {"META-INF/encryption.xml": "<encryption/>"}), read_epub),
    ],
    ids=["docx", "docx of a web page", "odt", "epub"],
)
def test_mutated_files_give_blocks_or_a_fault(
    made: bytes, reader: Reader, draw: random.Random, counts: Counts
) -> None:
    pytest.importorskip("indexer.formats.html.reader")
    for _ in range(load(FILES)):
        data = draw.choice((mutate, mutate_part, mutate_part))(made, draw)
        try:
            found = reader(data, SEGMENTER)
        except SeedError as error:
            faults = [str(error)]
        else:
            faults = found.faults
            assert all(block.text == block.text.strip() != "" for block in found.blocks)
            numbers = [block.first for block in found.blocks]
            assert numbers == sorted(numbers)
        assert all("\n" not in fault for fault in faults)
        counts["mutated Word files"] += 1
