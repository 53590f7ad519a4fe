"""Whether an index still is what its seeds say."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import SeedError, build_command
from indexer.pipeline.changes import Changes, find_changes
from indexer.pipeline.fingerprint import fingerprint
from indexer.seeds.folder import TOPICS_FILE, WORDS_FILE, find_seeds
from indexer.seeds.user_files import read_user_topics, read_user_words
from indexer.store.checksums import DIGEST_DIGITS
from indexer.store.manifest import Manifest
from indexer.text.folding import folding_version

__all__ = ["Staleness"]


@dataclass(frozen=True, slots=True)
class Staleness:
    """Compares what the index at `index` was built from, by its manifest, with what there is now."""

    index: Path
    manifest: Manifest

    @property
    def seeds(self) -> Path:
        """The folder of the seeds, as seen from the working directory where it lies below."""
        folder = self.manifest.seeds_folder(self.index)
        with suppress(ValueError):
            folder = folder.relative_to(Path.cwd())
        return folder

    def update_command(self) -> str:
        """Return the command that brings the index up to date."""
        return build_command(self.index, self.seeds, follow_links=self.manifest.follow_links)

    def changes(self, *, thorough: bool = False) -> Changes:
        """Tell how the seeds differ from what the index was built from.

        A file whose size and time are unchanged counts as unchanged unless `thorough`. When the
        seeds folder is gone, all of it counts as removed.
        """
        try:
            seeds = find_seeds(self.seeds, follow_links=self.manifest.follow_links)
        except SeedError:
            seeds = {}
        return find_changes(seeds, self.manifest.sources, thorough=thorough)

    def analysis_changes(self, *, thorough: bool = False) -> str:
        """Tell how text is read differently now than when the index was built; nothing where it is not.

        The index brings its own dictionary, so that a search only minds how text is folded and the
        user's topics and words; `thorough` minds jieba, too.
        """
        then = self.manifest.analysis
        now = fingerprint() if thorough else folding_version()
        now |= read_user_topics(self.seeds).fingerprint() | read_user_words(self.seeds).fingerprint()
        minded = now | then if thorough else {*now, TOPICS_FILE, WORDS_FILE}
        return ", ".join(
            f"{name} was {_shown(then.get(name))} and is {_shown(now.get(name))}"
            for name in now | then
            if name in minded and then.get(name) != now.get(name)
        )


def _shown(version: str | None) -> str:
    return version[:DIGEST_DIGITS] if version else "absent"
