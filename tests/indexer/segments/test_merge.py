"""Segments that are merged are as if their live paragraphs had been written at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.models import Paragraph, Speaker
from indexer.pipeline.documents import document
from indexer.segments.merge import MergeInput, merge_postings, merge_segments, term_batches
from indexer.segments.postings import Postings
from indexer.segments.reader import Segment
from indexer.segments.values import ValueNumbers
from indexer.segments.writer import write_segment
from indexer.store.arrays import ArrayFile, ArrayWriter
from tests.indexer.segments.postings_of_texts import Texts, expected_positions, read_positions, write_texts
from tests.indexer.segments.test_postings import TEXTS


@given(st.lists(st.tuples(TEXTS, st.sets(st.integers(0, 11))), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_merged_postings_are_those_of_the_live_texts(
    tmp_path_factory: pytest.TempPathFactory, parts: list[tuple[Texts, set[int]]]
) -> None:
    folder = tmp_path_factory.mktemp("m")
    inputs: list[MergeInput] = []
    live_texts: Texts = []
    for number, (texts, deleted) in enumerate(parts):
        live = np.array([at not in deleted for at in range(len(texts))])
        postings = write_texts(folder / f"{number}.arrays", texts)
        inputs.append(MergeInput(postings, None if live.all() else live, len(live_texts)))
        live_texts += [text for at, text in enumerate(texts) if at not in deleted]
    writer = ArrayWriter(folder / "merged.arrays")
    merge_postings(writer, "f", inputs, lambda _: None)
    writer.close()
    merged = Postings(ArrayFile(folder / "merged.arrays"), "f")
    assert read_positions(merged) == expected_positions(live_texts)
    assert len(merged.norms) == len(live_texts)


def test_merged_segments_have_the_live_paragraphs_in_order_and_one_table_of_values(tmp_path: Path) -> None:
    said = [("1", "王小明"), ("2", "李大山"), ("3", "王小明"), ("4", "赵小海")]
    paragraphs = [Paragraph(id_, "a.txt", (1, 1), "发展", speakers=(Speaker(who),)) for id_, who in said]
    documents = [document(each, lambda folded: [folded]) for each in paragraphs]
    write_segment(tmp_path / "one.arrays", documents[:2])
    write_segment(tmp_path / "two.arrays", documents[2:])
    values = ValueNumbers(None)
    segments = [Segment(tmp_path / "one.arrays", [(0, 1)]), Segment(tmp_path / "two.arrays")]
    merge_segments(tmp_path / "merged.arrays", segments, values, lambda _: None)
    merged = Segment(tmp_path / "merged.arrays")
    assert merged.ids() == ["2", "3", "4"]
    assert [*map(merged.paragraph, range(3))] == paragraphs[1:]
    docs, ids = merged.column("speaker")
    assert docs.tolist() == [0, 1, 2]
    assert ids.tolist() == [values.number("speaker", who) for _, who in said[1:]]


def test_terms_are_cut_into_batches_of_two_million_postings() -> None:
    most = 1 << 21
    sizes = np.array([most, 1, most - 1, 1, 3 * most, 5])
    assert [*term_batches(sizes)] == [(0, 1), (1, 3), (3, 4), (4, 5), (5, 6)]
    assert [*term_batches(np.zeros(3, "i8"))] == [(0, 3)]
    assert [*term_batches(np.zeros(0, "i8"))] == [(0, 0)]
