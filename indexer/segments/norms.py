"""Lengths of fields in one byte, rounded as Whoosh rounds them, so that its scores are ours."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["LENGTHS", "encode_lengths"]

# The formula of `whoosh.util.numeric`: exact for short texts, a thirtieth off for long ones.
LENGTHS: npt.NDArray[Any] = np.round((np.power(1.033, np.arange(256)) - 1) * 27).astype("i8")
"""The length that each byte stands for."""


def encode_lengths(lengths: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return each length as a byte: that of the first length not below it, or the last there is."""
    return np.minimum(np.searchsorted(LENGTHS, lengths), 255).astype("u1")
