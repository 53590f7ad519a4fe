"""A segment is read without its deleted paragraphs."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import DamageError
from indexer.models import Paragraph, Topic
from indexer.pipeline.documents import document
from indexer.segments.merge import merge_segments
from indexer.segments.reader import Segment, count_live_values, open_segments
from indexer.segments.schema import MATCH
from indexer.segments.values import ValueNumbers
from indexer.segments.writer import write_segment
from indexer.store.checked_json import dump_checked

IDS = ["c", "a", "b", "a", "d"]
DELETED = [(1, 2), (4, 5)]


def topics(number: int) -> tuple[Topic, ...]:
    return tuple(Topic(label, "given") for label in ("教育", "经济")[: number % 3])


PARAGRAPHS = [
    Paragraph(id_, "a.txt", (number, number), "发展" * (number + 1), date="2025-02-26", topics=topics(number))
    for number, id_ in enumerate(IDS)
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Write a segment of five paragraphs, of which the second and the fourth have the same id."""
    write_segment(tmp_path / "task.arrays", [document(each, lambda folded: [folded]) for each in PARAGRAPHS])
    path = tmp_path / "segment-000001.arrays"
    merge_segments(path, [Segment(tmp_path / "task.arrays")], ValueNumbers(None), lambda _: None)
    return path


def test_without_deletions_all_paragraphs_are_live(path: Path) -> None:
    segment = Segment(path)
    assert (segment.name, segment.size, segment.live_count, segment.live) == ("segment-000001", 5, 5, None)
    assert segment.live_numbers().tolist() == [0, 1, 2, 3, 4]


def test_deleted_paragraphs_are_not_live(path: Path) -> None:
    segment = Segment(path, DELETED)
    assert (segment.size, segment.live_count) == (5, 3)
    assert segment.live is not None
    assert segment.live.tolist() == [True, False, True, True, False]
    assert [segment.is_live(number) for number in range(5)] == segment.live.tolist()
    assert segment.live_numbers().tolist() == [0, 2, 3]
    assert segment.ids() == ["c", "b", "a"]
    assert len(segment.norms(MATCH)) == 3
    assert [record["id"] for record in segment.records()] == ["c", "b", "a"]


def test_the_live_paragraph_with_an_id_is_found(path: Path) -> None:
    assert [Segment(path, DELETED).find(id_) for id_ in ("a", "b", "c", "d", "", "e")] == [
        *(3, 2, 0),
        *(None, None, None),
    ]


def test_a_paragraph_is_read_as_it_was_written(path: Path) -> None:
    segment = Segment(path)
    assert [*map(segment.paragraph, range(5))] == PARAGRAPHS
    assert [*map(segment.id, range(5))] == IDS
    assert segment.dates.tolist() == [20250226] * 5


def test_a_field_is_single_valued_where_every_paragraph_has_one_value(path: Path) -> None:
    segment = Segment(path)
    assert [segment.is_single_valued(field) for field in ("source", "topic", "title")] == [True, False, False]


def test_values_are_counted_in_live_paragraphs_alone(path: Path) -> None:
    # 教育 is a topic of the paragraphs 1, 2 and 4, 经济 of the paragraph 2.
    assert count_live_values([Segment(path)], "topic", 3).tolist() == [3, 1, 0]
    assert count_live_values([Segment(path, DELETED)], "topic", 3).tolist() == [1, 1, 0]
    assert count_live_values([], "topic", 2).tolist() == [0, 0]


def test_the_segments_of_a_generation_are_those_that_are_listed(path: Path) -> None:
    listed = {"segments": {"segment-000001": DELETED}}
    (path.parent / "segments.json").write_bytes(dump_checked(listed))
    (segment,) = open_segments(path.parent)
    assert (segment.path, segment.deleted) == (path, tuple(DELETED))


@pytest.mark.parametrize(
    "record", [{"a": 1}, {"segments": 1}, {"segments": {"a": [1]}}, {"segments": {"a": [["x", 1]]}}]
)
def test_a_list_of_segments_of_another_form_is_damage(tmp_path: Path, record: dict[str, object]) -> None:
    (tmp_path / "segments.json").write_bytes(dump_checked(record))
    with pytest.raises(DamageError, match=r"segments\.json is not of the form"):
        open_segments(tmp_path)


def test_a_segment_that_was_not_merged_cannot_be_opened_as_one_of_the_index(path: Path) -> None:
    (path.parent / "segments.json").write_bytes(dump_checked({"segments": {"task": []}}))
    with pytest.raises(DamageError, match=r"there is no id_order in task\.arrays"):
        open_segments(path.parent)
