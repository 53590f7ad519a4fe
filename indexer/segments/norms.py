"""Lengths of fields in one byte, rounded as Whoosh rounds them, so that its scores are ours."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["LENGTH_OF", "length_bytes"]

# The formula of `whoosh.util.numeric`: exact for short texts, a thirtieth off for long ones.
LENGTH_OF: npt.NDArray[Any] = np.round((np.power(1.033, np.arange(256)) - 1) * 27).astype("i8")
"""The length that each byte stands for."""


def length_bytes(lengths: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return each length as a byte: that of the first length not below it, or the last there is."""
    return np.minimum(np.searchsorted(LENGTH_OF, lengths), 255).astype("u1")
