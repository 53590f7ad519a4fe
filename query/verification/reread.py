"""Reads the seeds again, as the build of an index read them."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.analysis.segmenter import Segmenter
from indexer.models import Paragraph
from indexer.seeds.folder import find_files
from indexer.seeds.user_files import read_user_topics
from query.index import Index

__all__ = ["build_segmenter", "seed_paragraphs"]


def build_segmenter(index: Index) -> Segmenter:
    """Make the segmenter that the build of an index used: by the dictionary of the index."""
    return Segmenter(lambda: index.generation.dictionary)


def seed_paragraphs(index: Index, segmenter: Segmenter) -> Iterator[Paragraph]:
    """Read the paragraphs of the seeds of an index, with the segmenter of its build.

    Records that the build refused, for an id that belongs to another seed, are left out again. Of a
    seed that could not be read, the paragraphs kept from an earlier build come from the index. Raise
    `SeedError` when the seeds cannot be read.
    """
    from indexer.pages.seed import read_seed  # noqa: PLC0415 - a search need not wait for what reads seeds

    manifest, seeds = index.generation.manifest, index.staleness.seeds
    faults = manifest.faults()
    kept = {fault.source for fault in faults if fault.is_whole}
    refused = {(fault.source, fault.line) for fault in faults}
    user_topics = read_user_topics(seeds)
    for source, path in find_files(seeds, follow_links=manifest.follow_links).seeds.items():
        for item in () if source in kept else read_seed(path, source, segmenter):
            if isinstance(item, Paragraph) and (source, item.lines[0]) not in refused:
                yield user_topics.label(item)
    yield from (paragraph for paragraph in index.paragraphs() if paragraph.source in kept)
