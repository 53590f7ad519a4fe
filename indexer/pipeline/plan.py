"""Plan a build: what of the seeds changed, and whether the index is brought up to date or built anew."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from indexer.analysis.segmenter import SegmenterChoice
from indexer.analysis.shipped_dictionary import shipped_dictionary
from indexer.errors import IndexDamagedError, IndexMissingError, IndexVersionError
from indexer.pipeline.changes import Changes, find_changes
from indexer.pipeline.fingerprint import fingerprint
from indexer.seeds.folder import file_status
from indexer.seeds.user_files import UserTopics, read_synonyms, read_user_topics, read_user_words
from indexer.store.address import IndexPlace
from indexer.store.generations import current_generation
from indexer.store.manifest import Manifest, SourceState, read_manifest

__all__ = [
    "Base",
    "BuildPlan",
    "Phase",
    "Planned",
    "Progress",
    "answering_base",
    "plan_build",
    "refreshed_manifest",
]

Phase = Literal["reading", "merging", "words"]
"""What a build does: it reads and cuts the seeds, merges what it read, and writes the values and words."""

Progress = Callable[[Phase, int, int, str], None]
"""Called with the phase, how much of it was done since the last call, how much there is to do, and of what.

The last is the seed that is read, with the share that was, where it takes long: a.pdf 48 %.
"""


class Base(Struct, frozen=True):
    """The generation that a build brings up to date."""

    folder: Path
    manifest: Manifest

    @property
    def dictionary(self) -> Path:
        """The file of the words that its texts were cut by."""
        return self.folder / self.manifest.cut_by


class BuildPlan(Struct, frozen=True):
    """What one build works from, found out before anything is written.

    `files` are the seeds by source, their path relative to the folder `seeds`. `changes` compares them
    with the index that answers. `base` is that index where it is brought up to date; where it is None, all
    seeds are read, and `anew` says why those that did not change are. `guarded` is the manifest of the
    index that may not lose most of its paragraphs, None where it may. `analysis` is what the new manifest
    says of how text is read and cut. `started` is the time by the monotonic clock. `shipped` is the
    dictionary that ships, where there is no base and it holds the words of this build.
    """

    seeds: Path
    index: IndexPlace
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
    anew: str
    shipped: Path | None

    @property
    def known(self) -> Mapping[str, SourceState]:
        """The seeds that the base was built from, as they were then."""
        return self.base.manifest.sources if self.base else {}

    @property
    def changed(self) -> set[str]:
        """The sources that have to be read: those added and those changed, or all."""
        return {*self.changes.added, *self.changes.changed} if self.base else {*self.files}

    @property
    def seeds_from_index(self) -> str:
        """The seeds folder relative to the index, so that both can move together; of a cluster as it is."""
        if not isinstance(self.index, Path):
            return str(self.seeds.resolve())
        try:
            return Path(os.path.relpath(self.seeds.resolve(), self.index.resolve())).as_posix()
        except ValueError:  # on another drive
            return str(self.seeds.resolve())

    def segmenter(self, *, quick: bool) -> SegmenterChoice:
        """Choose what cuts the texts: jieba's words, or where it has to be `quick`, a stored dictionary.

        That is the one of the base or, where there is none, the one that ships.
        """
        stored = self.base.dictionary if self.base else self.shipped
        return SegmenterChoice(self.user_words, stored if quick else None)


def plan_build(
    seeds: Path,
    index: IndexPlace,
    files: Mapping[str, Path],
    answering: Base | None,
    *,
    full: bool,
    force: bool,
    follow_links: bool,
    progress: Progress | None,
) -> BuildPlan:
    """Compare the seeds with the index, reading every seed, and decide what the build starts from.

    It starts from the generation that is `answering`, unless `full`, or unless text is analysed differently
    now.
    Raise `SeedError` when the user's topics, words or synonyms cannot be read.
    """
    topics, words = read_user_topics(seeds), read_user_words(seeds)
    read_synonyms(seeds)  # a search reads them; a build is where their mistakes are looked for
    analysis = fingerprint(files) | topics.fingerprint() | words.fingerprint()
    before = answering.manifest.analysis if answering else analysis
    changed = sorted(name for name in before | analysis if before.get(name) != analysis.get(name))
    base = None if full or changed else answering
    return BuildPlan(
        seeds=seeds,
        index=index,
        files=files,
        changes=find_changes(files, answering.manifest.sources if answering else {}, thorough=True),
        base=base,
        guarded=answering.manifest if answering and not force else None,
        analysis=analysis,
        user_topics=topics,
        user_words=words.words,
        follow_links=follow_links,
        progress=progress,
        started=time.monotonic(),
        anew=_why_anew(changed, full=full) if answering else "",
        shipped=None if base else shipped_dictionary(words.words),
    )


Planned = Callable[[Base | None], BuildPlan]
"""Plans a build, given the generation that answers."""


def refreshed_manifest(plan: BuildPlan, base: Base) -> Manifest:
    """Note where the seeds lie now, and the new times of files whose content is unchanged."""
    sources = {
        source: replace(state, mtime_ns=file_status(plan.files[source])[1])
        for source, state in plan.known.items()
    }
    return replace(
        base.manifest, sources=sources, seeds=plan.seeds_from_index, follow_links=plan.follow_links
    )


def _why_anew(changed: Sequence[str], *, full: bool) -> str:
    """Say why everything is read: what decides how texts are cut has changed, or somebody asked for it."""
    return f"{', '.join(changed)} changed" if changed else "asked for" if full else ""


def answering_base(index: Path) -> Base | None:
    """Find the generation that answers; None where there is none or its manifest cannot be read."""
    try:
        folder = current_generation(index)
        return Base(folder, read_manifest(folder))
    except (IndexMissingError, IndexVersionError, IndexDamagedError):
        return None
