"""The seeds folder: which of its files are seeds, which are the user's, and what can be read of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from indexer.errors import SeedError
from indexer.models import Fault
from indexer.seeds.suffixes import SEED_SUFFIXES

__all__ = [
    "SYNONYMS_FILE",
    "TOPICS_FILE",
    "WORDS_FILE",
    "FolderFiles",
    "file_status",
    "find_files",
    "read_user_file",
    "unreadable_fault",
]

# The user's files in the seeds folder itself, which are no seeds: see `indexer.seeds.user_files`.
SYNONYMS_FILE = "synonyms.txt"
TOPICS_FILE = "topics.toml"
WORDS_FILE = "words.txt"

_USER_FILES = (SYNONYMS_FILE, TOPICS_FILE, WORDS_FILE)
_REMEDY = "put .txt, .jsonl, .html, .pdf or .docx files into it"
_PASSED_OVER = (".", "~$")  # hidden, or what Word keeps beside a file that is open
_MAX_NAMED = 3  # files that an error names


class FolderFiles(Struct, frozen=True):
    """The files in a seeds folder and its sub-folders.

    Each property raises `SeedError` when a name in it is not UTF-8.
    """

    folder: Path
    seed_paths: list[Path]
    other_paths: list[Path]
    link_paths: list[Path]

    @property
    def seeds(self) -> dict[str, Path]:
        """The seeds by their path relative to the folder, in that order. Raise `SeedError` without any."""
        if not self.seed_paths:
            there = f" but {', '.join(self.others[:_MAX_NAMED])}" if self.other_paths else ""
            raise SeedError(f"no seeds in {self.folder}{there}; {_REMEDY}")
        return dict(sorted((_relative(path, self.folder), path) for path in self.seed_paths))

    @property
    def others(self) -> tuple[str, ...]:
        """The files that are no seeds and not the user's, by relative path."""
        return tuple(sorted(_relative(path, self.folder) for path in self.other_paths))

    @property
    def unfollowed(self) -> tuple[str, ...]:
        """The links that lead out of the folder to seeds or to folders and are not followed, likewise."""
        return tuple(sorted(_relative(path, self.folder) for path in self.link_paths))


def find_files(folder: Path, *, follow_links: bool = False) -> FolderFiles:
    """Find the files in a folder and its sub-folders.

    Names that begin with a dot or ~$ are passed over, and so are the user's files in the folder itself.
    Raise `SeedError` when there is no folder, or when one cannot be read.
    """
    if not folder.is_dir():
        raise SeedError(f"no seeds folder at {folder}; create it and {_REMEDY}")
    user_files = [folder / name for name in _USER_FILES]
    seeds, others, links = [], [], []
    for path in _walk(folder, follow_links=follow_links):
        if not follow_links and _leads_out(path, folder):
            links += [path] if path.is_dir() or _is_seed(path) else []
        elif path in user_files:
            continue
        elif _is_seed(path):
            seeds.append(path)
        elif path.is_file():
            others.append(path)
    return FolderFiles(folder, seeds, others, links)


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
                paths = sorted(
                    Path(entry.path) for entry in entries if not entry.name.startswith(_PASSED_OVER)
                )
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
    return path.name.lower().endswith(SEED_SUFFIXES) and (path.is_file() or not path.exists())


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
