"""Whether an index still is what its seeds say."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import SeedError, build_command
from indexer.pipeline.changes import Changes, changes
from indexer.pipeline.fingerprint import fingerprint
from indexer.seeds.folder import WORDLIST, find_seeds
from indexer.seeds.user_files import VOCABULARY, read_vocabulary, read_wordlist
from indexer.store.checksums import DIGITS
from indexer.store.manifest import Passport
from indexer.text.folding import folding_version

__all__ = ["Staleness"]


@dataclass(frozen=True, slots=True)
class Staleness:
    """Compares what the index at `index` was built from, by its passport, with what there is now."""

    index: Path
    passport: Passport

    @property
    def seeds(self) -> Path:
        """The folder of the seeds, as seen from the working directory where it lies below."""
        folder = self.passport.seeds_folder(self.index)
        with suppress(ValueError):
            folder = folder.relative_to(Path.cwd())
        return folder

    def update_command(self) -> str:
        """Return the command that brings the index up to date."""
        return build_command(self.index, self.seeds, follow_links=self.passport.follow_links)

    def changes(self, *, thorough: bool = False) -> Changes:
        """Tell how the seeds differ from what the index was built from.

        A file whose size and time are unchanged counts as unchanged unless `thorough`. When the
        seeds folder is gone, all of it counts as removed.
        """
        try:
            seeds = find_seeds(self.seeds, follow_links=self.passport.follow_links)
        except SeedError:
            seeds = {}
        return changes(seeds, self.passport.sources, thorough=thorough)

    def analysis_changes(self, *, thorough: bool = False) -> str:
        """Tell how text is read differently now than when the index was built; nothing where it is not.

        The index brings its own dictionary, so that a search only minds how text is folded and the
        user's topics and words; `thorough` minds jieba, too.
        """
        then = self.passport.analysis
        now = fingerprint() if thorough else folding_version()
        now |= read_vocabulary(self.seeds).fingerprint() | read_wordlist(self.seeds).fingerprint()
        return ", ".join(
            f"{name} was {then.get(name, 'absent')[:DIGITS]} and is {now.get(name, 'absent')[:DIGITS]}"
            for name in now | then
            if (thorough or name in {*now, VOCABULARY, WORDLIST}) and then.get(name) != now.get(name)
        )
