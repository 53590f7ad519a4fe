"""Proves the recall of an index: random substrings, searched and compared with a scan of the seeds."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from indexer.errors import LianghuiError
from indexer.models import Paragraph
from indexer.text.folding import find_units, fold, holds_word
from query.index import Index
from query.language.parser import quote
from query.verification.reread import build_segmenter, seed_paragraphs

__all__ = ["DEFAULT_PROBES", "Miss", "Proof", "verify"]

DEFAULT_PROBES = 2_000
"""Substrings that a proof draws where no number is given."""

_MAX_PROBE_LENGTH = 12  # characters
_SEPARATOR = "\n"  # of paragraphs in a scan: folding removes it, so that no probe matches across it


class Miss(Struct, frozen=True):
    """A probe with wrong hits: the ids that search missed, and the extra ones that it found."""

    probe: str
    missed: tuple[str, ...]
    extra: tuple[str, ...]


class Proof(Struct, frozen=True):
    """The outcome of a verification: how much was compared, and what differs.

    `hits` counts the paragraphs that contain a probe, over all probes; `altered` holds the ids of the
    paragraphs whose text in the index is not that of the seeds.
    """

    paragraphs: int
    probes: int
    hits: int
    misses: tuple[Miss, ...]
    altered: tuple[str, ...]

    @property
    def missed(self) -> int:
        """The number of paragraphs that search missed, over all probes."""
        return sum(len(miss.missed) for miss in self.misses)

    @property
    def extra(self) -> int:
        """The number of paragraphs that search found without the probe in them, over all probes."""
        return sum(len(miss.extra) for miss in self.misses)

    @property
    def holds(self) -> bool:
        """Whether search found every paragraph and no other, and no text differs."""
        return not self.misses and not self.altered


def verify(
    index: Index,
    *,
    probes: int = DEFAULT_PROBES,
    seed: int = 0,
    progress: Callable[[int], None] | None = None,
) -> Proof:
    """Read the seeds again, and compare searches for random substrings with a scan without an index.

    Probes have one to twelve characters, and are drawn from the original text of the paragraphs,
    across words, names, numbers and quotation marks; another `seed` draws others. `progress` is
    called with 1 after each probe.

    Raise `LianghuiError` when the seeds are no longer what the index was built from,
    `IndexClosedError` and `IndexDamagedError` as a search does.
    """
    stale = index.staleness.changes(thorough=True)
    if stale:
        raise LianghuiError(
            f"the seeds changed since the index was built: {stale}; run: {index.staleness.update_command()}"
        )
    paragraphs = list(seed_paragraphs(index, build_segmenter(index)))
    scan = _Scan(paragraphs)
    misses = []
    hits = tried = 0
    for probe in _draw_probes(paragraphs, probes, random.Random(seed)):  # noqa: S311 - a draw, not a secret
        expected = scan.containing(fold(probe))
        found = index.ids(quote(probe))
        hits += len(expected)
        tried += 1
        if found != expected:
            misses.append(Miss(probe, tuple(sorted(expected - found)), tuple(sorted(found - expected))))
        if progress:
            progress(1)
    return Proof(len(paragraphs), tried, hits, tuple(misses), _find_altered(index, paragraphs))


def _find_altered(index: Index, paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """Return the ids of the paragraphs whose text in the index is not that of the seeds, sorted."""
    stored = {paragraph.id: paragraph.text for paragraph in index.paragraphs()}
    read = {paragraph.id: paragraph.text for paragraph in paragraphs}
    return tuple(sorted(id_ for id_ in stored.keys() | read.keys() if stored.get(id_) != read.get(id_)))


def _draw_probes(paragraphs: Sequence[Paragraph], probes: int, draw: random.Random) -> Iterator[str]:
    """Draw substrings that can be searched for, from each paragraph as often as it is long."""
    texts = [paragraph.text for paragraph in paragraphs if holds_word(fold(paragraph.text))]
    weights = [len(text) for text in texts]
    while probes and texts:
        text = draw.choices(texts, weights)[0]
        start = draw.randrange(len(text))
        probe = text[start : start + draw.randint(1, _MAX_PROBE_LENGTH)]
        if holds_word(fold(probe)):
            probes -= 1
            yield probe


class _Scan:
    """All paragraphs, folded, as one long text that is searched from end to end."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._ids = [paragraph.id for paragraph in paragraphs]
        self._starts = []
        at = 0
        folded = [fold(paragraph.text) for paragraph in paragraphs]
        for text in folded:
            self._starts.append(at)
            at += len(text) + len(_SEPARATOR)
        self._all = _SEPARATOR.join(folded)

    def containing(self, folded: str) -> set[str]:
        """Return the ids of the paragraphs that contain a folded text."""
        return {self._ids[bisect_right(self._starts, at) - 1] for at in find_units(folded, self._all)}
