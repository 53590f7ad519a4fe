"""Norms: the length of a field in one byte, rounded as Whoosh rounds it, so that BM25 scores are equal."""

from __future__ import annotations

import numpy as np

from indexer.store.arrays import Array

__all__ = ["NORM_LENGTHS", "encode_norms"]

# The formula of `whoosh.util.numeric`: exact for short texts, a thirtieth off for long ones.
NORM_LENGTHS: Array = np.round((np.power(1.033, np.arange(256)) - 1) * 27).astype("i8")
"""The length in tokens that each norm stands for: i8, 256 of them, ascending."""


def encode_norms(lengths: Array) -> Array:
    """Encode lengths as norms (u1): each is rounded up to the next length that a norm stands for.

    Lengths above the largest get the largest norm.
    """
    return np.minimum(np.searchsorted(NORM_LENGTHS, lengths), 255).astype("u1")
