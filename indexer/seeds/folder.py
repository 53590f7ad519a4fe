"""The seeds folder: which of its files are seeds, which are the user's, and what can be read of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from indexer.errors import SeedError
from indexer.models import Fault

__all__ = [
    "SYNONYMS_FILE",
    "TOPICS_FILE",
    "WORDS_FILE",
    "file_status",
    "find_seeds",
    "is_jsonl",
    "other_files",
    "outside_links",
    "read_user_file",
    "unreadable_fault",
]

# The user's files in the seeds folder itself, which are no seeds: see `indexer.seeds.user_files`.
SYNONYMS_FILE = "synonyms.txt"
TOPICS_FILE = "topics.toml"
WORDS_FILE = "words.txt"

_USER_FILES = (SYNONYMS_FILE, TOPICS_FILE, WORDS_FILE)
_JSONL_SUFFIX = ".jsonl"
_SEED_SUFFIXES = (".txt", _JSONL_SUFFIX)
_MAX_NAMED = 3  # files that an error names


def find_seeds(folder: Path, *, follow_links: bool = False) -> dict[str, Path]:
    """Find the seeds in a folder and its sub-folders: by their path relative to it, in that order.

    Names that begin with a dot are passed over, and so are the user's files in the folder itself and,
    unless `follow_links`, links that lead out of it.
    Raise `SeedError` when there is no folder or no seed, or when a folder or a name cannot be read.
    """
    if not folder.is_dir():
        raise SeedError(f"no seeds folder at {folder}; create it and put .txt or .jsonl files into it")
    seeds = {}
    user_files = [folder / name for name in _USER_FILES]
    for path in _walk(folder, follow_links=follow_links):
        if _is_seed(path) and path not in user_files and (follow_links or not _leads_out(path, folder)):
            seeds[_relative(path, folder)] = path
    if not seeds:
        others = other_files(folder, follow_links=follow_links)
        there = f" but {', '.join(others[:_MAX_NAMED])}" if others else ""
        raise SeedError(f"no seeds in {folder}{there}; put .txt or .jsonl files into it")
    return dict(sorted(seeds.items()))


def is_jsonl(source: str) -> bool:
    """Tell by its name whether a seed is a file of JSON lines, with one record a line, not a page."""
    return source.lower().endswith(_JSONL_SUFFIX)


def other_files(folder: Path, *, follow_links: bool = False) -> tuple[str, ...]:
    """List the files in a folder and its sub-folders that are no seeds and not the user's, by relative path.

    Raise `SeedError` when a folder or a name cannot be read.
    """
    user_files = [folder / name for name in _USER_FILES]
    others = (
        path
        for path in _walk(folder, follow_links=follow_links)
        if path.is_file() and not _is_seed(path) and path not in user_files
    )
    return tuple(
        sorted(_relative(path, folder) for path in others if follow_links or not _leads_out(path, folder))
    )


def outside_links(folder: Path) -> tuple[str, ...]:
    """List the links in a folder that lead out of it to seeds or to folders, by their relative paths.

    Raise `SeedError` when a folder or a name cannot be read.
    """
    links = (path for path in _walk(folder, follow_links=False) if _leads_out(path, folder))
    return tuple(sorted(_relative(path, folder) for path in links if path.is_dir() or _is_seed(path)))


def read_user_file(folder: Path, name: str) -> bytes | None:
    """Read one of the user's files in the seeds folder, None where there is no such file.

    Raise `SeedError` when it cannot be read, or is not a file in that folder.
    """
    path = folder / name
    try:
        if _leads_out(path, folder):
            raise SeedError(f"{path} is a link that leads out of the seeds; put the file itself there")
        if path.exists() and not (path.is_file() or path.is_dir()):  # reading a pipe would never end
            raise SeedError(f"{path} is no file; remove it, or put one there")
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SeedError(f"{path} cannot be read ({error.strerror}); check its rights") from error


def file_status(path: Path) -> tuple[int, int]:
    """Return the size of a file in bytes and its modification time in nanoseconds, zeros without a file."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns


def unreadable_fault(source: str, error: SeedError | OSError) -> Fault:
    """Make the fault of a seed that cannot be read at all, or not to its end."""
    if isinstance(error, SeedError):
        return Fault(source, None, str(error))
    return Fault(source, None, f"it cannot be read ({error.strerror}); check the file and its rights")


def _walk(folder: Path, *, follow_links: bool) -> Iterator[Path]:
    """Walk through the files in a folder and its sub-folders, and the links to folders that are not followed.

    An index among them is passed over. Of links to folders, only those that lead out can be followed, as the
    others are met anyway; and no folder is met twice, so that a circle ends.
    """
    waiting, seen = [folder], {os.path.realpath(folder)}
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                paths = sorted(Path(entry.path) for entry in entries if not entry.name.startswith("."))
            folders = {path for path in paths if path.is_dir()}
            paths = [path for path in paths if path not in folders or not _is_index(path)]
        except OSError as error:
            raise _unreadable_folder(error) from error
        for path in paths:
            is_link = path.is_symlink()
            if path not in folders or (is_link and not (follow_links and _leads_out(path, folder))):
                yield path
            elif not follow_links or (real := os.path.realpath(path)) not in seen:
                seen |= {real} if follow_links else set()
                waiting.append(path)


def _is_index(folder: Path) -> bool:
    """Tell whether an index lies in a folder."""
    return (folder / "current").is_file() and any(folder.glob("generation-*"))


def _leads_out(path: Path, folder: Path) -> bool:
    """Tell whether a path is a link that leads out of a folder."""
    if not path.is_symlink():
        return False
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _is_seed(path: Path) -> bool:
    """Tell whether a path is a seed. A link that leads nowhere is one, and will be a fault."""
    return path.name.lower().endswith(_SEED_SUFFIXES) and (path.is_file() or not path.exists())


def _relative(path: Path, folder: Path) -> str:
    """Return the path of a seed relative to its folder; raise `SeedError` where it is not UTF-8."""
    source = path.relative_to(folder).as_posix()
    try:
        source.encode("utf-8")
    except UnicodeEncodeError:
        raise SeedError(f"the name of {str(path)!a} is not UTF-8; rename it") from None
    return source


def _unreadable_folder(error: OSError) -> SeedError:
    """Make the error of a folder that cannot be read: its texts would seem to have vanished."""
    return SeedError(f"the folder {error.filename} cannot be read ({error.strerror}); check its rights")
