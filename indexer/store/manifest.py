"""The manifest of a generation: what it was built from, when and by what, and the hash of every file."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

from msgspec import Struct, field, to_builtins
from msgspec.structs import replace

from indexer.errors import DamageError, IndexDamagedError, IndexVersionError, build_command
from indexer.models import Fault
from indexer.store.address import IndexPlace
from indexer.store.atomic import write_atomically
from indexer.store.checked_json import dump_checked, load_checked
from indexer.store.damage import damage_reason

__all__ = [
    "INDEX_VERSION",
    "FileState",
    "Manifest",
    "SourceState",
    "content_files",
    "read_manifest",
    "write_manifest",
]

INDEX_VERSION = 7
"""The version of the format on disk; it grows when an index written before can no longer be read."""

_MANIFEST_FILE = "manifest.json"
_FORMER_MANIFEST_FILE = "passport.json"  # up to version 3


class SourceState(Struct, frozen=True):
    """A seed as it was read: SHA-256, bytes and modification time of the file, and what was found in it.

    `kinds` counts its paragraphs of each kind, `faults` says what could not be read. `claims` are the
    ids of its records that became no paragraph of the index, each with the seed that owns the id:
    another one, or this one where the record itself is at fault.
    """

    sha256: str
    size: int
    mtime_ns: int
    kinds: dict[str, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    claims: dict[str, str] = field(default_factory=dict)


class FileState(Struct, frozen=True):
    """A file of an index as it was written: its SHA-256 and its bytes."""

    sha256: str
    size: int


class Manifest(Struct, frozen=True):
    """What an index was built from, when and by what.

    `seeds` is the seeds folder, relative to the index folder where that is possible. `sources` has the
    state of each seed by its path, `files` that of each other file of the generation by its name.

    `analysis` is what decides how texts are read, folded, segmented and indexed: where it differs, the
    index is built anew. `packages` are the versions that built it, and decide nothing.

    `cut_by` names the file of words by which all texts were segmented, of whichever source and in
    whichever build. A large build takes the words from jieba's files and `words.txt`, a small one from
    the dictionary that the first build made of these: as long as `analysis` is the same, both agree on
    every word.
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
        """Count the paragraphs of each kind in the index."""
        total: Counter[str] = Counter()
        for state in self.sources.values():
            total.update(state.kinds)
        return dict(total)

    def faults(self) -> tuple[Fault, ...]:
        """List what could not be read, of all seeds."""
        return tuple(fault for state in self.sources.values() for fault in state.faults)

    def seeds_folder(self, index: IndexPlace) -> Path:
        """Resolve the seeds folder against the folder of the index; that of an address is whole."""
        return Path(os.path.normpath(index.resolve() / self.seeds if isinstance(index, Path) else self.seeds))


def read_manifest(generation: Path) -> Manifest:
    """Read and check the manifest of a generation.

    Raise `IndexVersionError` when it is of another version, `IndexDamagedError` when it cannot be read.
    """
    path, index = _manifest_path(generation), generation.parent
    remedy = f"rebuild it with: {build_command(index, full=True)}"
    try:
        data = path.read_bytes()
        version = _parse_version(data)
        manifest = _parse_manifest(load_checked(data, _MANIFEST_FILE)) if version == INDEX_VERSION else None
    except (OSError, DamageError) as error:
        raise IndexDamagedError(
            f"the manifest of the index at {index} cannot be read ({damage_reason(error)}); {remedy}"
        ) from None
    if manifest is None:
        raise IndexVersionError(
            f"the index at {index} is of version {version} and this program reads {INDEX_VERSION}; "
            f"{'upgrade the program, or ' if version > INDEX_VERSION else ''}{remedy}"
        )
    return manifest


def write_manifest(generation: Path, manifest: Manifest) -> None:
    """Write the manifest into its generation, whole or not at all. Raise `OSError` when that fails."""
    write_atomically(generation / _MANIFEST_FILE, dump_checked(to_builtins(manifest)))


def content_files(generation: Path) -> list[Path]:
    """List the files of a generation that its manifest describes: all but itself, sorted."""
    return sorted(path for path in generation.iterdir() if path.name != _MANIFEST_FILE)


def _manifest_path(generation: Path) -> Path:
    """Locate the manifest of a generation, under its former name where there is only that."""
    path, former = generation / _MANIFEST_FILE, generation / _FORMER_MANIFEST_FILE
    return former if former.exists() and not path.exists() else path


def _parse_version(data: bytes) -> int:
    """Parse the version alone: manifests of other versions have other checksums, or none."""
    try:
        record = json.loads(data)
    except (ValueError, RecursionError):  # no JSON, or nested deeper than anything that was written
        record = None
    version = record.get("version") if isinstance(record, dict) else None
    if not isinstance(version, int):
        raise DamageError(f"{_MANIFEST_FILE} is not as it was written")
    return version


def _parse_manifest(record: dict[str, Any]) -> Manifest:
    """Convert a record into a manifest; raise `DamageError` when it is not of the form."""
    try:
        return _as_manifest(record)
    except (LookupError, TypeError, ValueError, OverflowError) as error:
        raise DamageError(f"{_MANIFEST_FILE} is not of the form") from error


def _as_manifest(record: dict[str, Any]) -> Manifest:
    manifest = Manifest(
        **{
            **record,
            "sources": {
                source: _as_source(state) for source, state in _as_mapping(record["sources"]).items()
            },
            "analysis": _as_texts(record["analysis"]),
            "packages": _as_texts(record["packages"]),
            "files": {name: FileState(**state) for name, state in _as_mapping(record["files"]).items()},
        }
    )
    return replace(
        manifest,
        seeds=os.fspath(manifest.seeds),
        cut_by=os.fspath(manifest.cut_by),
        seconds=float(manifest.seconds),
        follow_links=bool(manifest.follow_links),
    )


def _as_source(state: dict[str, Any]) -> SourceState:
    return SourceState(
        **{
            **state,
            "kinds": {kind: int(count) for kind, count in _as_mapping(state["kinds"]).items()},
            "faults": tuple(Fault(**fault) for fault in state["faults"]),
            "claims": _as_texts(state["claims"]),
        }
    )


def _as_texts(value: Any) -> dict[str, str]:
    return {name: str(text) for name, text in _as_mapping(value).items()}


def _as_mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(value)
    return value
