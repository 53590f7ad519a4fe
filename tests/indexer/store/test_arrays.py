"""Files of arrays: what is written is read, and no byte that differs is handed out."""

from __future__ import annotations

import itertools
import json
import struct
import sys
import zlib
from pathlib import Path
from types import FrameType

import numpy as np
import pytest

from indexer.errors import DamageError
from indexer.store.arrays import ArrayFile, ArrayWriter, map_file, smallest_unsigned_dtype
from indexer.store.checksums import checksum_blocks
from tests.conftest import flipped

MAGIC = b"lianghui arrays 2\n\0\0\0\0\0\0"
BLOCK = 4096


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Write two arrays, each of two blocks and a half."""
    writer = ArrayWriter(tmp_path / "x.arrays")
    writer.append("low", np.arange(BLOCK * 5 // 4, dtype="u2"))
    writer.append("high", np.arange(BLOCK * 5 // 4, dtype="u2") + 30_000)
    writer.close()
    return tmp_path / "x.arrays"


@pytest.mark.parametrize("dtype", ["u1", "u2", "u4", "u8", "i8", ">u4"])
def test_an_array_of_several_parts_is_read_as_one_in_the_dtype_of_the_first(
    tmp_path: Path, dtype: str
) -> None:
    writer = ArrayWriter(tmp_path / "x.arrays")
    for part in ([1, 2, 3], [], [255]):
        writer.append("a", np.array(part, dtype if part == [1, 2, 3] else "i8"))
    writer.append("empty", np.empty(0, dtype))
    writer.append("bytes", "低空".encode())
    writer.close()
    file = ArrayFile(tmp_path / "x.arrays")
    assert (len(file), "a" in file, "b" in file, file.count("a")) == (3, True, False, 4)
    assert (file["a"].tolist(), file["a"].dtype.itemsize) == ([1, 2, 3, 255], np.dtype(dtype).itemsize)
    assert [*file.numbers("a")] == [1, 2, 3, 255]
    assert file["empty"].tolist() == []
    assert bytes(file.raw("bytes")) == "低空".encode()


def test_a_long_array_of_many_parts_is_read_as_one(tmp_path: Path) -> None:
    writer = ArrayWriter(tmp_path / "x.arrays")
    for first in range(0, 400_000, 50_000):
        writer.append("long", np.arange(first, first + 50_000, dtype="u4"))
    writer.append("short", np.arange(3))
    writer.close()
    file = ArrayFile(tmp_path / "x.arrays")
    assert np.array_equal(file["long"], np.arange(400_000))
    assert file["short"].tolist() == [0, 1, 2]
    assert [path.name for path in tmp_path.iterdir()] == ["x.arrays"]


def test_an_interrupt_at_any_call_leaves_nothing_that_complains(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaints: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", complaints.append)
    for count in itertools.count():
        calls = itertools.count()

        def interrupt(_frame: FrameType, event: str, _argument: object, count: int = count) -> None:
            if event == "call" and next(calls) == count:  # noqa: B023 - called in this round only
                raise KeyboardInterrupt

        writer = ArrayWriter(tmp_path / "x.arrays")
        interrupted = False
        sys.setprofile(interrupt)
        try:
            writer.append("low", np.arange(3))
            writer.append("low", np.zeros(1 << 20))
        except KeyboardInterrupt:
            interrupted = True
        finally:
            sys.setprofile(None)
            writer.discard()
        if not interrupted:
            break
    assert count > 5
    assert complaints == []


def test_an_array_cannot_be_written_to(path: Path) -> None:
    with pytest.raises(ValueError, match="read-only"):
        ArrayFile(path)["low"][0] = 1


@pytest.mark.parametrize("kept", [0, 1, 30, 5_000, -1])
def test_a_file_that_is_cut_off_is_refused(path: Path, kept: int) -> None:
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(DamageError, match=r"x\.arrays is not whole"):
        ArrayFile(path)


def test_a_flipped_bit_is_noticed_in_its_array_alone(path: Path) -> None:
    with flipped(path, path.read_bytes().index(struct.pack("<2H", 35_000, 35_001)), 3):
        file = ArrayFile(path)
        assert file["low"].tolist() == [*range(5_120)]
        with pytest.raises(DamageError, match=r"bytes \d+ to \d+ of x\.arrays are not as they were written"):
            file["high"]
        assert [*file.damaged_arrays()] == ["high"]
    assert [*ArrayFile(path).damaged_arrays()] == []


def test_what_is_read_part_by_part_is_checked_part_by_part(path: Path) -> None:
    with flipped(path, path.read_bytes().index(struct.pack("<2H", 4_000, 4_001)), 0):
        array = ArrayFile(path).lazy("low")
        assert array.read(100, 1_000).tolist() == [*range(100, 1_000)]
        with pytest.raises(DamageError):
            array.read(3_999, 4_001)
        with pytest.raises(DamageError):
            array.read_all()


def test_an_array_that_is_required_and_missing_is_named(path: Path) -> None:
    ArrayFile(path).require(["low", "high"])
    with pytest.raises(DamageError, match=r"there is no middle in x\.arrays"):
        ArrayFile(path).require(["low", "middle"])


@pytest.mark.parametrize(
    "table",
    [
        {"a": ["<f8", 1, 24]},
        {"a": ["<u4", 2, 24]},  # there is room for one
        {"a": ["<u4", -1, 24]},
        {"a": ["<u4", 1, -8]},
        {"a": 1},
        [1],
        "a",
        None,
    ],
)
def test_a_table_of_another_form_is_refused_though_its_checksum_is_right(
    tmp_path: Path, table: object
) -> None:
    path = tmp_path / "x.arrays"
    path.write_bytes(MAGIC + bytes(4))
    with path.open("r+b") as file:
        sums, text = checksum_blocks(file), json.dumps(table).encode()
        ending = sums + text + struct.pack("<QQ", len(sums), len(text))
        file.write(ending + struct.pack("<I", zlib.crc32(ending)))
    with pytest.raises(DamageError, match=r"the table of x\.arrays is not of the form"):
        ArrayFile(path)


def test_an_array_stays_readable_when_its_file_is_closed(path: Path) -> None:
    file = ArrayFile(path)
    low = file["low"]
    file.close()
    assert low.tolist() == [*range(5_120)]


def test_what_is_released_is_read_again(path: Path) -> None:
    file = ArrayFile(path)
    low = file["low"]
    file.release()
    assert low.tolist() == [*range(5_120)]


def test_an_empty_file_is_not_mapped(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"")
    with pytest.raises(DamageError, match="x is not whole"):
        map_file(tmp_path / "x")


@pytest.mark.parametrize(
    ("largest", "dtype"),
    [(-1, "u1"), (0, "u1"), (255, "u1"), (256, "u2"), (65_535, "u2"), (65_536, "u4"), (1 << 32, "u8")],
)
def test_the_smallest_dtype_holds_the_largest_number(largest: int, dtype: str) -> None:
    assert smallest_unsigned_dtype(largest) == dtype
