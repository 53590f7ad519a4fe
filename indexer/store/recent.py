"""What was worked out lately and may be asked for again, up to a number of answers."""

from __future__ import annotations

from typing import TypeVar

__all__ = ["Recent"]

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

_MOST = 1 << 12


class Recent(dict[_Key, _Value]):
    """A dictionary that is emptied when it is full: to look up costs what it does in any other."""

    def keep(self, key: _Key, value: _Value) -> _Value:
        """Add a value, and return it."""
        if len(self) >= _MOST:
            self.clear()
        self[key] = value
        return value
