"""Simulate a disk that fails once: count every call of Python's that writes, and raise in one of them."""

from __future__ import annotations

import builtins
import io
import mmap
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["Failing"]

CALLS = (
    *((os, name) for name in ("write", "fsync", "replace", "rename", "link", "mkdir", "unlink", "rmdir")),
    (os, "sendfile"),
    (os, "utime"),
    (mmap, "mmap"),
)
"""The calls that write, besides those of open files; a memory map can fail as well."""


class Failing:
    """Counts the calls that write, and raises in the one of a number."""

    def __init__(self, number: int, error: int) -> None:
        """Fail in the call `number`, counted from 1, as `OSError(error)`."""
        self.calls = 0
        self._number = number
        self._error = error

    def check(self) -> None:
        """Count a call; raise if it is the one."""
        self.calls += 1
        if self.calls == self._number:
            raise OSError(self._error, os.strerror(self._error))

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Replace the calls until the end of the block."""
        before = [(module, name, getattr(module, name)) for module, name in (*CALLS, *_OPENING)]
        for module, name, function in before[: len(CALLS)]:
            setattr(module, name, self._counted(function))
        for module, name, _ in before[len(CALLS) :]:
            setattr(module, name, self._open)
        try:
            yield
        finally:
            for module, name, function in before:
                setattr(module, name, function)

    def _counted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            self.check()
            return function(*arguments, **named)

        return call

    def _open(
        self,
        file: Any,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        closefd: bool = True,  # noqa: FBT001, FBT002 - as in `open`
        opener: Any = None,
    ) -> Any:
        """Open a file as `open` does; one that is written to fails where the disk does."""
        if not set(mode) & set("wax+"):
            return _OPEN(file, mode, buffering, encoding, errors, newline, closefd, opener)
        self.check()
        raw = _File(file, mode.replace("b", "").replace("t", ""), closefd, opener)
        raw.check = self.check
        if not buffering:
            return raw
        binary = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        return binary if "b" in mode else io.TextIOWrapper(binary, encoding, errors, newline)


class _File(io.FileIO):
    """A file on the disk that fails."""

    check: Callable[[], None]

    def write(self, data: Any) -> int:
        self.check()
        return super().write(data)

    def truncate(self, size: int | None = None) -> int:
        self.check()
        return super().truncate(size)


_OPEN = open
_OPENING = ((builtins, "open"), (io, "open"))
