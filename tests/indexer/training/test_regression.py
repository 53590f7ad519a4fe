"""Logistic regression, against what can be worked out by hand."""

from __future__ import annotations

import math

import pytest

from indexer.training.regression import Example, fit


def test_what_is_always_true_with_a_feature_weighs_for_it() -> None:
    model = fit([Example(["says", "here"], true=True)] * 3 + [Example(["silent", "here"], true=False)] * 3)
    assert model.weights["says"] > 0 > model.weights["silent"]
    assert model.weights["says"] == pytest.approx(-model.weights["silent"])
    assert model.weights["here"] == pytest.approx(0)


def test_a_feature_of_one_example_is_not_learned() -> None:
    assert fit([Example(["once"], true=True), Example(["none"], true=False)]).weights == {}


def test_the_weight_is_where_the_penalty_and_the_errors_balance() -> None:
    """Ten examples of a feature beside what all have: both weights w solve w = 10 · 0.3 / (1 + e^2w)."""
    model = fit([Example(["says"], true=True)] * 10)
    weight = model.weights["says"]
    assert weight == pytest.approx(model.bias)
    assert weight == pytest.approx(3 / (1 + math.exp(2 * weight)), rel=1e-5)
