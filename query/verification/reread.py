"""What the seeds say: their paragraphs, read again as the build of an index read them."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.analysis.segmenter import Segmenter
from indexer.models import Paragraph
from indexer.seeds.folder import find_seeds
from indexer.seeds.user_files import read_user_topics
from query.index import Index

__all__ = ["seed_paragraphs", "segmenter_of"]


def segmenter_of(index: Index) -> Segmenter:
    """Cut as the texts of an index were cut: by its dictionary, and as fast as a build."""
    return Segmenter(lambda: index.generation.dictionary)


def seed_paragraphs(index: Index, segmenter: Segmenter) -> Iterator[Paragraph]:
    """Yield the paragraphs of the seeds; those kept of a seed that cannot be read now, from the index.

    `segmenter` is to cut as the build did: see `segmenter_of`. Records that the build refused, for
    an id that belongs to another seed, are passed over again.
    """
    from indexer.pages.seed import read_seed  # noqa: PLC0415 - a search need not wait for what reads seeds

    manifest, seeds = index.generation.manifest, index.staleness.seeds
    faults = manifest.faults()
    kept = {fault.source for fault in faults if fault.line is None}
    refused = {(fault.source, fault.line) for fault in faults}
    vocabulary = read_user_topics(seeds)
    for source, path in find_seeds(seeds, follow_links=manifest.follow_links).items():
        for item in () if source in kept else read_seed(path, source, segmenter):
            if isinstance(item, Paragraph) and (source, item.lines[0]) not in refused:
                yield vocabulary.label(item)
    yield from (paragraph for paragraph in index.paragraphs() if paragraph.source in kept)
