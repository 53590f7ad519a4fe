"""A linear model over named features: weights are data, a score is a sum."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from msgspec import Struct

from indexer.extraction.speakers.tagger import Tagger

__all__ = ["LinearModel", "Model", "Thresholds"]

_MOST = 30.0


class LinearModel:
    """Weights of features, and what they say of a set of them."""

    def __init__(self, weights: Mapping[str, float], bias: float) -> None:
        """Set the weights, and what is added to every sum."""
        self._get = weights.get
        self.weights = weights
        self.bias = bias

    def score(self, features: Iterable[str]) -> float:
        """Return the probability."""
        get = self._get
        total = self.bias + sum([get(feature, 0.0) for feature in features])
        return 1 / (1 + math.exp(-max(-_MOST, min(_MOST, total))))


class Thresholds(Struct, frozen=True):
    """From which probability on somebody speaks: people, organisations, pronouns, and whoever spoke last."""

    mention: float = 0.6
    org: float = 0.6
    pronoun: float = 0.6
    go_on: float = 0.5

    def of(self, form: str) -> float:
        """Return the threshold of a mention of this form."""
        return {"pronoun": self.pronoun, "org": self.org}.get(form, self.mention)


class Model(Struct, frozen=True):
    """All that is learned: the tagger of names, whether a mention speaks, whether a speech goes on."""

    tagger: Tagger
    speaking: LinearModel
    going_on: LinearModel
    thresholds: Thresholds = Thresholds()
