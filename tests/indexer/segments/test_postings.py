"""Postings written as arrays are read as they were; merged, they are as if written at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.segments.merge import MergeInput, merge_field
from indexer.segments.postings import PostingLists, Postings, posting_lists, write_field
from indexer.store.arrays import ArrayFile, ArrayWriter

Tokens = list[list[int]]

TERMS = [b"a", b"bb", b"c", b"dd"]
TEXTS = st.lists(st.lists(st.integers(0, 3), max_size=8), min_size=1, max_size=12)


def run_from(texts: Tokens) -> PostingLists:
    sizes = [len(text) for text in texts]
    owners = np.array([token for text in texts for token in text], "i8")
    positions = np.array([place for text in texts for place in range(len(text))], "i8")
    return posting_lists(owners, np.repeat(np.arange(len(texts)), sizes), positions, len(TERMS))


def written(path: Path, texts: Tokens) -> Postings:
    run = run_from(texts)
    held = np.flatnonzero(run.sizes)
    writer = ArrayWriter(path)
    write_field(writer, "f", [TERMS[at] for at in held], run.ordered(held), np.ones(len(texts), "u1"))
    writer.close()
    return Postings(ArrayFile(path), "f")


def read(postings: Postings) -> dict[bytes, dict[int, list[int]]]:
    """Return the positions of each term in each text."""
    found: dict[bytes, dict[int, list[int]]] = {}
    for number in range(len(postings)):
        positions = postings.positions(number).tolist()
        found[postings.term(number)] = {}
        for doc, count in zip(postings.docs(number).tolist(), postings.counts(number).tolist(), strict=True):
            found[postings.term(number)][doc], positions = positions[:count], positions[count:]
        assert positions == []
    return found


def expected(texts: Tokens) -> dict[bytes, dict[int, list[int]]]:
    found: dict[bytes, dict[int, list[int]]] = {}
    for doc, text in enumerate(texts):
        for place, token in enumerate(text):
            found.setdefault(TERMS[token], {}).setdefault(doc, []).append(place)
    return found


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, texts: Tokens) -> None:
    postings = written(tmp_path_factory.mktemp("p") / "x.arrays", texts)
    assert read(postings) == expected(texts)
    assert [postings.find(term) for term in TERMS] == [
        sorted(expected(texts)).index(term) if term in expected(texts) else None for term in TERMS
    ]


@given(st.lists(st.tuples(TEXTS, st.sets(st.integers(0, 11))), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_merged_postings_are_those_of_the_texts_that_stay(
    tmp_path_factory: pytest.TempPathFactory, parts: list[tuple[Tokens, set[int]]]
) -> None:
    folder = tmp_path_factory.mktemp("m")
    sources: list[MergeInput] = []
    kept: Tokens = []
    for number, (texts, gone) in enumerate(parts):
        alive = np.array([at not in gone for at in range(len(texts))])
        postings = written(folder / f"{number}.arrays", texts)
        sources.append(MergeInput(postings, None if alive.all() else alive, len(kept)))
        kept += [text for at, text in enumerate(texts) if at not in gone]
    writer = ArrayWriter(folder / "merged.arrays")
    merge_field(writer, "f", sources)
    writer.close()
    merged = Postings(ArrayFile(folder / "merged.arrays"), "f")
    assert read(merged) == expected(kept)
    assert len(merged.lengths) == len(kept)


def test_numbers_that_are_not_short_are_kept(tmp_path: Path) -> None:
    docs = np.array([3, 70_000, 70_001, 5_000_000])
    run = PostingLists(np.array([4]), docs, np.array([1, 300, 2, 70_000]), np.array([0]), np.empty(0, "u2"))
    writer = ArrayWriter(tmp_path / "x.arrays")
    write_field(writer, "f", [b"a"], run, np.ones(1, "u1"))
    writer.close()
    postings = Postings(ArrayFile(tmp_path / "x.arrays"), "f")
    assert postings.docs(0).tolist() == docs.tolist()
    assert postings.counts(0).tolist() == [1, 300, 2, 70_000]


def test_a_file_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.arrays"
    written(path, [[0, 1]])
    whole = path.read_bytes()
    for size in (1, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:size])
        with pytest.raises(ValueError, match=r"x\.arrays is not whole"):
            ArrayFile(path)


def test_bytes_that_changed_are_noticed(tmp_path: Path) -> None:
    path = tmp_path / "x.arrays"
    written(path, [[0, 1, 0], [2]])
    assert [*ArrayFile(path).damaged()] == []
    whole = bytearray(path.read_bytes())
    whole[32] ^= 1
    path.write_bytes(whole)
    assert [*ArrayFile(path).damaged()] != []
