"""A cache for results that are likely to be asked for again, with a bound on its size."""

from __future__ import annotations

from typing import TypeVar

__all__ = ["BoundedCache"]

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

_MAX_ENTRIES = 1 << 12


class BoundedCache(dict[_Key, _Value]):
    """A dictionary that is emptied when it is full, so that a look-up costs no more than in any other."""

    def __init__(self, most: int = _MAX_ENTRIES) -> None:
        """Hold at most so many entries."""
        super().__init__()
        self._most = most

    def add(self, key: _Key, value: _Value) -> _Value:
        """Add a value, and return it."""
        if len(self) >= self._most:
            self.clear()
        self[key] = value
        return value
