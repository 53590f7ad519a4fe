"""What a score is made of."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from query.matching.bm25 import SegmentScorer
from query.matching.collector import Match
from query.matching.matchers import Matcher
from query.matching.searcher import Searcher
from query.results import ScorePart

__all__ = ["explain_score"]


def explain_score(searcher: Searcher, node: Matcher, found: Match) -> tuple[ScorePart, ...]:
    """Return the parts of a score, the largest first: what each term of each field adds."""
    scope = SegmentScorer(found.segment, searcher.statistics, parts=[])
    node.find(scope).scores(np.array([found.number], "u4"))
    sums: defaultdict[tuple[str, str], float] = defaultdict(float)
    for part in scope.parts or ():
        sums[part.field, part.term] += part.score
    parts = (ScorePart(field, term, score) for (field, term), score in sums.items() if score)
    return tuple(sorted(parts, key=lambda part: -part.score))
