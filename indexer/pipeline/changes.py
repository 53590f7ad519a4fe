"""Find the seeds that differ from those an index was built from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from indexer.store.checksums import file_digest
from indexer.store.manifest import SourceState

__all__ = ["Changes", "find_changes"]


class Changes(Struct, frozen=True):
    """The sources that differ from those an index was built from, each sorted by path."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is any change."""
        return bool(self.added or self.changed or self.removed)

    def __str__(self) -> str:
        """Say how many changed and name the first three: 2 added, 1 removed (a.txt, b.txt, c.txt)."""
        parts = {"added": self.added, "changed": self.changed, "removed": self.removed}
        counts = ", ".join(f"{len(names)} {what}" for what, names in parts.items() if names)
        names = [*self.added, *self.changed, *self.removed]
        return f"{counts} ({', '.join(names[:3])}{', …' if len(names) > 3 else ''})"


def find_changes(seeds: Mapping[str, Path], known: Mapping[str, SourceState], *, thorough: bool) -> Changes:
    """Compare seeds, by source, with their states in a manifest.

    A file whose size and time are as they were counts as unchanged unless `thorough`, which hashes
    the content of every file.
    """
    shared = [source for source in seeds if source in known]
    return Changes(
        added=tuple(source for source in seeds if source not in known),
        changed=tuple(
            source for source in shared if _differs(seeds[source], known[source], thorough=thorough)
        ),
        removed=tuple(source for source in known if source not in seeds),
    )


def _differs(path: Path, known: SourceState, *, thorough: bool) -> bool:
    try:
        status = path.stat()
        same = status.st_size == known.size and status.st_mtime_ns == known.mtime_ns
        return not (same and not thorough) and file_digest(path) != known.sha256
    except OSError:  # it was unreadable before, too, when nothing is known of its content
        return known.sha256 != ""
