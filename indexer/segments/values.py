"""The distinct values of the metadata fields, one table a field for all segments of an index.

A value keeps its number for as long as the index is only added to; columns hold numbers. The file of
the tables holds, of each field with v values (u4 is an unsigned number of four bytes):

    array                 type  entries  what it holds
    <field>.shown         u1    bytes    the values in UTF-8, by their numbers, one behind the other
    <field>.shown_ends    u4    v + 1    where each begins, and the last ends
    <field>.folded        u1    bytes    the same, folded, a byte 1F before each
    <field>.folded_ends   u4    v + 1    where each begins, and the last ends
    <field>.order         u4    v        where each value stands among all of them, sorted
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.store.arrays import ArrayFile, ArrayWriter
from indexer.store.recent import Recent
from indexer.store.strings import append_strings, read_strings
from indexer.text.folding import fold

__all__ = ["ARRAYS", "ValueTable", "day_number", "folded_texts", "write_values"]

ARRAYS = ("shown", "shown_ends", "folded", "folded_ends", "order")
"""The arrays of a field."""

_BETWEEN = "\x1f"  # folding drops it, so no folded value holds it


def day_number(date: str | None) -> int:
    """Return a date as a number that sorts as its text does: 2025-02 is 20250200, none is 0."""
    return int((date or "0").replace("-", "").ljust(8, "0"))


def folded_texts(file: ArrayFile, field: str) -> list[str]:
    """Return all values of a field as they are folded for filters."""
    return [text[len(_BETWEEN) :] for text in read_strings(file, f"{field}.folded")]


def write_values(writer: ArrayWriter, field: str, values: Iterable[str]) -> None:
    """Write the table of a field."""
    shown = list(values)
    append_strings(writer, f"{field}.shown", shown)
    folded = [_BETWEEN + fold(value) for value in shown]
    append_strings(writer, f"{field}.folded", folded)
    order = np.empty(len(shown), "u4")
    order[sorted(range(len(shown)), key=shown.__getitem__)] = np.arange(len(shown), dtype="u4")
    writer.append(f"{field}.order", order)


class ValueTable:
    """The values of one field."""

    def __init__(self, file: ArrayFile, field: str) -> None:
        """Look into the arrays of `field`."""
        self._file = file
        self._field = field
        self._shown = file.part(f"{field}.shown")
        self._shown_ends = file.part(f"{field}.shown_ends")
        self._known: Recent[int, str] = Recent()
        self.order: npt.NDArray[Any] = file[f"{field}.order"]
        """Where each value stands among all of them, sorted."""

    def __len__(self) -> int:
        """Return the number of values, also of those that no paragraph has any more."""
        return len(self.order)

    @cached_property
    def _folded(self) -> memoryview:
        return self._file.text(f"{self._field}.folded")

    @cached_property
    def _folded_ends(self) -> npt.NDArray[Any]:
        return self._file[f"{self._field}.folded_ends"]

    def shown(self, number: int) -> str:
        """Return a value as it is shown."""
        found = self._known.get(number)
        if found is None:
            self._shown_ends.check(number, number + 2)
            start, end = self._shown_ends.numbers[number], self._shown_ends.numbers[number + 1]
            found = self._known.keep(number, self._shown.between(start, end).tobytes().decode("utf-8"))
        return found

    def folded(self, number: int) -> str:
        """Return a value as it is folded for filters."""
        part = self._folded[int(self._folded_ends[number]) : int(self._folded_ends[number + 1])]
        return bytes(part).decode("utf-8")[len(_BETWEEN) :]

    def containing(self, folded: str) -> npt.NDArray[Any]:
        """Return the numbers of the values in which a folded text occurs."""
        needle, text = folded.encode("utf-8", "surrogatepass"), bytes(self._folded)
        positions = []
        at = text.find(needle)
        while at >= 0:
            positions.append(at)
            at = text.find(needle, at + 1)
        numbers = np.searchsorted(self._folded_ends, positions, "right") - 1
        return numbers[np.diff(numbers, prepend=-1) > 0]  # np.unique imports what takes 15 ms

    def equal(self, folded: str) -> npt.NDArray[Any]:
        """Return the numbers of the values that fold to exactly this text."""
        return np.array([at for at in self.containing(folded).tolist() if self.folded(at) == folded], "i8")
