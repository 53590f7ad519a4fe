"""Where the learned weights lie, and which they are."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

__all__ = ["WEIGHTS_FILE", "weights_version"]

WEIGHTS_FILE = Path(__file__).with_name("model.npz")
"""The weights by which speakers are read."""


def weights_version() -> dict[str, str]:
    """Return the digest of the weights: other weights may read a page otherwise."""
    return {"speakers": sha256(WEIGHTS_FILE.read_bytes()).hexdigest()}
