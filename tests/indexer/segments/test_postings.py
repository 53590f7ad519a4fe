"""Postings on disk are read as they were written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import DamageError
from indexer.segments.posting_lists import PostingLists
from indexer.segments.postings import Postings, write_postings
from indexer.store.arrays import ArrayFile, ArrayWriter
from tests.conftest import flipped
from tests.indexer.segments.postings_of_texts import (
    TERMS,
    Texts,
    expected_positions,
    read_positions,
    write_texts,
)

TEXTS = st.lists(st.lists(st.integers(0, 3), max_size=8), min_size=1, max_size=12)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, texts: Texts) -> None:
    postings = write_texts(tmp_path_factory.mktemp("p") / "x.arrays", texts)
    expected = expected_positions(texts)
    assert read_positions(postings) == expected
    assert [postings.find(term) for term in TERMS] == [
        sorted(expected).index(term) if term in expected else None for term in TERMS
    ]


def test_a_term_is_found_by_its_bytes(tmp_path: Path) -> None:
    postings = write_texts(tmp_path / "x.arrays", [[0, 1], [3, 1]])
    assert postings.terms() == [b"a", b"bb", b"dd"]
    asked = [b"", b"a", b"b", b"bb", b"c", b"dd", b"e"]
    assert [postings.lower_bound(term) for term in asked] == [0, 0, 1, 1, 2, 2, 3]
    assert [postings.find(term) for term in asked] == [None, 0, None, 1, None, 2, None]


def test_frequencies_are_those_of_documents_and_of_terms(tmp_path: Path) -> None:
    postings = write_texts(tmp_path / "x.arrays", [[0, 0], [1], [0]])
    assert [postings.document_frequency(number) for number in range(2)] == postings.sizes().tolist() == [2, 1]
    assert postings.term_frequencies(0).tolist() == [2, 1]
    assert postings.position_sizes().tolist() == [3, 1]


def test_several_terms_are_read_at_once(tmp_path: Path) -> None:
    lists = write_texts(tmp_path / "x.arrays", [[0, 1, 0], [3, 1]]).lists(1, 3)
    assert (lists.sizes.tolist(), lists.docs.tolist()) == ([2, 1], [0, 1, 1])
    assert (lists.position_sizes.tolist(), lists.positions.tolist()) == ([2, 1], [1, 1, 0])


def test_numbers_that_are_not_short_are_kept(tmp_path: Path) -> None:
    docs, frequencies = np.array([3, 70_000, 70_001, 5_000_000]), np.array([1, 300, 2, 70_000])
    lists = PostingLists(np.array([4]), docs, frequencies, np.array([0]), np.empty(0, "u2"))
    writer = ArrayWriter(tmp_path / "x.arrays")
    write_postings(writer, "f", [b"a"], lists, np.ones(1, "u1"))
    writer.close()
    postings = Postings(ArrayFile(tmp_path / "x.arrays"), "f")
    assert postings.docs(0).tolist() == docs.tolist()
    assert postings.term_frequencies(0).tolist() == frequencies.tolist()


def test_damaged_postings_are_not_handed_out(tmp_path: Path) -> None:
    path = tmp_path / "x.arrays"
    write_texts(path, [[0, 1, 0], [2]])
    with flipped(path, 32, 0):  # behind the magic line, in the only block
        postings = Postings(ArrayFile(path), "f")
        for read in (postings.docs, postings.term_frequencies, postings.positions, postings.term):
            with pytest.raises(DamageError):
                read(0)
        with pytest.raises(DamageError):
            postings.find(b"a")
