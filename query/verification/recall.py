"""The recall contract proved on the user's own index: search against a plain scan of the seeds."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from indexer.errors import LianghuiError
from indexer.models import Paragraph
from indexer.text.folding import find_units, fold, holds_word
from query.index import Index
from query.language.parser import quote
from query.verification.reread import seed_paragraphs as paragraphs_told
from query.verification.reread import segmenter_of

__all__ = ["PROBES", "Miss", "Proof", "verify"]

PROBES = 2_000
"""Substrings that a proof draws unless told otherwise."""

_LONGEST = 12  # characters of a probe
_BETWEEN = "\n"  # folding drops it, so no probe reaches from one paragraph into the next


@dataclass(frozen=True, slots=True)
class Miss:
    """A probe whose hits differ: the ids that search missed, and those it found in excess."""

    probe: str
    missed: tuple[str, ...]
    extra: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """The outcome: what was tried, and what differed.

    `altered` names the paragraphs whose text in the index is not that of the seeds.
    """

    paragraphs: int
    probes: int
    hits: int
    misses: tuple[Miss, ...]
    altered: tuple[str, ...]

    @property
    def missed(self) -> int:
        """The number of paragraphs that search should have found and did not."""
        return sum(len(miss.missed) for miss in self.misses)

    @property
    def extra(self) -> int:
        """The number of paragraphs that search found and should not have."""
        return sum(len(miss.extra) for miss in self.misses)

    @property
    def holds(self) -> bool:
        """Tell whether the contract holds."""
        return not self.misses and not self.altered


def verify(
    index: Index,
    *,
    probes: int = PROBES,
    seed: int = 0,
    progress: Callable[[int], None] | None = None,
) -> Proof:
    """Read the seeds again and compare searches with a scan that uses no index.

    Probes are substrings of one to twelve characters, drawn from the paragraphs as printed: across
    word borders, names, numbers and quotation marks. `seed` makes another draw.

    Raise `LianghuiError` when the seeds are no longer what the index was built from.
    """
    stale = index.staleness.changes(thorough=True)
    if stale:
        raise LianghuiError(
            f"the seeds changed since the index was built: {stale}; run: {index.staleness.update_command()}"
        )
    told = list(paragraphs_told(index, segmenter_of(index)))
    scan = _Scan(told)
    misses = []
    hits = tried = 0
    for probe in _draw(told, probes, random.Random(seed)):  # noqa: S311 - a draw, not a secret
        expected = scan.containing(fold(probe))
        found = index.ids(quote(probe))
        hits += len(expected)
        tried += 1
        if found != expected:
            misses.append(Miss(probe, tuple(sorted(expected - found)), tuple(sorted(found - expected))))
        if progress:
            progress(1)
    return Proof(len(told), tried, hits, tuple(misses), _altered(index, told))


def _altered(index: Index, told: Sequence[Paragraph]) -> tuple[str, ...]:
    stored = {paragraph.id: paragraph.text for paragraph in index.paragraphs()}
    read = {paragraph.id: paragraph.text for paragraph in told}
    return tuple(sorted(id_ for id_ in stored.keys() | read.keys() if stored.get(id_) != read.get(id_)))


def _draw(told: Sequence[Paragraph], probes: int, draw: random.Random) -> Iterator[str]:
    """Yield substrings that hold something to search for; long paragraphs are drawn from more often."""
    texts = [paragraph.text for paragraph in told if holds_word(fold(paragraph.text))]
    weights = [len(text) for text in texts]
    while probes and texts:
        text = draw.choices(texts, weights)[0]
        start = draw.randrange(len(text))
        probe = text[start : start + draw.randint(1, _LONGEST)]
        if holds_word(fold(probe)):
            probes -= 1
            yield probe


class _Scan:
    """All paragraphs, folded, as one long text to be searched from end to end."""

    def __init__(self, told: Sequence[Paragraph]) -> None:
        self._ids = [paragraph.id for paragraph in told]
        self._starts = []
        at = 0
        folded = [fold(paragraph.text) for paragraph in told]
        for text in folded:
            self._starts.append(at)
            at += len(text) + len(_BETWEEN)
        self._all = _BETWEEN.join(folded)

    def containing(self, folded: str) -> set[str]:
        """Return the ids of the paragraphs in which a folded text occurs."""
        return {self._ids[bisect_right(self._starts, at) - 1] for at in find_units(folded, self._all)}
