"""What a score is made of."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from query.matching.bm25 import Scope
from query.matching.collector import Found
from query.matching.matchers import Node
from query.matching.searcher import Searcher
from query.results import ScorePart

__all__ = ["explained"]


def explained(searcher: Searcher, node: Node, found: Found) -> tuple[ScorePart, ...]:
    """Return the parts of a score, the largest first: what each term of each field adds."""
    scope = Scope(found.segment, searcher.statistics, parts=[])
    node.find(scope).scores(np.array([found.number], "u4"))
    sums: defaultdict[tuple[str, str], float] = defaultdict(float)
    for part in scope.parts or ():
        sums[part.field, part.term] += part.score
    parts = (ScorePart(field, term, score) for (field, term), score in sums.items() if score)
    return tuple(sorted(parts, key=lambda part: -part.score))
