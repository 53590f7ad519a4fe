"""Posting lists in memory."""

from __future__ import annotations

import numpy as np

from indexer.segments.posting_lists import PostingLists, concatenate_ranges, invert_tokens

# Of the texts "a b a", "b", "a": the term a without positions, the term b with positions.
LISTS = PostingLists(
    sizes=np.array([2, 2]),
    docs=np.array([0, 2, 0, 1]),
    frequencies=np.array([2, 1, 1, 1]),
    position_sizes=np.array([0, 2]),
    positions=np.array([1, 0]),
)


def as_lists(lists: PostingLists) -> list[list[int]]:
    return [
        each.tolist()
        for each in (lists.sizes, lists.docs, lists.frequencies, lists.position_sizes, lists.positions)
    ]


def test_ranges_are_concatenated() -> None:
    assert concatenate_ranges(np.array([5, 0, 7]), np.array([2, 0, 3])).tolist() == [5, 6, 7, 8, 9]
    assert concatenate_ranges(np.empty(0, "i8"), np.empty(0, "i8")).tolist() == []


def test_tokens_become_the_postings_of_their_terms() -> None:
    terms, docs, positions = np.array([0, 1, 0, 1, 0]), np.array([0, 0, 0, 1, 2]), np.array([0, 1, 2, 0, 0])
    assert as_lists(invert_tokens(terms, docs, positions, 3)) == [
        [2, 2, 0],
        [0, 2, 0, 1],
        [2, 1, 1, 1],
        [3, 2, 0],
        [0, 2, 0, 1, 0],
    ]
    assert as_lists(invert_tokens(terms, docs, None, 3))[3:] == [[0, 0, 0], []]


def test_no_tokens_become_no_postings() -> None:
    none = np.empty(0, "i8")
    assert as_lists(invert_tokens(none, none, none, 2)) == [[0, 0], [], [], [0, 0], []]


def test_deleted_paragraphs_are_dropped_and_the_others_renumbered() -> None:
    assert as_lists(LISTS.keep_live(np.array([False, True, True]))) == [[1, 1], [1, 0], [1, 1], [0, 1], [0]]
    assert as_lists(LISTS.keep_live(np.array([True, True, True]))) == as_lists(LISTS)


def test_terms_are_put_into_another_order() -> None:
    assert as_lists(LISTS.reorder(np.array([1, 0]))) == [
        [2, 2],
        [0, 1, 0, 2],
        [1, 1, 2, 1],
        [2, 0],
        [1, 0],
    ]
