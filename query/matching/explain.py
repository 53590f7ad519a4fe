"""Explain a score by the terms that add to it."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from indexer.text.folding import readable
from query.matching.bm25 import SegmentScorer
from query.matching.collector import Match
from query.matching.finder import Finder
from query.matching.matchers import Matcher
from query.results import ScorePart

__all__ = ["explain_score"]


def explain_score(searcher: Finder, matcher: Matcher, match: Match) -> tuple[ScorePart, ...]:
    """Split the score of a match that `matcher` found into that of each term in each field, largest first."""
    scorer = SegmentScorer(match.segment, searcher.statistics, parts=[])
    docs = np.array([match.number], "u4")
    matcher.match(scorer).scores(docs)
    weight = float(np.max(searcher.weights(match.segment, docs)))
    sums: defaultdict[tuple[str, str], float] = defaultdict(float)
    for part in scorer.parts or ():
        sums[part.field, part.term] += part.score * weight
    parts = (ScorePart(field, readable(term), score) for (field, term), score in sums.items() if score)
    return tuple(sorted(parts, key=lambda part: -part.score))
