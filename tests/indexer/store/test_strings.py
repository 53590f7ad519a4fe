"""Lists of strings in a file of arrays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.store.arrays import ArrayFile, ArrayWriter
from indexer.store.strings import append_strings, read_strings


@given(st.lists(st.text(max_size=5), max_size=5))
def test_strings_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, strings: list[str]
) -> None:
    path: Path = tmp_path_factory.mktemp("s") / "x.arrays"
    writer = ArrayWriter(path)
    append_strings(writer, "names", strings)
    writer.close()
    file = ArrayFile(path)
    assert read_strings(file, "names") == strings
    assert file.count("names_offsets") == len(strings) + 1
