"""The distinct values of the value fields, numbered: one table a field for all segments of an index.

A value keeps its number as long as the index is only added to; the columns of a segment hold numbers.
The file of the tables holds, of each field with v values (u4 is an unsigned number of four bytes):

    array                   type  entries  what it holds
    <field>.shown           u1    bytes    the values in UTF-8, in the order of their numbers
    <field>.shown_offsets   u4    v + 1    where each begins, and the last ends
    <field>.folded          u1    bytes    the same, folded, a byte 1F before each
    <field>.folded_offsets  u4    v + 1    where each begins, and the last ends
    <field>.ranks           u4    v        the rank of each value among all of them, sorted
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path

import numpy as np

from indexer.segments.schema import VALUE_FIELDS
from indexer.store.arrays import Array, ArrayFile, ArrayWriter
from indexer.store.bounded_cache import BoundedCache
from indexer.store.strings import append_strings, read_strings
from indexer.text.folding import fold

__all__ = ["VALUE_ARRAYS", "ValueNumbers", "ValueTable", "read_folded_values", "write_values"]

VALUE_ARRAYS = ("shown", "shown_offsets", "folded", "folded_offsets", "ranks")
"""The names of the arrays of a field, without the field."""

_SEPARATOR = "\x1f"  # folding drops it, so no folded value holds it


class ValueTable:
    """The values of one field.

    Every method that reads one raises `DamageError` when it is not what was written.
    """

    def __init__(self, file: ArrayFile, field: str) -> None:
        """View the arrays of `field`; only the ranks are read yet."""
        self._file = file
        self._field = field
        self._shown = file.lazy(f"{field}.shown")
        self._shown_offsets = file.lazy(f"{field}.shown_offsets")
        self._known: BoundedCache[int, str] = BoundedCache()
        self.ranks: Array = file[f"{field}.ranks"]
        """The rank of each value among all of them, sorted (u4)."""

    def __len__(self) -> int:
        """Return the number of values, also of those that no live paragraph has any more."""
        return len(self.ranks)

    def shown(self, number: int) -> str:
        """Return a value as it is shown."""
        found = self._known.get(number)
        if found is None:
            self._shown_offsets.check(number, number + 2)
            start, end = self._shown_offsets.numbers[number], self._shown_offsets.numbers[number + 1]
            found = self._known.add(number, self._shown.read(start, end).tobytes().decode("utf-8"))
        return found

    def folded(self, number: int) -> str:
        """Return a value as it is folded."""
        part = self._folded[int(self._folded_offsets[number]) : int(self._folded_offsets[number + 1])]
        return bytes(part).decode("utf-8")[len(_SEPARATOR) :]

    def containing(self, folded: str) -> Array:
        """Find the values in which a folded text occurs; return their numbers, ascending (i8)."""
        needle, text = folded.encode("utf-8", "surrogatepass"), bytes(self._folded)
        offsets = []
        at = text.find(needle)
        while at >= 0:
            offsets.append(at)
            at = text.find(needle, at + 1)
        numbers = np.searchsorted(self._folded_offsets, offsets, "right") - 1
        return numbers[np.diff(numbers, prepend=-1) > 0]  # np.unique imports what takes 15 ms

    def equal(self, folded: str) -> Array:
        """Find the values that fold to exactly this text; return their numbers, ascending (i8)."""
        return np.array([at for at in self.containing(folded).tolist() if self.folded(at) == folded], "i8")

    @cached_property
    def _folded(self) -> memoryview:
        return self._file.raw(f"{self._field}.folded")

    @cached_property
    def _folded_offsets(self) -> Array:
        return self._file[f"{self._field}.folded_offsets"]


def read_folded_values(file: ArrayFile, field: str) -> list[str]:
    """Read all values of a field as they are folded. Raise `DamageError` when a byte of them differs."""
    return [text[len(_SEPARATOR) :] for text in read_strings(file, f"{field}.folded")]


class ValueNumbers:
    """The numbers of the values of an index that is built: those of the index before, and new ones."""

    def __init__(self, base: Path | None) -> None:
        """Begin with the tables of the file `base`, or with none.

        Raise `DamageError` when they are not what was written, `OSError` when they cannot be read.
        """
        file = ArrayFile(base) if base else None
        self._numbers = {
            field: {
                value: at for at, value in enumerate(read_strings(file, f"{field}.shown") if file else ())
            }
            for field in VALUE_FIELDS
        }
        # What is folded already is not folded again.
        self._folded = {field: read_folded_values(file, field) if file else [] for field in VALUE_FIELDS}

    def numbers(self, field: str, values: Sequence[str]) -> Array:
        """Look up the number of each value (i8), and give new values the next ones."""
        known = self._numbers[field]
        return np.array([known.setdefault(value, len(known)) for value in values], "i8")

    def count(self, field: str) -> int:
        """Count the values of a field."""
        return len(self._numbers[field])

    def number(self, field: str, value: str) -> int | None:
        """Look up the number of a value; None for a new one, which stays without."""
        return self._numbers[field].get(value)

    def write(self, path: Path) -> None:
        """Write the tables of all fields. Raise `OSError` when that fails."""
        writer = ArrayWriter(path)
        for field, numbers in self._numbers.items():
            write_values(writer, field, numbers, self._folded[field])
        writer.close()


def write_values(writer: ArrayWriter, field: str, values: Iterable[str], folded: Sequence[str] = ()) -> None:
    """Append the table of a field, whose values are numbered in their order from 0 on.

    The first of them are `folded` already.
    """
    shown = list(values)
    append_strings(writer, f"{field}.shown", shown)
    all_folded = chain(folded, map(fold, shown[len(folded) :]))
    append_strings(writer, f"{field}.folded", [_SEPARATOR + value for value in all_folded])
    ranks = np.empty(len(shown), "u4")
    ranks[sorted(range(len(shown)), key=shown.__getitem__)] = np.arange(len(shown), dtype="u4")
    writer.append(f"{field}.ranks", ranks)
