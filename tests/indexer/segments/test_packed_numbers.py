"""Packed numbers come back as they were written, in whatever parts they came and are read."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import DamageError
from indexer.segments.packed_numbers import PackedNumbers, PackedNumbersWriter
from indexer.store.arrays import ArrayFile, ArrayWriter
from tests.conftest import flipped

NUMBERS = st.lists(st.one_of(st.integers(0, 15), st.integers(0, 300), st.integers(0, 100_000)), max_size=5)


def write(path: Path, parts: list[list[int]], bits: int) -> PackedNumbers:
    writer = ArrayWriter(path)
    numbers = PackedNumbersWriter(writer, "n", bits)
    for part in parts:
        numbers.append(np.array(part, "i8"))
    numbers.close()
    writer.close()
    return PackedNumbers(ArrayFile(path), "n", bits)


@pytest.mark.parametrize("bits", [4, 16])
@given(parts=st.lists(NUMBERS, min_size=1, max_size=3))
def test_every_range_is_read_as_it_was_written(bits: int, parts: list[list[int]]) -> None:
    with TemporaryDirectory() as folder:
        numbers = write(Path(folder) / "x.arrays", parts, bits)
        whole = [number for part in parts for number in part]
        for start in range(len(whole) + 1):
            for end in range(start, len(whole) + 1):
                assert numbers.read(start, end).tolist() == whole[start:end]


@pytest.mark.parametrize(
    ("largest", "dtype"), [(15, "u1"), (16, "u1"), (255, "u1"), (256, "i8"), (70_000, "i8")]
)
def test_only_what_does_not_fit_into_a_byte_is_read_as_more(tmp_path: Path, largest: int, dtype: str) -> None:
    read = write(tmp_path / "x.arrays", [[1, largest, 3]], 4).read(0, 3)
    assert read.dtype == dtype
    assert read.tolist() == [1, largest, 3]


def test_two_numbers_take_a_byte(tmp_path: Path) -> None:
    write(tmp_path / "x.arrays", [[1], [2, 3], [4, 5]], 4)
    assert ArrayFile(tmp_path / "x.arrays")["n"].tolist() == [0x21, 0x43, 0x5]


def test_damaged_numbers_are_not_handed_out(tmp_path: Path) -> None:
    path = tmp_path / "x.arrays"
    write(path, [[1, 2, 3]], 4)
    with flipped(path, 24, 0), pytest.raises(DamageError):
        PackedNumbers(ArrayFile(path), "n", 4).read(0, 1)
