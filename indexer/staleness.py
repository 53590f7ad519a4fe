"""Tell whether an index is stale: whether its seeds, or the ways of reading them, have changed."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from indexer.errors import SeedError, build_command
from indexer.pipeline.changes import Changes, find_changes
from indexer.pipeline.fingerprint import fingerprint
from indexer.seeds.folder import TOPICS_FILE, WORDS_FILE, find_files
from indexer.seeds.user_files import read_synonyms, read_user_topics, read_user_words
from indexer.store.address import IndexPlace
from indexer.store.checksums import DIGEST_DIGITS
from indexer.store.manifest import Manifest
from indexer.text.folding import folding_version

__all__ = ["Staleness"]


class Staleness(Struct, frozen=True):
    """Compares what the index at `index` was built from, by its manifest, with what there is now.

    Nothing is cached: every call looks at the files again.
    """

    index: IndexPlace
    manifest: Manifest

    @property
    def seeds(self) -> Path:
        """The folder of the seeds, as seen from the working directory where it lies below."""
        folder = self.manifest.seeds_folder(self.index)
        with suppress(ValueError):
            folder = folder.relative_to(Path.cwd())
        return folder

    def update_command(self) -> str:
        """Compose the shell command that brings the index up to date."""
        return build_command(self.index, self.seeds, follow_links=self.manifest.follow_links)

    def changes(self, *, thorough: bool = False) -> Changes:
        """Find the seeds that differ from those the index was built from.

        A file whose size and time are unchanged counts as unchanged unless `thorough`, which hashes its
        content. When the folder has no seeds or cannot be read, all of them count as removed.
        """
        try:
            seeds = find_files(self.seeds, follow_links=self.manifest.follow_links).seeds
        except SeedError:
            seeds = {}
        return find_changes(seeds, self.manifest.sources, thorough=thorough)

    def others(self) -> tuple[str, ...]:
        """List the files among the seeds that are no seeds; none where the folder cannot be read."""
        with suppress(SeedError):
            return find_files(self.seeds, follow_links=self.manifest.follow_links).others
        return ()

    def analysis_changes(self, *, thorough: bool = False) -> str:
        """Describe how text is analysed differently now than when the index was built; empty if it is not.

        The index brings its own dictionary, so that for a search only the versions of folding and the
        user's topics and words matter; `thorough` compares those of jieba and the schema, too.
        Raise `SeedError` when the user's topics or words, or where it is `thorough` synonyms, cannot be read.
        """
        then = self.manifest.analysis
        now = fingerprint(self.manifest.sources) if thorough else folding_version()
        now |= read_user_topics(self.seeds).fingerprint() | read_user_words(self.seeds).fingerprint()
        if thorough:
            read_synonyms(self.seeds)
        compared = now | then if thorough else {*now, TOPICS_FILE, WORDS_FILE}
        return ", ".join(
            f"{name} was {_short(then.get(name))} and is {_short(now.get(name))}"
            for name in now | then
            if name in compared and then.get(name) != now.get(name)
        )


def _short(version: str | None) -> str:
    """Shorten a version, which may be a digest, to the digits that anybody reads."""
    return version[:DIGEST_DIGITS] if version else "absent"
