"""Leaves to Whoosh queries, and Whoosh queries to the paragraphs that match, with their scores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from whoosh.matching import IntersectionMatcher, NullMatcher, WrappingMatcher
from whoosh.matching.mcore import Matcher
from whoosh.query import And, AndMaybe, Every, Or, Query, Term
from whoosh.util import make_binary_tree

from indexer.analysis import words
from indexer.folding import pair, units
from query.language import Leaf

__all__ = ["Exactly", "leaf_query", "match_query", "ranked_query"]


def ranked_query(leaves: Sequence[Leaf]) -> Query:
    """Return the query for paragraphs that hold every leaf; none at all asks for every paragraph."""
    return And([leaf_query(leaf) for leaf in leaves]) if leaves else Every()


def leaf_query(leaf: Leaf) -> Query:
    """Return the query for one leaf: the match field decides, the rank fields add to the score.

    They are joined here and not at the top of the query, where a second field would match more.
    """
    found_by = [*dict.fromkeys((*words(leaf.folded), leaf.folded))]
    ranks = [Term(field, word) for word in found_by for field in ("words", "heading")]
    return AndMaybe(match_query(leaf.folded), Or(ranks))


def match_query(folded: str) -> Query:
    """Return the query that matches exactly the paragraphs in which a folded text occurs."""
    parts = units(folded)
    if len(parts) == 1:
        return Term("match", parts[0])
    # Pairs two apart cover every unit once, with the fewest postings; the last pair closes the end.
    places = sorted({*range(0, len(parts) - 1, 2), len(parts) - 2})
    return Exactly("match", [(pair(parts[at], parts[at + 1]), at) for at in places])


class Exactly(Query):  # type: ignore[misc]
    """Matches paragraphs in which terms stand at fixed distances from one place.

    Whoosh's own phrase takes a time that grows without bound where terms repeat; this one
    intersects the sets of places, term by term.
    """

    def __init__(self, fieldname: str, places: Sequence[tuple[str, int]]) -> None:
        """Ask for each term of `places` at its offset, counted in units."""
        self.fieldname = fieldname
        self.places = tuple(places)

    def __hash__(self) -> int:
        """Hash what `__eq__` compares."""
        return hash((self.fieldname, self.places))

    def __eq__(self, other: object) -> bool:
        """Compare the field and the places."""
        return isinstance(other, Exactly) and (self.fieldname, self.places) == (
            other.fieldname,
            other.places,
        )

    def estimate_size(self, ixreader: Any) -> int:
        """Return how many paragraphs the rarest term stands in."""
        frequencies = (ixreader.doc_frequency(self.fieldname, term) for term, _ in self.places)
        return int(min(frequencies))

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """Return a matcher over one segment."""
        frequency = {term: searcher.reader().doc_frequency(self.fieldname, term) for term, _ in self.places}
        if not all(frequency.values()):
            return NullMatcher()
        rarest_first = sorted(frequency, key=frequency.__getitem__)
        leaves = {term: Term(self.fieldname, term).matcher(searcher, context) for term in rarest_first}
        together = make_binary_tree(IntersectionMatcher, list(leaves.values()))
        return _ExactlyMatcher(together, [(leaves[term], offset) for term, offset in self.places])


class _ExactlyMatcher(WrappingMatcher):  # type: ignore[misc]
    """Stops only where the terms of the child stand at their distances."""

    def __init__(self, child: Matcher, places: Iterable[tuple[Matcher, int]]) -> None:
        super().__init__(child)
        self._places = list(places)
        self._settle()

    def next(self) -> None:
        self.child.next()
        self._settle()

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh's own name
        self.child.skip_to(id)
        self._settle()

    def replace(self, minquality: float = 0) -> Matcher:  # noqa: ARG002 - Whoosh's signature
        return self if self.is_active() else NullMatcher()

    def supports_block_quality(self) -> bool:
        return False

    def _settle(self) -> None:
        while self.child.is_active() and not self._stands_here():
            self.child.next()

    def _stands_here(self) -> bool:
        starts: set[int] | None = None
        for leaf, offset in self._places:
            here = {position - offset for position in leaf.value_as("positions")}
            starts = here if starts is None else starts & here
            if not starts:
                return False
        return True
