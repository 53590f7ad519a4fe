"""The seam between what a query means and who finds it: the arrays of a folder, or a cluster.

Above it, a query is a tree of matchers and filters that say what is asked for (`query.matching.matchers`,
`query.matching.filters`); below it, somebody matches, scores, counts and fetches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from indexer.models import Paragraph
from indexer.segments.reader import Segment
from indexer.segments.values import ValueTable
from indexer.store.arrays import Array
from query.choices import Sort
from query.results import Facet

if TYPE_CHECKING:
    from query.matching.bm25 import CollectionStatistics
    from query.matching.collector import Match
    from query.matching.coverage import Coverage, MinimumCoverage
    from query.matching.filters import Filter
    from query.matching.matchers import Matcher

__all__ = ["Finder", "Found", "Located"]

_Answer = TypeVar("_Answer")

Located = tuple[Segment, int]
"""A segment, and the number of a paragraph in it."""


class Found(Protocol):
    """The paragraphs that a matcher matches and a filter passes."""

    @property
    def total(self) -> int:
        """The number of paragraphs found."""
        ...

    @property
    def unfiltered(self) -> int:
        """The number of paragraphs that the matcher finds, whether the filter passes them or not."""
        ...

    def rank(self, first: int, end: int, source_order: Array, sort: Sort = "score") -> Sequence[Match]:
        """List the matches from rank `first` up to `end`, counted from 0.

        Ties are in reading order: `source_order` holds the rank of each source, by its number.
        """
        ...

    def close_to_best(self, share: float) -> Found:
        """Keep those whose score is at least this share of the best one."""
        ...

    def without(self, others: Sequence[Any]) -> Found:
        """Leave out the paragraphs that are among `others`, found by the same finder."""
        ...

    def collapse(self, source_order: Array, shown: Sequence[Any] = ()) -> Found:
        """Keep the best of all paragraphs of the same text, the first in reading order among equals.

        Texts that are among those `shown` are left out.
        """
        ...


class Finder(Protocol):
    """Finds the paragraphs of one generation of an index."""

    @property
    def statistics(self) -> CollectionStatistics:
        """What is counted over all live paragraphs."""
        ...

    def __len__(self) -> int:
        """Return the number of live paragraphs."""
        ...

    def table(self, field: str) -> ValueTable:
        """Return the value table of a field."""
        ...

    def live(self, field: str) -> Array:
        """Compute a mask (bool) of the values of a field that a live paragraph has."""
        ...

    def live_counts(self, field: str) -> Array:
        """Count the live paragraphs that have each value of a field (i8)."""
        ...

    def live_values(self, field: str) -> list[int]:
        """List the numbers of the values of a field that a live paragraph has, ascending."""
        ...

    def weights(self, segment: Segment, docs: Array) -> Array | float:
        """Return what the scores of paragraphs count: next to nothing for those that are of no article."""
        ...

    def ask(self, answer: Callable[[], _Answer]) -> _Answer:
        """Return what `answer` returns once all is known that it asks of this finder.

        It may be called more than once: what is not known yet is taken for nothing found, and is then
        asked for all together.
        """
        ...

    def complete(self) -> AbstractContextManager[Callable[[], bool]]:
        """Tell, at the end of a block, whether all that was asked for in it is known: what may be kept."""
        ...

    def collect(self, matcher: Matcher, allowed: Filter | None = None) -> Found:
        """Find what a matcher matches and a filter passes, and score it."""
        ...

    def count(self, matcher: Matcher) -> int:
        """Count the live paragraphs that a matcher matches."""
        ...

    def measure(self, words: Iterable[Sequence[str]]) -> Coverage:
        """Weigh words, each with its synonyms, by how few paragraphs have them in text or headings."""
        ...

    def best_weight(
        self, covering: MinimumCoverage, required: Sequence[Matcher], allowed: Filter | None
    ) -> float:
        """Find the largest weight of a paragraph that is allowed and that all `required` matchers match."""
        ...

    def facets(
        self, found: Any, fields: Sequence[str], limit: int | None = None, containing: str = ""
    ) -> dict[str, tuple[tuple[Facet, ...], int]]:
        """Count the values of each of some fields: the `limit` most frequent, and how many there are.

        Only those are counted in which the folded text `containing` occurs.
        """
        ...

    def facets_within(
        self, found: Any, field: str, inner: str, limit: int | None = None, containing: str = ""
    ) -> tuple[tuple[Facet, ...], int]:
        """Count the values of a field as `facets` does, and within each all values of a second field."""
        ...

    def ids(self, found: Any) -> set[str]:
        """Return the ids of all paragraphs found."""
        ...

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield every live paragraph, headings and bylines included, in the order of the seeds."""
        ...

    def days(self) -> tuple[int, int, int]:
        """Return the first and the last day of all paragraphs as numbers, 0 without any, and the undated."""
        ...

    def find(self, id_: str) -> Located | None:
        """Find the paragraph with an id; None when there is none."""
        ...

    def starting_with(self, beginning: str) -> list[Located]:
        """Find the paragraphs whose ids begin with a text, in the order of the ids."""
        ...

    def of_source(self, source: int) -> list[tuple[Segment, Array]]:
        """Find the live paragraphs of a source by its number, in reading order."""
        ...
