"""Plan a build: what of the seeds changed, and whether the index is brought up to date or built anew."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.analysis.segmenter import SegmenterChoice
from indexer.errors import IndexDamagedError, IndexMissingError, IndexVersionError
from indexer.pipeline.changes import Changes, find_changes
from indexer.pipeline.fingerprint import fingerprint
from indexer.seeds.user_files import UserTopics, read_user_topics, read_user_words
from indexer.store.generations import current_generation
from indexer.store.manifest import Manifest, SourceState, read_manifest

__all__ = ["Base", "BuildPlan", "Progress", "plan_build"]

Progress = Callable[[int, int], None]
"""Called with the bytes read since the last call, and the bytes there are to read."""


@dataclass(frozen=True, slots=True)
class Base:
    """The generation that a build brings up to date."""

    folder: Path
    manifest: Manifest

    @property
    def dictionary(self) -> Path:
        """The file of the words that its texts were cut by."""
        return self.folder / self.manifest.cut_by


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """What one build works from, found out before anything is written.

    `files` are the seeds by source, their path relative to the folder `seeds`. `changes` compares them
    with `base`, which is None in a full build. `guarded` is the manifest of the index that may not lose
    most of its paragraphs, None where it may. `analysis` is what the new manifest says of how text is
    read and cut. `started` is the time by the monotonic clock.
    """

    seeds: Path
    index: Path
    files: Mapping[str, Path]
    changes: Changes
    base: Base | None
    guarded: Manifest | None
    analysis: dict[str, str]
    user_topics: UserTopics
    user_words: tuple[str, ...]
    follow_links: bool
    progress: Progress | None
    started: float

    @property
    def known(self) -> Mapping[str, SourceState]:
        """The seeds that the base was built from, as they were then."""
        return self.base.manifest.sources if self.base else {}

    @property
    def changed(self) -> set[str]:
        """The sources that have to be read: those added and those changed."""
        return {*self.changes.added, *self.changes.changed}

    @property
    def seeds_from_index(self) -> str:
        """The seeds folder relative to the index, so that both can move together."""
        try:
            return Path(os.path.relpath(self.seeds.resolve(), self.index.resolve())).as_posix()
        except ValueError:  # on another drive
            return str(self.seeds.resolve())

    def segmenter(self, *, quick: bool) -> SegmenterChoice:
        """Choose what cuts the texts: jieba's words, or where it has to be `quick`, the base's dictionary."""
        return SegmenterChoice(self.user_words, self.base.dictionary if quick and self.base else None)


def plan_build(
    seeds: Path,
    index: Path,
    files: Mapping[str, Path],
    started: float,
    *,
    full: bool,
    force: bool,
    follow_links: bool,
    progress: Progress | None,
) -> BuildPlan:
    """Compare the seeds with the index, reading every seed, and decide what the build starts from.

    It starts from the generation that answers, unless `full`, or unless text is analysed differently now.
    Raise `SeedError` when the user's topics or words cannot be read.
    """
    topics, words = read_user_topics(seeds), read_user_words(seeds)
    analysis = fingerprint() | topics.fingerprint() | words.fingerprint()
    answering = _answering(index)
    base = answering if answering and not full and answering.manifest.analysis == analysis else None
    return BuildPlan(
        seeds=seeds,
        index=index,
        files=files,
        changes=find_changes(files, base.manifest.sources if base else {}, thorough=True),
        base=base,
        guarded=answering.manifest if answering and not force else None,
        analysis=analysis,
        user_topics=topics,
        user_words=words.words,
        follow_links=follow_links,
        progress=progress,
        started=started,
    )


def _answering(index: Path) -> Base | None:
    """Find the generation that answers; None where there is none or its manifest cannot be read."""
    try:
        folder = current_generation(index)
        return Base(folder, read_manifest(folder))
    except (IndexMissingError, IndexVersionError, IndexDamagedError):
        return None
