"""The scores that stock Whoosh gives: its queries, its matchers, its BM25.

Texts are Whoosh's own searches; AND, OR and NOT are combined here, by their definitions, and not by
Whoosh's matchers: `AndMaybeMatcher.skip_to` and `AndNotMatcher.skip_to` of whoosh-reloaded 2.7.5 leave
their second matcher behind the first, so that scores inside an AND come out too low.
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
"""The score of each match, by the number that Whoosh gives the paragraph."""


def stock_scores(searcher: Searcher, matcher: Matcher) -> Scores:
    """Search with Whoosh for what a matcher matches. Raise `TypeError` for a matcher of another type."""
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
    matches = _search(searcher, FixedPhrase("match", pairs) if pairs else Term("match", parts[0]))
    terms = {("match", term) for term, _ in pairs or [(parts[0], 0)]}
    terms |= {(field, word) for word in (*text.words, text.folded) for field in ("words", "heading")}
    scores = dict.fromkeys(matches, 0.0)
    for field, term in sorted(terms):
        for number, score in _search(searcher, Term(field, term)).items():
            if number in scores:
                scores[number] += score
    return scores


@cache
def _search(searcher: Searcher, query: Query) -> Scores:
    return {number: score for score, number in searcher.search(query, limit=None).top_n}


class FixedPhrase(Query):  # type: ignore[misc]
    """Matches paragraphs in which each term occurs at a fixed offset from one common position.

    Whoosh's own phrase takes a time that grows without bound where terms repeat; this one
    intersects the sets of positions, term by term.
    """

    def __init__(self, fieldname: str, terms: Sequence[tuple[str, int]]) -> None:
        """Search for each of the `terms` at its offset, counted in units."""
        self.fieldname = fieldname
        self.terms_at = tuple(terms)

    def __hash__(self) -> int:
        """Hash what `__eq__` compares."""
        return hash((self.fieldname, self.terms_at))

    def __eq__(self, other: object) -> bool:
        """Compare the field, and the terms with their offsets."""
        return isinstance(other, FixedPhrase) and (self.fieldname, self.terms_at) == (
            other.fieldname,
            other.terms_at,
        )

    def estimate_size(self, ixreader: Any) -> int:
        """Return the document frequency of the rarest term, an upper bound."""
        frequencies = (ixreader.doc_frequency(self.fieldname, term) for term, _ in self.terms_at)
        return int(min(frequencies))

    def matcher(self, searcher: Any, context: Any = None) -> WhooshMatcher:
        """Make a matcher over one segment."""
        frequency = {term: searcher.reader().doc_frequency(self.fieldname, term) for term, _ in self.terms_at}
        if not all(frequency.values()):
            return NullMatcher()
        rarest_first = sorted(frequency, key=frequency.__getitem__)
        leaves = {term: Term(self.fieldname, term).matcher(searcher, context) for term in rarest_first}
        together = make_binary_tree(IntersectionMatcher, list(leaves.values()))
        return _FixedPhraseMatcher(together, [(leaves[term], offset) for term, offset in self.terms_at])


class _FixedPhraseMatcher(WrappingMatcher):  # type: ignore[misc]
    """Moves the child on to the next paragraph in which its terms occur at their offsets."""

    def __init__(self, child: WhooshMatcher, terms: Iterable[tuple[WhooshMatcher, int]]) -> None:
        super().__init__(child)
        self._terms = list(terms)
        self._find_next()

    def next(self) -> None:
        self.child.next()
        self._find_next()

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh's own name
        self.child.skip_to(id)
        self._find_next()

    def replace(self, minquality: float = 0) -> WhooshMatcher:  # noqa: ARG002 - Whoosh's signature
        return self if self.is_active() else NullMatcher()

    def supports_block_quality(self) -> bool:
        return False

    def _find_next(self) -> None:
        while self.child.is_active() and not self._matches_here():
            self.child.next()

    def _matches_here(self) -> bool:
        starts: set[int] | None = None
        for leaf, offset in self._terms:
            here = {position - offset for position in leaf.value_as("positions")}
            starts = here if starts is None else starts & here
            if not starts:
                return False
        return True
