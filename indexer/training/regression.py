"""Fit a linear model to examples: logistic regression with a penalty on large weights."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.extraction.speakers.model import LinearModel

__all__ = ["Example", "fit"]

_COST = 0.3  # of an error, against the squares of the weights
_FEWEST = 2  # examples in which a feature must stand
_NEWTON_STEPS = 50
_CONJUGATE_STEPS = 200
_PRECISE = 1e-6  # of the gradient at the beginning: there, the fit is good enough

_Vector = NDArray[np.float64]


class Example(NamedTuple):
    """Features, whether it is true of them, and how much that counts."""

    features: Sequence[str]
    true: bool
    weight: float = 1.0


def fit(examples: Sequence[Example]) -> LinearModel:
    """Find the weights of features that tell the true examples from the others."""
    counts = Counter(feature for example in examples for feature in {*example.features})
    known = sorted(feature for feature, count in counts.items() if count >= _FEWEST)
    matrix = _Matrix([example.features for example in examples], known)
    signs = np.array([1.0 if example.true else -1.0 for example in examples])
    costs = np.array([_COST * example.weight for example in examples])
    weights = _minimise(matrix, signs, costs).tolist()
    return LinearModel(dict(zip(known, weights, strict=False)), weights[-1])


class _Matrix:
    """Which example has which feature, each feature once; behind the last feature one that all have."""

    def __init__(self, rows: Sequence[Sequence[str]], columns: Sequence[str]) -> None:
        """Give each column a number; a feature of a row that has no column is left out."""
        numbers = {column: number for number, column in enumerate(columns)}
        always = len(columns)
        numbered = [[*sorted({numbers[name] for name in row if name in numbers}), always] for row in rows]
        self.shape = len(rows), always + 1
        self._rows = np.repeat(np.arange(len(rows)), [*map(len, numbered)])
        self._columns = np.array([number for row in numbered for number in row], np.int64)

    def dot(self, weights: _Vector) -> _Vector:
        """Sum the weights of each example's features."""
        return _sums(self._rows, weights[self._columns], self.shape[0])

    def transposed_dot(self, values: _Vector) -> _Vector:
        """Sum the values of each feature's examples."""
        return _sums(self._columns, values[self._rows], self.shape[1])


def _sums(places: NDArray[np.int64], values: _Vector, size: int) -> _Vector:
    """Sum the values of each place."""
    return np.bincount(places, values, size).astype(np.float64, copy=False)


def _minimise(matrix: _Matrix, signs: _Vector, costs: _Vector) -> _Vector:
    """Minimise half the square of the weights and the cost of the errors (Newton's method)."""
    weights = np.zeros(matrix.shape[1])
    first = 0.0
    for _ in range(_NEWTON_STEPS):
        right = 1 / (1 + np.exp(-signs * matrix.dot(weights)))
        gradient = weights - matrix.transposed_dot(costs * signs * (1 - right))
        first = first or _norm(gradient)
        if _norm(gradient) <= _PRECISE * first:
            break
        curvature = costs * right * (1 - right)
        step = _solve(_hessian(matrix, curvature), -gradient)
        weights = _descend(matrix, signs, costs, weights, step)
    return weights


def _hessian(matrix: _Matrix, curvature: _Vector) -> Callable[[_Vector], _Vector]:
    """Return what multiplies a vector by the second derivatives."""
    return lambda vector: vector + matrix.transposed_dot(curvature * matrix.dot(vector))


def _solve(multiply: Callable[[_Vector], _Vector], wanted: _Vector) -> _Vector:
    """Solve a positive definite system (conjugate gradients)."""
    solution, rest = np.zeros(len(wanted)), wanted
    direction, before = rest, _dot(rest, rest)
    precise = _PRECISE**2 * before
    for _ in range(_CONJUGATE_STEPS):
        if before <= precise:
            break
        image = multiply(direction)
        length = before / _dot(direction, image)
        solution, rest = solution + length * direction, rest - length * image
        after = _dot(rest, rest)
        direction, before = rest + after / before * direction, after
    return solution


def _descend(matrix: _Matrix, signs: _Vector, costs: _Vector, weights: _Vector, step: _Vector) -> _Vector:
    """Go a step, half of it as long as it leads upwards."""
    before = _loss(matrix, signs, costs, weights)
    while _loss(matrix, signs, costs, weights + step) > before and _norm(step) > _PRECISE:
        step = step / 2
    return weights + step


def _loss(matrix: _Matrix, signs: _Vector, costs: _Vector, weights: _Vector) -> float:
    errors = np.logaddexp(0, -signs * matrix.dot(weights))
    return _dot(weights, weights) / 2 + _dot(costs, errors)


def _dot(one: _Vector, other: _Vector) -> float:
    """Multiply two vectors; not by `@`, whose last digits hang on the number of threads."""
    return float((one * other).sum())


def _norm(vector: _Vector) -> float:
    return math.sqrt(_dot(vector, vector))
