"""Files of every format are seeds like any other: built, searched, shown, cited, exported, proved."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from indexer.errors import SeedError
from indexer.formats.deadline import deadline
from indexer.store.generations import current_generation
from tests.conftest import Command, MakeSeeds, rewrite
from tests.indexer.formats.pdf.make_pdf import MadePage, Text, column, make_pdf
from tests.indexer.formats.word.make_docx import make_docx, paragraph

SAYS = "市政协委员张小明说，要发展低空经济，建设产业联盟，让企业放心。"
FIRST = ["\u3000\u3000会议听取了工作报告，并进行了认真的审议，大家认为报告", "实事求是，是一个好报告。"]
SECOND = ["\u3000\u3000" + SAYS[:18], SAYS[18:]]


def page(lines: list[str], number: int) -> MadePage:
    head = Text("某报 两会特刊", 250, 810, 9)
    foot = Text(f"第 {number} 页", 280, 30, 9)
    return MadePage([head, *column(lines, 60, 700), foot])


FILES: dict[str, str | bytes] = {
    "a.pdf": make_pdf(
        [
            MadePage([Text("推动产业发展", 200, 760, 22), *page(FIRST, 1).texts]),
            page(SECOND, 2),
            page(FIRST, 3),
        ]
    ),
    "b.docx": make_docx(
        paragraph("产业发展的报告", properties='<w:outlineLvl w:val="0"/>')
        + paragraph(SAYS.replace("张小明", "李小红"))
    ),
    "c.html": (
        "<html><head><title>产业发展-某网</title><meta charset=utf-8></head><body>"
        "<div><a href=/>首页</a></div>"
        f"<h1>产业发展</h1><div class=content><p>{SAYS.replace('张小明', '王大山')}</p>"
        f"<p>{''.join(FIRST)}</p>"
        "</div><div class=comments><p>网友：低空经济不错，支持支持。</p></div></body></html>"
    ),
}


@pytest.fixture
def built(lianghui: Command, make_seeds: MakeSeeds) -> Command:
    make_seeds(FILES)
    run = lianghui("index")
    assert (run.code, run.err) == (0, "")
    return lianghui


def hits(run: Command, *asked: str) -> list[dict[str, object]]:
    return [*json.loads(run("search", *asked, "--format", "json").out)["hits"]]


def test_a_hit_has_the_place_where_a_person_finds_it_again(built: Command) -> None:
    found = {str(hit["source"]): hit for hit in hits(built, "产业联盟")}
    assert found.keys() == {"a.pdf", "b.docx", "c.html"}
    assert (found["a.pdf"]["page"], "page" in found["b.docx"]) == (2, False)
    out = built("search", "产业联盟").out
    assert "a.pdf:第 2 页" in out
    assert "b.docx:2" in out
    cited = built("search", "产业联盟", "--format", "cite").out
    assert "a.pdf 第 2 页" in cited
    assert "b.docx 第 2 段" in cited
    speakers = {str(hit["source"]): [who["name"] for who in hit["speakers"]] for hit in found.values()}  # type: ignore[attr-defined]
    assert speakers == {"a.pdf": ["张小明"], "b.docx": ["李小红"], "c.html": ["王大山"]}


def test_a_page_is_shown_by_the_place_that_is_printed(built: Command) -> None:
    for place in ("a.pdf:第 2 页", "a.pdf:第2页", "a.pdf 第 2 页"):
        run = built("show", place)
        assert run.code == 0
        assert SAYS[:10] in run.out
    run = built("show", "a.pdf:第 9 页")
    assert (run.code, "no paragraph of a.pdf begins on page 9" in run.err) == (2, True)
    assert "市政协委员李小红说" in built("show", "b.docx 第 2 段").out


def test_what_stands_around_comes_last_and_nobody_says_it(built: Command) -> None:
    kinds = [hit["kind"] for hit in hits(built, "低空经济")]
    assert kinds[-1] == "aside"
    assert kinds.count("aside") == 1
    (head, *_) = hits(built, "两会特刊")
    assert (head["kind"], head["speakers"], head["topics"]) == ("furniture", [], [])


def test_what_was_read_is_proved_and_exported_as_seeds(built: Command, tmp_path: Path) -> None:
    run = built("verify", "--probes", "200")
    assert run.code == 0
    assert "missed 0, extra 0" in run.out
    lines = built("export").out
    assert {json.loads(line)["kind"] for line in lines.splitlines()} >= {"headline", "body", "furniture"}
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "all.jsonl").write_text(lines, "utf-8")
    assert built("index", "other", "--index", "again").code == 0


def test_only_a_file_that_changed_is_read_again(built: Command, make_seeds: MakeSeeds) -> None:
    make_seeds({"b.docx": make_docx(paragraph("另一份报告"))})
    assert "added 0, changed 1, removed 0" in built("index").out


def test_another_version_of_a_reader_makes_the_index_stale(built: Command, tmp_path: Path) -> None:
    manifest = current_generation(tmp_path / "index") / "manifest.json"
    rewrite(manifest, lambda record: record["analysis"].update({"playa-pdf": "0.1"}))
    run = built("status")
    assert run.code == 1
    assert "playa-pdf was 0.1 and is " in run.out + run.err


def test_readers_that_no_seed_needs_are_not_noted(
    lianghui: Command, make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    make_seeds({"a.txt": SAYS})
    lianghui("index")
    manifest = (current_generation(tmp_path / "index") / "manifest.json").read_text("utf-8")
    assert "playa-pdf" not in manifest
    assert "lxml" not in manifest


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("x.pdf", b"%PDF-1.4 cut", "x.pdf: "),
        ("x.doc", bytes.fromhex("D0CF11E0A1B11AE1"), "soffice --headless --convert-to docx FILE"),
        ("x.docx", b"%PDF-1.4", "this is a PDF; give it the name of one (.pdf)"),
        ("x.html", b"<html><script>draw()</script></html>", "shows no text"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_nothing_else_is_lost(
    lianghui: Command, make_seeds: MakeSeeds, name: str, data: bytes, reason: str
) -> None:
    make_seeds({"a.txt": SAYS, name: data})
    run = lianghui("index")
    assert run.code == 2
    assert reason in run.err
    assert lianghui("search", "产业联盟").code == 0


def test_a_page_without_text_is_named_and_the_others_are_read(
    lianghui: Command, make_seeds: MakeSeeds
) -> None:
    picture = (
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
    )
    scan = MadePage(content=b"q 500 0 0 700 0 0 cm /I Do Q ", resources=b"/XObject<</I 3 0 R>>")
    objects = [picture + b"stream\n0\nendstream"]
    make_seeds({"a.pdf": make_pdf([page(SECOND, 1), scan], objects=objects)})
    run = lianghui("index")
    assert run.code == 2
    assert "page 2 has no text layer" in run.err
    assert lianghui("search", "产业联盟").code == 0
    assert "missed 0, extra 0" in lianghui("verify", "--probes", "50").out


def test_a_package_that_is_missing_is_named_with_its_remedy(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": SAYS, **FILES})
    program = (
        "import sys; sys.modules.update(playa=None, lxml=None); sys.argv[1:] = ['index', *sys.argv[1:]];"
        "from query.cli.entry import run; run()"
    )
    command = [sys.executable, "-c", program, str(seeds), "--index", str(tmp_path / "index")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    for file, package in (("a.pdf", "playa"), ("b.docx", "lxml"), ("c.html", "lxml")):
        assert f"{file}: {package}, which reads such files, is not installed" in run.stderr
    assert "pip install 'lianghui[formats]'" in run.stderr
    assert "1 paragraph from 4 files" in run.stdout


def read_for_ever() -> None:
    while True:
        with suppress(Exception):  # as readers of damaged files do
            sum(range(1000))


def test_what_takes_for_ever_is_stopped_and_named() -> None:
    with pytest.raises(SeedError, match="takes more than 0 s; split the file"), deadline(0.05):
        read_for_ever()
