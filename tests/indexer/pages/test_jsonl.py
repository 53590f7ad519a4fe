"""JSON lines: taken as given, line by line, and every broken line named."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from indexer import build_index
from indexer.models import Fault, Paragraph, Speaker
from indexer.pages.seed import read_seed
from query import open_index
from tests.conftest import SEGMENTER, Command


def read_bytes(data: bytes) -> list[Paragraph | Fault]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        path.write_bytes(data)
        return [*read_seed(path, "a.jsonl", SEGMENTER)]


def read(*lines: object, encoding: str = "utf-8") -> list[Paragraph | Fault]:
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    return read_bytes("\n".join(texts).encode(encoding))


def one(record: dict[str, object]) -> Paragraph:
    (paragraph,) = read(record)
    assert isinstance(paragraph, Paragraph), paragraph
    return paragraph


def test_what_a_record_gives_is_taken_as_given() -> None:
    paragraph = one(
        {
            "text": "要加快发展。",
            "id": "x-1",
            "title": "标题",
            "section": "小标题",
            "date": "2024-01-09",
            "speakers": ["王小明", {"name": "李大山", "role": "委员"}],
            "topics": ["交通"],
            "sessions": ["市政协九届二次会议"],
            "document_type": "发言",
        }
    )
    assert (paragraph.id, paragraph.title, paragraph.section) == ("x-1", "标题", "小标题")
    assert (paragraph.date, paragraph.document_type) == ("2024-01-09", "发言")
    assert paragraph.speakers == (
        Speaker("王小明", how="given"),
        Speaker("李大山", role="委员", how="given"),
    )
    assert [(topic.label, topic.from_) for topic in paragraph.topics] == [("交通", "given")]
    (session,) = paragraph.sessions
    assert (session.name, session.body, session.term) == ("市政协九届二次会议", "政协", 9)


def test_only_the_text_is_required() -> None:
    paragraph = one({"text": "要加快发展。"})
    assert (paragraph.text, paragraph.source, paragraph.lines) == ("要加快发展。", "a.jsonl", (1, 1))
    assert paragraph.kind == "body"


def test_what_a_record_leaves_out_is_read_from_its_text() -> None:
    paragraph = one({"text": "王小明委员在市政协九届二次会议上建议，加快发展低空经济。"})
    assert [speaker.name for speaker in paragraph.speakers] == ["王小明"]
    assert [session.term for session in paragraph.sessions] == [9]


def test_an_empty_list_is_given_too() -> None:
    paragraph = one({"text": "王小明委员建议，加快发展。", "speakers": [], "topics": [], "sessions": []})
    assert (paragraph.speakers, paragraph.topics, paragraph.sessions) == ((), (), ())


def test_blank_lines_are_passed_over_and_counted() -> None:
    first, second = read({"text": "一"}, "", {"text": "二"})
    assert isinstance(first, Paragraph)
    assert isinstance(second, Paragraph)
    assert (first.lines, second.lines) == ((1, 1), (3, 3))


def test_a_date_in_words_is_understood() -> None:
    assert one({"text": "一", "date": "2024年1月9日"}).date == "2024-01-09"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
def test_records_are_read_in_every_encoding(encoding: str) -> None:
    items = read({"text": "市民中心要加快建成。"}, {"text": "大家都同意。"}, encoding=encoding)
    assert [item.text for item in items if isinstance(item, Paragraph)] == [
        "市民中心要加快建成。",
        "大家都同意。",
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[1]", "not a record"),
        ("3", "not a record"),
        ("{}", '"text"'),
        ('{"text": ""}', '"text"'),
        ('{"text": " "}', '"text"'),
        ('{"text": 3}', '"text"'),
        ('{"text": "一", "title": 3}', '"title"'),
        ('{"text": "一", "id": []}', '"id"'),
        ('{"text": "一", "date": "昨日"}', '"date"'),
        ('{"text": "一", "date": "2025-02-26..2025-02-20"}', '"date"'),
        ('{"text": "一", "date": "2025-02-26.."}', '"date"'),
        ('{"text": "一", "date_end": "2025-02-26"}', 'without "date"'),
        ('{"text": "一", "date": "2025-02-26", "date_end": "2024"}', 'is before "date"'),
        ('{"text": "一", "speakers": "王小明"}', '"speakers"'),
        ('{"text": "一", "speakers": [{}]}', '"speakers"'),
        ('{"text": "一", "topics": [3]}', '"topics"'),
        ('{"text": "一", "sessions": [null]}', '"sessions"'),
        ('{"text": "\\ud800"}', "half"),
        ("[" * 100_000, "nested"),
        ('{"text": "一", "x": ' + "1" * 5000 + "}", "too long"),
        ('{"text": "一", "date": "2025-13-45"}', '"date"'),
        ('{"text": "一", "speakers": [{"name": "王", "evidence": {"a": NaN}}]}', '"evidence"'),
    ],
)
def test_a_broken_line_is_named_and_the_others_are_kept(line: str, reason: str) -> None:
    before, fault, after = read({"text": "前"}, line, {"text": "后"})
    assert isinstance(before, Paragraph)
    assert isinstance(after, Paragraph)
    assert isinstance(fault, Fault)
    assert (fault.source, fault.line) == ("a.jsonl", 2)
    assert reason in fault.reason


def test_a_short_line_is_read_in_the_encoding_of_the_whole_file() -> None:
    records = [{"text": "太原"}, {"text": "化解矛盾"}, {"text": "市民中心要加快建成，大家都同意这一点。"}]
    items = read(*records, encoding="gb18030")
    assert [item.text for item in items if isinstance(item, Paragraph)] == [r["text"] for r in records]


def test_one_line_that_is_not_utf_8_is_a_fault_and_not_another_encoding() -> None:
    lines = ['{"text": "第一"}'.encode(), b'{"text": "\xff\xfe"}', '{"text": "第三"}'.encode()]
    first, fault, third = read_bytes(b"\n".join(lines))
    assert isinstance(first, Paragraph)
    assert isinstance(third, Paragraph)
    assert str(fault) == "a.jsonl, line 2: it is not UTF-8 like the rest; save it as UTF-8"


def test_a_file_that_breaks_off_inside_a_character_is_a_fault() -> None:
    data = '{"text": "一"}\n{"text": "二"}'.encode("utf-16")[:-1]
    fault = read_bytes(data)[-1]
    assert isinstance(fault, Fault)
    assert str(fault) == "a.jsonl: it breaks off as UTF-16; save it again as UTF-8"


def test_an_id_given_twice_is_named() -> None:
    _, fault = read({"text": "一", "id": "x"}, {"text": "二", "id": "x"})
    assert str(fault) == "a.jsonl, line 2: its id is that of line 1; give each record its own"


def test_equal_texts_have_ids_of_their_own() -> None:
    ids = [item.id for item in read({"text": "一"}, {"text": "一"}) if isinstance(item, Paragraph)]
    assert len(set(ids)) == 2


@pytest.mark.parametrize(
    ("given", "days"),
    [
        ({"date": "2024年3月"}, ("2024-03", None)),
        ({"date": "2024"}, ("2024", None)),
        ({"date": "20240305"}, ("2024-03-05", None)),
        ({"date": "106年12月29日"}, ("2017-12-29", None)),
        ({"date": "2025年2月26日至28日"}, ("2025-02-26", "2025-02-28")),
        ({"date": "2024-12-30..2025-01-02"}, ("2024-12-30", "2025-01-02")),
        ({"date": "2025-02-26", "date_end": "2025-02-28"}, ("2025-02-26", "2025-02-28")),
        ({"date": "2025年2月26日 星期三"}, ("2025-02-26", None)),
        ({"date": "2025-02-26", "date_end": "2025-02"}, ("2025-02-26", "2025-02")),
    ],
)
def test_a_date_is_read_as_a_search_reads_it(given: dict[str, str], days: tuple[str, str | None]) -> None:
    paragraph = one({"text": "一", **given})
    assert (paragraph.date, paragraph.date_end) == days


def test_what_is_null_is_not_given() -> None:
    said = "王小明代表说：“要发展。”"
    assert [who.name for who in one({"text": said, "speakers": None}).speakers] == ["王小明"]
    assert one({"text": said, "speakers": []}).speakers == ()


def test_what_was_exported_is_a_seed(lianghui: Command, page_index: Path, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    with open_index(page_index) as index:
        before = [paragraph.to_dict() for paragraph in index.paragraphs()]
    run = lianghui("export", "--index", page_index)
    (tmp_path / "seeds" / "a.jsonl").write_text(run.out, "utf-8")
    build_index(tmp_path / "seeds", tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        after = [paragraph.to_dict() for paragraph in index.paragraphs()]
    own = ("source", "lines")
    assert [{key: value for key, value in record.items() if key not in own} for record in after] == [
        {key: value for key, value in record.items() if key not in own} for record in before
    ]
