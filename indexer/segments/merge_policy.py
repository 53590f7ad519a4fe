"""Which segments are merged when new paragraphs come, and which stay as they are.

Small and mostly deleted segments are merged with what is new, so that every segment that stays is
larger than all that came after it: a hundred builds leave seven segments, not a hundred.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.segments.reader import Segment

__all__ = ["choose_merges"]

_MIN_SEGMENT = 1_000  # live paragraphs; smaller segments are always merged


def choose_merges(segments: Sequence[Segment], fresh: int) -> tuple[list[Segment], list[Segment]]:
    """Divide segments into those that stay and those to be merged with `fresh` new paragraphs.

    Merged is, from the smallest up, what has fewer live paragraphs than the merge so far, and what has
    mostly deleted ones; a segment without a live paragraph is in neither.
    """
    stay, merged = [], []
    for segment in sorted(segments, key=lambda segment: segment.live_count):
        if segment.live_count == 0:
            continue
        if segment.live_count < max(_MIN_SEGMENT, fresh) or segment.live_count * 2 < segment.size:
            merged.append(segment)
            fresh += segment.live_count
        else:
            stay.append(segment)
    return stay, merged
