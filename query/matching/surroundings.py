"""What stands around articles (asides, running headers, page numbers) comes behind all that stands in one."""

from __future__ import annotations

import numpy as np

from indexer.models import AROUND_KINDS
from indexer.segments.reader import Segment
from indexer.segments.values import ValueTable
from indexer.store.arrays import Array

__all__ = ["AROUND_WEIGHT", "kinds_around", "weights_of"]

AROUND_WEIGHT = 1 / 4096
"""What a score counts of a paragraph that belongs to no article."""


def kinds_around(kinds: ValueTable) -> tuple[int, ...]:
    """List the numbers of the kinds that belong to no article, of those that an index has."""
    return tuple(number for number in range(len(kinds)) if kinds.shown(number) in AROUND_KINDS)


def weights_of(docs: Array, segment: Segment, around: tuple[int, ...]) -> Array | float:
    """Return what the scores of paragraphs of a segment count: one number (f8) each, or 1 for all.

    `around` are the kinds that belong to no article.
    """
    if not around:
        return 1.0
    _, kinds = segment.column("kind")  # every paragraph has one
    return np.where(np.isin(kinds[docs], around), AROUND_WEIGHT, 1.0)
