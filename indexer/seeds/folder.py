"""The seeds folder: which files are seeds, and whether they still are what an index was built from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from indexer.errors import SeedError
from indexer.models import Fault

__all__ = [
    "SYNONYMS_FILE",
    "WORDS_FILE",
    "file_status",
    "find_seeds",
    "outside_links",
    "read_user_file",
    "unreadable_fault",
]

SYNONYMS_FILE = "synonyms.txt"
"""The user's synonyms: a file beside the seeds that is no seed."""

WORDS_FILE = "words.txt"
"""The user's words: another."""


_SUFFIXES = (".txt", ".jsonl")
_LISTS = (WORDS_FILE, SYNONYMS_FILE)


def find_seeds(folder: Path, *, follow_links: bool = False) -> dict[str, Path]:
    """Return the seeds in a folder and its sub-folders, by their path relative to it, sorted.

    Names that begin with a dot are passed over, and so are the user's lists in the folder itself and,
    unless `follow_links`, links that lead out of it.
    Raise `SeedError` when there is no folder or no seed, or when a folder or a name cannot be read.
    """
    if not folder.is_dir():
        raise SeedError(f"no seeds folder at {folder}; create it and put .txt or .jsonl files into it")
    found = {}
    lists = [folder / name for name in _LISTS]
    for path in _entries(folder, follow_links=follow_links):
        if _is_seed(path) and path not in lists and (follow_links or not _leads_out(path, folder)):
            found[_source(path, folder)] = path
    if not found:
        raise SeedError(f"no seeds in {folder}; put .txt or .jsonl files into it")
    return dict(sorted(found.items()))


def outside_links(folder: Path) -> tuple[str, ...]:
    """Return the links in a folder that lead out of it to seeds or to folders."""
    links = (path for path in _entries(folder, follow_links=False) if _leads_out(path, folder))
    return tuple(sorted(_source(path, folder) for path in links if path.is_dir() or _is_seed(path)))


def read_user_file(folder: Path, name: str) -> bytes | None:
    """Return the content of a list of the user's beside the seeds, None where there is no such file.

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


def _entries(folder: Path, *, follow_links: bool) -> Iterator[Path]:
    """Yield the files in a folder and its sub-folders, and the links to folders that are not followed.

    Of links to folders, only those that lead out can be followed, as the others are met anyway; and
    no folder is met twice, so that a circle ends.
    """
    waiting, known = [folder], {os.path.realpath(folder)}
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as found:
                paths = sorted(Path(entry.path) for entry in found if not entry.name.startswith("."))
            folders = {path for path in paths if path.is_dir()}
        except OSError as error:
            raise _refused(error) from error
        for path in paths:
            linked = path.is_symlink()
            if path not in folders or (linked and not (follow_links and _leads_out(path, folder))):
                yield path
            elif not follow_links or (real := os.path.realpath(path)) not in known:
                known |= {real} if follow_links else set()
                waiting.append(path)


def _leads_out(path: Path, folder: Path) -> bool:
    """Tell whether a path is a link that leads out of a folder."""
    if not path.is_symlink():
        return False
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _is_seed(path: Path) -> bool:
    """Tell whether a path is a seed. A link that leads nowhere is one, and will be a fault."""
    return path.name.lower().endswith(_SUFFIXES) and (path.is_file() or not path.exists())


def _source(path: Path, folder: Path) -> str:
    """Return the path of a seed relative to its folder; it has to be text, the folders in it too."""
    source = path.relative_to(folder).as_posix()
    try:
        source.encode("utf-8")
    except UnicodeEncodeError:
        raise SeedError(f"the name of {str(path)!a} is not UTF-8; rename it") from None
    return source


def _refused(error: OSError) -> SeedError:
    """Return what stops at a folder that cannot be read: its texts would seem to have vanished."""
    return SeedError(f"the folder {error.filename} cannot be read ({error.strerror}); check its rights")


def file_status(path: Path) -> tuple[int, int]:
    """Return the size and the time of a file, nothing of one that is not there."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns


def unreadable_fault(source: str, error: SeedError | OSError) -> Fault:
    """Return the fault of a seed that cannot be read at all."""
    if isinstance(error, SeedError):
        return Fault(source, None, str(error))
    return Fault(source, None, f"it cannot be read ({error.strerror}); check the file and its rights")
