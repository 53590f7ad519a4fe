"""The seeds folder: which files are seeds, and whether they still are what an index was built from."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import SeedError
from indexer.models import Fault
from indexer.storage import SourceState

__all__ = ["SYNONYMS", "Changes", "changes", "digest", "find_seeds", "status_of", "unreadable"]

SYNONYMS = "synonyms.txt"
"""A file beside the seeds that is for the search, and no seed."""

_SUFFIXES = (".txt", ".jsonl")
_LISTS = ("words.txt", SYNONYMS)  # of the user's, beside the seeds
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Changes:
    """Sources that differ from what an index was built from."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self.added or self.changed or self.removed)

    def __str__(self) -> str:
        """Say what changed: 2 added, 1 removed (a.txt, b.txt, c.txt)."""
        parts = {"added": self.added, "changed": self.changed, "removed": self.removed}
        counts = ", ".join(f"{len(names)} {what}" for what, names in parts.items() if names)
        names = [*self.added, *self.changed, *self.removed]
        return f"{counts} ({', '.join(names[:3])}{', …' if len(names) > 3 else ''})"


def find_seeds(folder: Path) -> dict[str, Path]:
    """Return the seeds in a folder and its sub-folders, by their path relative to it, sorted.

    Names that begin with a dot are passed over, and so are the user's lists in the folder itself.
    Raise `SeedError` when there is no folder or no seed, or when a folder or a name cannot be read.
    """
    if not folder.is_dir():
        raise SeedError(f"no seeds folder at {folder}; create it and put .txt or .jsonl files into it")
    found = {}
    lists = [folder / name for name in _LISTS]
    for root, folders, files in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            path = Path(root, name)
            if _is_seed(path) and path not in lists:
                found[_source(path, folder)] = path
    if not found:
        raise SeedError(f"no seeds in {folder}; put .txt or .jsonl files into it")
    return dict(sorted(found.items()))


def _is_seed(path: Path) -> bool:
    """Tell whether a path is a seed. A link that leads nowhere is one, and will be a fault."""
    if path.name.startswith(".") or not path.name.lower().endswith(_SUFFIXES):
        return False
    return path.is_file() or not path.exists()


def _source(path: Path, folder: Path) -> str:
    """Return the path of a seed relative to its folder; it has to be text, the folders in it too."""
    source = path.relative_to(folder).as_posix()
    try:
        source.encode("utf-8")
    except UnicodeEncodeError:
        raise SeedError(f"the name of {str(path)!a} is not UTF-8; rename it") from None
    return source


def _refuse(error: OSError) -> None:
    """Stop at a folder that cannot be read: its texts would seem to have vanished."""
    raise SeedError(
        f"the folder {error.filename} cannot be read ({error.strerror}); check its rights"
    ) from error


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's content, in hexadecimal digits."""
    hashed = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            hashed.update(block)
    return hashed.hexdigest()


def status_of(path: Path) -> tuple[int, int]:
    """Return the size and the time of a file, nothing of one that is not there."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns


def unreadable(source: str, error: SeedError | OSError) -> Fault:
    """Return the fault of a seed that cannot be read at all."""
    if isinstance(error, SeedError):
        return Fault(source, None, str(error))
    return Fault(source, None, f"it cannot be read ({error.strerror}); check the file and its rights")


def changes(seeds: Mapping[str, Path], known: Mapping[str, SourceState], *, thorough: bool) -> Changes:
    """Compare seeds with what an index knows of them.

    A file whose size and time are as they were counts as unchanged unless `thorough`, which reads
    every file.
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
        return not (same and not thorough) and digest(path) != known.sha256
    except OSError:  # it was unreadable before, too, when nothing is known of its content
        return known.sha256 != ""
