"""The values of a field: numbered, found by their folded text, and sorted."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.segments.schema import VALUE_FIELDS
from indexer.segments.values import ValueNumbers, ValueTable, read_folded_values, write_values
from indexer.store.arrays import ArrayFile, ArrayWriter

VALUES = ["臺灣", "AI", "台湾", "台湾省", "ＡＩ应用", ""]


@pytest.fixture
def file(tmp_path: Path) -> ArrayFile:
    writer = ArrayWriter(tmp_path / "x.arrays")
    write_values(writer, "topic", VALUES)
    writer.close()
    return ArrayFile(tmp_path / "x.arrays")


def test_values_are_shown_as_they_came_and_folded_beside(file: ArrayFile) -> None:
    table = ValueTable(file, "topic")
    assert [table.shown(number) for number in range(len(table))] == VALUES
    folded = ["台湾", "ai", "台湾", "台湾省", "ai应用", ""]
    assert [table.folded(number) for number in range(len(table))] == folded
    assert read_folded_values(file, "topic") == folded


def test_values_are_found_by_a_part_or_by_the_whole_of_their_folded_text(file: ArrayFile) -> None:
    table = ValueTable(file, "topic")
    assert table.containing("台湾").tolist() == [0, 2, 3]
    assert table.equal("台湾").tolist() == [0, 2]
    assert table.containing("湾ai").tolist() == []  # not across two values
    assert table.containing("\ud800").tolist() == []


def test_the_rank_of_a_value_is_its_index_in_sorted_order(file: ArrayFile) -> None:
    assert ValueTable(file, "topic").ranks.tolist() == [sorted(VALUES).index(value) for value in VALUES]


def test_a_value_keeps_its_number_from_one_index_to_the_next(tmp_path: Path) -> None:
    before = ValueNumbers(None)
    assert before.numbers("topic", ["教育", "经济", "教育"]).tolist() == [0, 1, 0]
    before.write(tmp_path / "values.arrays")
    after = ValueNumbers(tmp_path / "values.arrays")
    assert after.number("topic", "人才") is None
    assert after.numbers("topic", ["人才", "经济"]).tolist() == [2, 1]
    assert after.number("speaker", "经济") is None


def test_every_value_field_has_a_table(tmp_path: Path) -> None:
    ValueNumbers(None).write(tmp_path / "values.arrays")
    assert [len(ValueTable(ArrayFile(tmp_path / "values.arrays"), field)) for field in VALUE_FIELDS] == [
        0
    ] * len(VALUE_FIELDS)
