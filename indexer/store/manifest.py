"""Where an index lies on disk, and its manifest: what it was built from, when, and by what.

An index folder holds one generation, a folder of segments with its manifest, and the file
`current` that names it. The manifest has the hash of every other file, and its own. A build writes
the next generation beside it and swaps `current`, so that a reader sees the old index or the new
one and never a part of either.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from indexer.errors import (
    DamageError,
    IndexDamagedError,
    IndexVersionError,
    build_command,
)
from indexer.models import Fault
from indexer.store.atomic import write_atomically
from indexer.store.checked_json import dump_checked, load_checked
from indexer.store.generations import _reason

__all__ = [
    "INDEX_VERSION",
    "FileState",
    "Manifest",
    "SourceState",
    "content_files",
    "read_manifest",
    "write_manifest",
]

INDEX_VERSION = 4
"""Counts up whenever an index written before can no longer be read."""


_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class SourceState:
    """A seed as it was read: its content's hash, its size and time, and what it gave.

    `claims` are the ids that its records give without being a paragraph of the index, each with the
    seed that has it: another one, or this one where the record itself is at fault.
    """

    sha256: str
    size: int
    mtime_ns: int
    kinds: dict[str, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    claims: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileState:
    """A file of an index as it was written."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was built from. `seeds` is relative to the index folder where that is possible.

    `analysis` decides how text is read, folded, cut and indexed: with another one, an index is built
    anew. `packages` tells which versions built it and decides nothing. `files` are those of the index.

    `cut_by` names the one of them that holds the words by which all texts were cut, of whichever source
    and in whichever build. A build of many texts takes them from jieba's files and `words.txt`, a small
    one from the dictionary that the first build made of these: as long as `analysis` is the same, both
    say the same of every word.
    """

    seeds: str
    built: str
    seconds: float
    analysis: dict[str, str]
    packages: dict[str, str]
    sources: dict[str, SourceState]
    files: dict[str, FileState]
    cut_by: str
    version: int = INDEX_VERSION
    follow_links: bool = False

    def kinds(self) -> dict[str, int]:
        """Return how many pieces of each kind the index holds."""
        total: Counter[str] = Counter()
        for state in self.sources.values():
            total.update(state.kinds)
        return dict(total)

    def faults(self) -> tuple[Fault, ...]:
        """Return what could not be read of the seeds."""
        return tuple(fault for state in self.sources.values() for fault in state.faults)

    def seeds_folder(self, index: Path) -> Path:
        """Return the seeds folder as seen from here."""
        return Path(os.path.normpath(index.resolve() / self.seeds))


def read_manifest(generation: Path) -> Manifest:
    """Return the manifest of a generation.

    Raise `IndexVersionError` when it is of another version, `IndexDamagedError` when it cannot be read.
    """
    path, index = generation / _MANIFEST, generation.parent
    remedy = f"rebuild it with: {build_command(index, full=True)}"
    try:
        data = path.read_bytes()
        version = _version(data)
        manifest = _manifest(load_checked(data, _MANIFEST)) if version == INDEX_VERSION else None
    except (OSError, DamageError) as error:
        raise IndexDamagedError(
            f"the manifest of the index at {index} cannot be read ({_reason(error)}); {remedy}"
        ) from None
    if manifest is None:
        raise IndexVersionError(
            f"the index at {index} is of version {version} and this program reads {INDEX_VERSION}; "
            f"{'upgrade the program, or ' if version > INDEX_VERSION else ''}{remedy}"
        )
    return manifest


def _version(data: bytes) -> int:
    """Return the version in a manifest; those of other versions were sealed in other ways, or not at all."""
    try:
        record = json.loads(data)
    except (ValueError, RecursionError):  # no JSON, or nested deeper than anything that was written
        record = None
    version = record.get("version") if isinstance(record, dict) else None
    if not isinstance(version, int):
        raise DamageError(f"{_MANIFEST} is not as it was written")
    return version


def _manifest(record: dict[str, Any]) -> Manifest:
    """Return the manifest in a record; raise `DamageError` when it is not of the form."""
    try:
        return _formed(record)
    except (LookupError, TypeError, ValueError, OverflowError) as error:
        raise DamageError(f"{_MANIFEST} is not of the form") from error


def _formed(record: dict[str, Any]) -> Manifest:
    manifest = Manifest(
        **{
            **record,
            "sources": {source: _source(state) for source, state in _mapping(record["sources"]).items()},
            "analysis": _texts(record["analysis"]),
            "packages": _texts(record["packages"]),
            "files": {name: FileState(**state) for name, state in _mapping(record["files"]).items()},
        }
    )
    return replace(
        manifest,
        seeds=os.fspath(manifest.seeds),
        cut_by=os.fspath(manifest.cut_by),
        seconds=float(manifest.seconds),
        follow_links=bool(manifest.follow_links),
    )


def _source(state: dict[str, Any]) -> SourceState:
    return SourceState(
        **{
            **state,
            "kinds": {kind: int(count) for kind, count in _mapping(state["kinds"]).items()},
            "faults": tuple(Fault(**fault) for fault in state["faults"]),
            "claims": _texts(state["claims"]),
        }
    )


def _texts(value: Any) -> dict[str, str]:
    return {name: str(text) for name, text in _mapping(value).items()}


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(value)
    return value


def write_manifest(generation: Path, manifest: Manifest) -> None:
    """Write the manifest into its generation, whole or not at all."""
    write_atomically(generation / _MANIFEST, dump_checked(asdict(manifest)))


def content_files(generation: Path) -> list[Path]:
    """Return the files of a generation that its manifest has to tell of: all others, sorted."""
    return sorted(path for path in generation.iterdir() if path.name != _MANIFEST)
