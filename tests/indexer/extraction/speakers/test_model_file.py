"""The weights as a file: what is written is read again, and is the same bytes each time."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from indexer.extraction.speakers.model import LinearModel
from indexer.extraction.speakers.model_file import load_model, save_model
from indexer.extraction.speakers.tagger import BITS, TAGS
from indexer.extraction.speakers.weights import WEIGHTS_FILE, weights_version

STEPS = np.zeros((TAGS, TAGS), np.float32)
LINEAR = {
    "speaking": LinearModel({"甲": 0.5, "b": -1.0, "c": 0.001}, 0.25),
    "going_on": LinearModel({"丁": 2.0}, -1.0),
}


def table() -> np.ndarray[tuple[int, int], np.dtype[np.int8]]:
    weights = np.zeros((1 << BITS, TAGS), np.int8)
    weights[[3, 70_000, (1 << BITS) - 50_000]] = [[1, 2, 3, 4]] * 3
    return weights


def test_what_is_written_is_read_again_but_for_weights_that_tell_nothing(tmp_path: Path) -> None:
    rows = table()
    rows[60_000::60_000] = 1  # rows that tell something stand at most 65,535 apart
    save_model(tmp_path / "model.npz", rows, STEPS, LINEAR)
    model = load_model(tmp_path / "model.npz")
    assert model.speaking.weights == {"甲": 0.5, "b": -1.0}
    assert (model.speaking.bias, model.going_on.bias) == (0.25, -1.0)


def test_the_same_weights_are_the_same_bytes(tmp_path: Path) -> None:
    rows = np.ones((1 << BITS, TAGS), np.int8)
    for name in ("a.npz", "b.npz"):
        save_model(tmp_path / name, rows, STEPS, LINEAR)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_a_table_too_sparse_to_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="too far apart"):
        save_model(tmp_path / "model.npz", table(), STEPS, LINEAR)


def test_the_weights_of_the_package_are_small_and_no_pickle() -> None:
    assert WEIGHTS_FILE.stat().st_size <= 1_000_000
    with zipfile.ZipFile(WEIGHTS_FILE) as archive:
        for name in archive.namelist():
            with archive.open(name) as file:
                np.lib.format.read_array(file, allow_pickle=False)
    assert len(weights_version()["speakers"]) == 64
