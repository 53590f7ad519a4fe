"""What the seeds say: their paragraphs, read again as the build of an index read them."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.analysis import Cutting
from indexer.models import Paragraph
from indexer.seeds import find_seeds
from indexer.storage import DICTIONARY
from indexer.vocabulary import read_vocabulary
from indexer.wordlist import read_wordlist
from query.search import Index

__all__ = ["cutting", "told"]


def cutting(index: Index) -> Cutting:
    """Return what the texts of an index are cut by."""
    from indexer.intake import ALONE  # noqa: PLC0415 - a search need not wait for what reads seeds

    little = sum(state.size for state in index.generation.passport.sources.values()) <= ALONE
    frozen = index.generation.folder / DICTIONARY if little else None
    return Cutting(read_wordlist(index.staleness.seeds).words, frozen)


def told(index: Index) -> Iterator[Paragraph]:
    """Yield the paragraphs of the seeds; those kept of a seed that cannot be read now, from the index.

    Records that the build refused, for an id that belongs to another seed, are passed over again.
    """
    from indexer.build import read_seed  # noqa: PLC0415 - see above

    passport, seeds = index.generation.passport, index.staleness.seeds
    faults = passport.faults()
    kept = {fault.source for fault in faults if fault.line is None}
    refused = {(fault.source, fault.line) for fault in faults}
    vocabulary = read_vocabulary(seeds)
    for source, path in find_seeds(seeds, follow_links=passport.follow_links).items():
        for item in () if source in kept else read_seed(path, source):
            if isinstance(item, Paragraph) and (source, item.lines[0]) not in refused:
                yield vocabulary.applied(item)
    yield from (paragraph for paragraph in index.paragraphs() if paragraph.source in kept)
