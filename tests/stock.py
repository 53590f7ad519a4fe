"""The same questions asked of stock Whoosh: its queries, its matchers, its BM25.

Leaves are Whoosh's own searches; they are put together by the definitions of AND, OR and NOT and not
by Whoosh's matchers: `AndMaybeMatcher.skip_to` and `AndNotMatcher.skip_to` of whoosh-reloaded 2.7.5
leave their second matcher behind the first, so that scores inside an AND come out too low.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from whoosh.matching import IntersectionMatcher, NullMatcher, WrappingMatcher
from whoosh.matching.mcore import Matcher as WhooshMatcher
from whoosh.query import Query, Term
from whoosh.searching import Searcher
from whoosh.util import make_binary_tree

from indexer.text.folding import join_pair, units
from query.matching.matchers import AndMatcher, Matcher, NotMatcher, OrMatcher, TextMatcher

__all__ = ["stock_scores"]

Scores = dict[int, float]
"""The score of each paragraph found, by Whoosh's number."""


def stock_scores(searcher: Searcher, matcher: Matcher) -> Scores:
    """Search with Whoosh for what a matcher matches, and score it."""
    match matcher:
        case TextMatcher():
            return _text_scores(searcher, matcher)
        case AndMatcher():
            parts = [stock_scores(searcher, each) for each in matcher.matchers]
            common = set.intersection(*map(set, parts))
            return {number: sum(part[number] for part in parts) for number in common}
        case OrMatcher():
            scores: defaultdict[int, float] = defaultdict(float)
            for each in matcher.matchers:
                for number, score in stock_scores(searcher, each).items():
                    scores[number] += score
            return dict(scores)
        case NotMatcher():
            unwanted = stock_scores(searcher, matcher.matcher)
            return {number: 0.0 for number in range(searcher.doc_count_all()) if number not in unwanted}
    raise TypeError(matcher)


def _text_scores(searcher: Searcher, text: TextMatcher) -> Scores:
    parts = units(text.folded)
    offsets = sorted({*range(0, len(parts) - 1, 2), len(parts) - 2}) if len(parts) > 1 else []
    pairs = [(join_pair(parts[at], parts[at + 1]), at) for at in offsets]
    scores = _found(searcher, Exactly("match", pairs) if pairs else Term("match", parts[0]))
    terms = {("match", term) for term, _ in pairs or [(parts[0], 0)]}
    terms |= {(field, word) for word in (*text.words, text.folded) for field in ("words", "heading")}
    scores = dict.fromkeys(scores, 0.0)
    for field, term in sorted(terms):
        for number, score in _found(searcher, Term(field, term)).items():
            if number in scores:
                scores[number] += score
    return scores


@cache
def _found(searcher: Searcher, query: Query) -> Scores:
    return {number: score for score, number in searcher.search(query, limit=None).top_n}


class Exactly(Query):  # type: ignore[misc]
    """Matches paragraphs in which terms stand at fixed distances from one another.

    Whoosh's own phrase takes a time that grows without bound where terms repeat; this one
    intersects the sets of positions, term by term.
    """

    def __init__(self, fieldname: str, offsets: Sequence[tuple[str, int]]) -> None:
        """Ask for each term of `offsets` at its own, counted in units."""
        self.fieldname = fieldname
        self.offsets = tuple(offsets)

    def __hash__(self) -> int:
        """Hash what `__eq__` compares."""
        return hash((self.fieldname, self.offsets))

    def __eq__(self, other: object) -> bool:
        """Compare the field and the offsets."""
        return isinstance(other, Exactly) and (self.fieldname, self.offsets) == (
            other.fieldname,
            other.offsets,
        )

    def estimate_size(self, ixreader: Any) -> int:
        """Return how many paragraphs the rarest term stands in."""
        frequencies = (ixreader.doc_frequency(self.fieldname, term) for term, _ in self.offsets)
        return int(min(frequencies))

    def matcher(self, searcher: Any, context: Any = None) -> WhooshMatcher:
        """Return a matcher over one segment."""
        frequency = {term: searcher.reader().doc_frequency(self.fieldname, term) for term, _ in self.offsets}
        if not all(frequency.values()):
            return NullMatcher()
        rarest_first = sorted(frequency, key=frequency.__getitem__)
        leaves = {term: Term(self.fieldname, term).matcher(searcher, context) for term in rarest_first}
        together = make_binary_tree(IntersectionMatcher, list(leaves.values()))
        return _ExactlyMatcher(together, [(leaves[term], offset) for term, offset in self.offsets])


class _ExactlyMatcher(WrappingMatcher):  # type: ignore[misc]
    """Stops only where the terms of the child stand at their distances."""

    def __init__(self, child: WhooshMatcher, offsets: Iterable[tuple[WhooshMatcher, int]]) -> None:
        super().__init__(child)
        self._offsets = list(offsets)
        self._settle()

    def next(self) -> None:
        self.child.next()
        self._settle()

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh's own name
        self.child.skip_to(id)
        self._settle()

    def replace(self, minquality: float = 0) -> WhooshMatcher:  # noqa: ARG002 - Whoosh's signature
        return self if self.is_active() else NullMatcher()

    def supports_block_quality(self) -> bool:
        return False

    def _settle(self) -> None:
        while self.child.is_active() and not self._stands_here():
            self.child.next()

    def _stands_here(self) -> bool:
        starts: set[int] | None = None
        for leaf, offset in self._offsets:
            here = {position - offset for position in leaf.value_as("positions")}
            starts = here if starts is None else starts & here
            if not starts:
                return False
        return True
