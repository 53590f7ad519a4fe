"""One task: parts of seeds to a segment file, or the dictionary."""

from __future__ import annotations

import pickle
from pathlib import Path

from indexer.analysis.dictionary import FrozenDictionary
from indexer.analysis.segmenter import SegmenterChoice
from indexer.pages.jsonl import Record
from indexer.pipeline.tasks import PageFile, ReadSeeds, RecordBatch, WriteDictionary
from indexer.seeds.user_files import NO_USER_TOPICS
from indexer.segments.reader import Segment
from tests.indexer.talks import ONE


def ignore(_: int, __: str) -> None:
    """Take no notice of what is done."""


def task(folder: Path, *parts: PageFile | RecordBatch) -> ReadSeeds:
    return ReadSeeds(parts, folder / "000000.arrays", NO_USER_TOPICS, SegmenterChoice())


def test_the_parts_of_a_task_become_one_segment_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ONE, "utf-8")
    records = RecordBatch("b.jsonl", (Record(7, 20, "x", {"text": "教育是根本。"}),))
    sizes: list[int] = []
    result = task(tmp_path, PageFile("a.txt", tmp_path / "a.txt", 10), records).perform(
        lambda size, _: sizes.append(size)
    )
    assert (result.count, sizes) == (3, [0, 10, 20])
    assert result.kinds == {"a.txt": {"headline": 1, "body": 1}, "b.jsonl": {"body": 1}}
    assert [record["source"] for record in Segment(result.path).records()] == ["a.txt", "a.txt", "b.jsonl"]


def test_what_cannot_be_read_is_a_fault_and_a_given_id_is_claimed_all_the_same(tmp_path: Path) -> None:
    bad = {"text": "教育", "date": "某日"}
    records = (Record(1, 9, "given", bad), Record(2, 9, "0123456789ab", bad))
    result = task(
        tmp_path, PageFile("a.txt", tmp_path / "nowhere", 10), RecordBatch("b.jsonl", records)
    ).perform(ignore)
    assert [(fault.source, fault.line) for fault in result.faults] == [
        ("a.txt", None),
        ("b.jsonl", 1),
        ("b.jsonl", 2),
    ]
    assert result.claims == {"b.jsonl": ["given"]}


def test_nothing_to_read_leaves_no_file_and_counts_nothing(tmp_path: Path) -> None:
    result = task(tmp_path, RecordBatch("b.jsonl", ())).perform(ignore)
    assert (result.count, result.kinds) == (0, {"b.jsonl": {}})
    assert not result.path.exists()


def test_a_task_can_be_sent_to_another_process(tmp_path: Path) -> None:
    sent = task(tmp_path, RecordBatch("b.jsonl", ()))
    assert pickle.loads(pickle.dumps(sent)) == sent  # noqa: S301 - our own


def test_the_dictionary_holds_jiebas_words_and_the_users(tmp_path: Path) -> None:
    path = WriteDictionary(tmp_path / "dictionary.trie", ("可信数据空间",)).perform(ignore).path
    dictionary = FrozenDictionary(path)
    assert dictionary.get("教育")
    assert dictionary.get("可信数据空间")
    assert dictionary.user_words == ("可信数据空间",)
