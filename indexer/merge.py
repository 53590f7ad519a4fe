"""Several segments to one, in bounded memory: portions of terms, each copied to where it belongs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.arrays import Array, ArrayWriter
from indexer.postings import Postings, Run, append_run, expanded, write_terms

__all__ = ["Source", "merge_field", "portions"]

_AT_ONCE = 1 << 21  # postings held in memory


@dataclass(frozen=True, slots=True)
class Source:
    """Postings to be merged; `alive` tells which of their paragraphs stay (None: all)."""

    postings: Postings
    alive: Array | None
    base: int
    """The number that the first of them gets."""

    def part(self, start: int, end: int) -> Run:
        """Return the postings of the terms from `start` to `end` that stay."""
        run = self.postings.run(start, end)
        return run if self.alive is None else run.kept(self.alive)

    def sizes(self) -> tuple[Array, Array]:
        """Return how many postings and places of each term stay."""
        if self.alive is None:
            return self.postings.sizes(), self.postings.place_sizes()
        parts = [self.part(*portion) for portion in portions(self.postings.sizes())]
        sizes = [np.zeros(0, "i8"), *(part.sizes for part in parts)]
        return np.concatenate(sizes), np.concatenate([sizes[0], *(part.place_sizes for part in parts)])


def merge_field(writer: ArrayWriter, field: str, sources: Sequence[Source]) -> None:
    """Write the postings of a field of several segments as those of one."""
    terms = _united(sources)
    owners = _owners(sources, terms)
    sizes, place_sizes = np.zeros(len(terms), "i8"), np.zeros(len(terms), "i8")
    for source, owner in zip(sources, owners, strict=True):
        own_sizes, own_place_sizes = source.sizes()
        sizes += _added(owner, own_sizes, len(terms))
        place_sizes += _added(owner, own_place_sizes, len(terms))
        source.postings.release()
    write_terms(writer, field, terms, sizes, place_sizes)
    places_type = np.result_type(*(source.postings.places_type() for source in sources))
    written = 0
    for start, end in portions(sizes):
        run = _joined(sources, owners, sizes[start:end], place_sizes[start:end], start)
        append_run(writer, field, run, written, places_type)
        written += len(run.docs)
    for source in sources:
        lengths = source.postings.lengths
        writer.append(f"{field}.lengths", lengths if source.alive is None else lengths[source.alive])


def _united(sources: Sequence[Source]) -> list[bytes]:
    """Return the terms that still have postings, sorted. One source's terms are in memory at a time."""
    held: set[bytes] = set()
    for source in sources:
        terms, sizes = source.postings.terms(), source.sizes()[0]
        held.update(terms if sizes.all() else (terms[at] for at in np.flatnonzero(sizes).tolist()))
        source.postings.release()
    return sorted(held)


def _owners(sources: Sequence[Source], united: Sequence[bytes]) -> list[Array]:
    """Return for each source which of all terms its own are.

    A term that is gone counts as the one before it, to which it adds nothing.
    """
    number = {term: at for at, term in enumerate(united)}
    owners = []
    for source in sources:
        owner = np.array([number.get(term, 0) for term in source.postings.terms()], "i4")
        owners.append(np.maximum.accumulate(owner) if len(owner) else owner)
    return owners


def _joined(
    sources: Sequence[Source], owners: Sequence[Array], sizes: Array, place_sizes: Array, start: int
) -> Run:
    """Return the postings of some terms, of which the first is `start`, of all sources together."""
    at, place_at = np.cumsum(sizes) - sizes, np.cumsum(place_sizes) - place_sizes
    docs, counts = np.empty(sizes.sum(), "i8"), np.empty(sizes.sum(), "u4")
    places = np.empty(place_sizes.sum(), "u4")
    for source, owner in zip(sources, owners, strict=True):
        first, last = np.searchsorted(owner, (start, start + len(sizes))).tolist()
        run, own = source.part(first, last), owner[first:last] - start
        to = expanded(at[own], run.sizes)
        docs[to], counts[to] = run.docs + source.base, run.counts
        places[expanded(place_at[own], run.place_sizes)] = run.places
        at += _added(own, run.sizes, len(sizes))
        place_at += _added(own, run.place_sizes, len(sizes))
        source.postings.release()
    return Run(sizes, docs, counts, place_sizes, places)


def _added(owners: Array, sizes: Array, terms: int) -> Array:
    return np.bincount(owners, weights=sizes, minlength=terms).astype("i8")


def portions(sizes: Array) -> Iterator[tuple[int, int]]:
    """Cut terms into ranges with about as many postings as may be held at once, at least one range."""
    ends = np.cumsum(sizes)
    if not len(sizes):
        yield 0, 0
    start = 0
    while start < len(sizes):
        before = int(ends[start - 1]) if start else 0
        end = max(start + 1, int(np.searchsorted(ends, before + _AT_ONCE, "right")))
        yield start, end
        start = end
