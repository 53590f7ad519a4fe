"""Norms: lengths in one byte."""

from __future__ import annotations

import numpy as np
from whoosh.util.numeric import byte_to_length, length_to_byte

from indexer.segments.norms import NORM_LENGTHS, encode_norms


def test_lengths_are_rounded_as_whoosh_rounds_them() -> None:
    lengths = np.arange(200_000)
    assert [length_to_byte(int(length)) for length in lengths[::7]] == encode_norms(lengths)[::7].tolist()
    assert [byte_to_length(byte) for byte in range(256)] == NORM_LENGTHS.tolist()


def test_a_length_that_a_norm_stands_for_is_kept() -> None:
    distinct = np.unique(NORM_LENGTHS)
    assert NORM_LENGTHS[encode_norms(distinct)].tolist() == distinct.tolist()


def test_a_length_above_the_largest_gets_the_largest_norm() -> None:
    assert encode_norms(np.array([NORM_LENGTHS[-1], 10**9])).tolist() == [255, 255]
