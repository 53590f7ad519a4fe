"""The learned weights as one file: numbers and names of features, no pickle, the same bytes each time."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.extraction.speakers.model import LinearModel, Model
from indexer.extraction.speakers.tagger import BITS, TAGS, Tagger

__all__ = ["load_model", "save_model"]

_LEAST = 0.02  # a weight below tells nothing
_EPOCH = (1980, 1, 1, 0, 0, 0)
_Arrays = Mapping[str, NDArray[np.generic]]


def save_model(
    path: Path, table: NDArray[np.int8], steps: NDArray[np.float32], linear: Mapping[str, LinearModel]
) -> None:
    """Write the tagger's table of weights and its steps from tag to tag, and the linear models by name."""
    rows = np.flatnonzero(table.any(axis=1))
    gaps = np.diff(rows, prepend=0)
    if gaps.max(initial=0) > np.iinfo(np.uint16).max:
        raise ValueError("the rows of the table that tell something are too far apart to be written")
    arrays: dict[str, NDArray[np.generic]] = {
        "tagger.gaps": gaps.astype(np.uint16),
        "tagger.weights": table[rows],
        "tagger.steps": steps.astype(np.float32),
    }
    for name, model in linear.items():
        arrays |= _arrays(name, model)
    _write(path, arrays)


def load_model(path: Path) -> Model:
    """Read what `save_model` wrote."""
    with np.load(path, allow_pickle=False) as file:
        table = np.zeros((1 << BITS, TAGS), np.int8)
        table[np.cumsum(file["tagger.gaps"], dtype=np.int64)] = file["tagger.weights"]
        tagger = Tagger(table, file["tagger.steps"])
        return Model(tagger, _linear(file, "speaking"), _linear(file, "going_on"))


def _arrays(name: str, model: LinearModel) -> dict[str, NDArray[np.generic]]:
    """Return a linear model as arrays, weights in half precision, those that tell nothing left out."""
    kept = sorted(feature for feature, weight in model.weights.items() if abs(weight) >= _LEAST)
    return {
        f"{name}.features": np.frombuffer("\n".join(kept).encode("utf-8"), np.uint8),
        f"{name}.weights": np.array([model.weights[feature] for feature in kept], np.float16),
        f"{name}.bias": np.array([model.bias], np.float32),
    }


def _linear(file: _Arrays, name: str) -> LinearModel:
    features = file[f"{name}.features"].tobytes().decode("utf-8").split("\n")
    weights = file[f"{name}.weights"].astype(float).tolist()
    return LinearModel(
        dict(zip(features, weights, strict=True)), float(file[f"{name}.bias"].astype(float)[0])
    )


def _write(path: Path, arrays: _Arrays) -> None:
    """Write arrays as an .npz file that tells nothing of when or where."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            buffer = BytesIO()
            np.lib.format.write_array(buffer, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", _EPOCH), buffer.getvalue(), zipfile.ZIP_DEFLATED, 9
            )
