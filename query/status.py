"""What an index holds, when and from what it was built, and whether that has changed since."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from indexer.models import Fault
from indexer.staleness import Staleness

__all__ = ["Status", "status_of"]


class Status(Struct, frozen=True):
    """The status of an index.

    `seeds` is the folder it was built from, and `sources` the number of files read there; `kinds` counts its
    paragraphs by kind, `size` its bytes. `built` is when, `seconds` how long it took, `packages` by what.
    `changes` and `analysis_changes` say what makes it stale, "" where nothing does, and `update_command`
    brings it up to date. `faults` are what could not be read, `others` the files that are no seeds.
    """

    seeds: Path
    sources: int
    kinds: Mapping[str, int]
    size: int
    built: str
    seconds: float
    version: int
    packages: Mapping[str, str]
    changes: str
    analysis_changes: str
    update_command: str
    faults: tuple[Fault, ...]
    others: tuple[str, ...]

    @property
    def is_stale(self) -> bool:
        """Whether the index is not as it would be if it were built now."""
        return bool(self.changes or self.analysis_changes)


def status_of(staleness: Staleness, *, thorough: bool) -> Status:
    """Put the status of an index together from its manifest and its seeds as they are now."""
    manifest = staleness.manifest
    changes = staleness.changes(thorough=thorough)
    gone = "" if staleness.seeds.is_dir() else f"there is no folder {staleness.seeds}"
    return Status(
        seeds=staleness.seeds,
        sources=len(manifest.sources),
        kinds=manifest.kinds(),
        size=sum(file.size for file in manifest.files.values()),
        built=manifest.built,
        seconds=manifest.seconds,
        version=manifest.version,
        packages=manifest.packages,
        changes="; ".join(filter(None, (gone, str(changes) if changes else ""))),
        analysis_changes=staleness.analysis_changes(thorough=thorough),
        update_command=staleness.update_command(),
        faults=manifest.faults(),
        others=staleness.others(),
    )
