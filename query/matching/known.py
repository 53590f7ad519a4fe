"""What is known of a paragraph besides its text: who speaks, the headline, the session, the day."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from msgspec import Struct

from indexer.segments.schema import HEADING
from indexer.store.arrays import Array
from indexer.text.folding import units
from query.matching.bm25 import SegmentScorer
from query.matching.filters import Filter, HeadedBy, compile_filters, is_date, live_only, value_filter
from query.matching.finder import Finder
from query.matching.segment_matches import SegmentMatches

__all__ = ["KNOWN_FIELDS", "KnownMatcher", "known_filters"]

KNOWN_FIELDS = {
    "speaker": 3.0,
    "role": 1.0,
    "organisation": 1.0,
    "title": 1.0,
    "section": 1.0,
    "lead": 1.0,
    "session": 1.0,
}
"""The value fields in which a word of a query may occur, with the weight of one that does.

Who speaks weighs most: a name beside other words asks what that person says.
"""

_HEADINGS = ("title", "section", "lead")  # the words of which are those of the field HEADING


def known_filters(searcher: Finder, folded: str, *, is_word: bool) -> dict[str, Filter]:
    """Compile a filter for each field in whose values a folded text occurs; a date is looked up as one.

    A single character or number is too little to ask of a headline or a name. A word of the dictionary is
    looked up among the words of the headings: to scan all headlines for it takes longer than all the rest.
    """
    filters: dict[str, Filter] = {}
    if is_word:
        filters[HEADING] = HeadedBy(folded)
    for field in KNOWN_FIELDS if len(units(folded)) > 1 else ():
        if is_word and field in _HEADINGS:
            continue
        table = searcher.table(field)
        numbers = table.containing(folded)
        if len(numbers):
            filters[field] = value_filter(field, numbers, len(table))
    if is_date(folded):
        passes = compile_filters(searcher, {"date": folded})
        assert passes is not None  # a date was given
        filters["date"] = passes
    return filters


class KnownMatcher(Struct, frozen=True):
    """Match paragraphs of which something known holds the text; `filters` find it, by field."""

    text: str
    filters: Mapping[str, Filter]

    def match(self, scorer: SegmentScorer) -> SegmentMatches:
        """Find the live documents that pass any of the filters."""
        masks = {
            field: live_only(passes(scorer.segment), scorer.segment) for field, passes in self.filters.items()
        }
        docs = np.flatnonzero(np.logical_or.reduce([*masks.values()])) if masks else np.empty(0)
        return _KnownMatches(scorer, docs.astype("u4"), self.text, self.filters, masks)


class _KnownMatches(Struct, frozen=True):
    """Paragraphs of which something known holds a text, scored by how rare that is."""

    scorer: SegmentScorer
    docs: Array
    text: str
    filters: Mapping[str, Filter]
    masks: Mapping[str, Array]

    def scores(self, docs: Array) -> Array:
        """Add up the weighted idf of each field that holds the text."""
        scores = np.zeros(len(docs))
        for field, mask in self.masks.items():
            statistics, segment = self.scorer.statistics, self.scorer.segment
            idf = statistics.idf_of(statistics.passing(self.filters[field], segment, mask))
            own = mask[docs] * (idf * KNOWN_FIELDS.get(field, 1.0))
            self.scorer.explain(field, self.text, own)
            scores += own
        return scores
