"""Posting lists in memory: which paragraphs each of some terms stands in, how often, and where."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from indexer.store.arrays import Array

__all__ = ["PostingLists", "concatenate_ranges", "invert_tokens"]


class PostingLists(Struct, frozen=True):
    """The postings of t terms, in the order of the terms.

    `sizes` are the document frequencies, the number of postings of each term (i8, t entries), and
    `position_sizes` the number of positions of each (i8, t entries), which is 0 for a term without
    positions.

    `docs` are the paragraphs (i8) and `frequencies` the term frequencies (any unsigned or i8), one entry
    a posting. `positions` (any unsigned or i8) are counted in units from the start of the paragraph:
    a posting of a term with positions has as many as its frequency says.
    """

    sizes: Array
    docs: Array
    frequencies: Array
    position_sizes: Array
    positions: Array

    def keep_live(self, live: Array) -> PostingLists:
        """Drop the postings of deleted paragraphs, and renumber the others without gaps.

        `live` is a mask (bool, one entry a paragraph).
        """
        keep = live[self.docs]
        terms = np.repeat(np.arange(len(self.sizes)), self.sizes)
        has_positions = np.repeat(self.position_sizes > 0, self.sizes)
        position_counts = np.where(has_positions, self.frequencies, 0)
        return PostingLists(
            sizes=np.bincount(terms[keep], minlength=len(self.sizes)),
            docs=(np.cumsum(live) - 1)[self.docs[keep]],
            frequencies=self.frequencies[keep],
            position_sizes=np.bincount(
                terms[keep], weights=position_counts[keep], minlength=len(self.sizes)
            ).astype("i8"),
            positions=self.positions[np.repeat(keep, position_counts)],
        )

    def reorder(self, order: Array) -> PostingLists:
        """Put the terms into another order: term `i` of the result is term `order[i]` of this."""
        sizes, position_sizes = self.sizes[order], self.position_sizes[order]
        at = concatenate_ranges((np.cumsum(self.sizes) - self.sizes)[order], sizes)
        position_starts = (np.cumsum(self.position_sizes) - self.position_sizes)[order]
        return PostingLists(
            sizes=sizes,
            docs=self.docs[at],
            frequencies=self.frequencies[at],
            position_sizes=position_sizes,
            positions=self.positions[concatenate_ranges(position_starts, position_sizes)],
        )


def invert_tokens(terms: Array, docs: Array, positions: Array | None, term_count: int) -> PostingLists:
    """Collect the postings of tokens, of which the `i`-th is the term `terms[i]` in the paragraph `docs[i]`.

    All three arrays are i8 and sorted by paragraph and position; `terms` are numbers below `term_count`.
    Without `positions`, the posting lists have none.
    """
    order = np.sort((terms << 32) | np.arange(len(terms))) & 0xFFFFFFFF
    terms, docs = terms[order], docs[order]
    is_first = np.r_[True, (terms[1:] != terms[:-1]) | (docs[1:] != docs[:-1])][: len(terms)]
    firsts = np.flatnonzero(is_first)
    return PostingLists(
        sizes=np.bincount(terms[firsts], minlength=term_count),
        docs=docs[firsts],
        frequencies=np.diff(np.r_[firsts, len(terms)]),
        position_sizes=(
            np.zeros(term_count, "i8") if positions is None else np.bincount(terms, minlength=term_count)
        ),
        positions=np.empty(0, "u2") if positions is None else positions[order],
    )


def concatenate_ranges(starts: Array, counts: Array) -> Array:
    """Concatenate the ranges from `starts[i]` to `starts[i] + counts[i] - 1` into one array (i8)."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    numbers: Array = np.arange(total) + np.repeat(starts - (ends - counts), counts)
    return numbers
