"""Train the tagger of names: an averaged structured perceptron over characters (Collins 2002).

Each sentence is tagged by the weights so far, a wrong tag having a margin of one; where the best
sequence is not the one marked, the weights of the features of the right tags grow by one, those of the
wrong ones shrink. What is learned is the mean of the weights over all steps.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.extraction.speakers.tagger import BITS, TAGS, hashes
from indexer.training.sentences import Sentence

__all__ = ["train_tagger"]

_OUTSIDE, _FIRST, _INNER, _LAST = range(TAGS)
_NEVER = -1e9
_SEED = 1
_LONGEST = 512  # characters of a sentence that are learned from
_SCALE = 8  # a weight of one in the table of whole numbers
_LEAST = 2  # a row of the table with no weight beyond tells nothing

# Of a tag, the two that may stand before it.
_BEFORE = ((_OUTSIDE, _LAST), (_OUTSIDE, _LAST), (_FIRST, _INNER), (_FIRST, _INNER))

_Example = tuple[NDArray[np.int32], NDArray[np.int64]]
"""The rows of the table that the features of each character have (templates x characters), and the tags."""


def train_tagger(sentences: Iterable[Sentence], epochs: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Learn the table of weights (rows x tags) and the weights of each tag behind another (tags x tags)."""
    examples = [_example(sentence) for sentence in sentences if len(sentence.text) > 1]
    weights = _Weights()
    order, rng = [*range(len(examples))], random.Random(_SEED)
    for _ in range(epochs):
        rng.shuffle(order)
        for number in order:
            weights.learn(*examples[number])
    return weights.rounded()


class _Weights:
    """The weights so far, and what their mean over all steps is made from."""

    def __init__(self) -> None:
        """Begin with no weights."""
        self._table = np.zeros((1 << BITS) * TAGS, np.float32)
        self._table_by_step = np.zeros(len(self._table))
        self._transitions = np.zeros((TAGS, TAGS))
        self._transitions_by_step = np.zeros((TAGS, TAGS))
        self._step = 1

    def learn(self, rows: NDArray[np.int32], tags: NDArray[np.int64]) -> None:
        """Tag a sentence, and move the weights where it is tagged wrong."""
        scores = self._table.reshape(-1, TAGS).take(rows, axis=0).sum(axis=0) + 1.0
        scores[np.arange(len(tags)), tags] -= 1.0
        best = np.array(_best_tags(scores.tolist(), self._transitions.tolist()))
        wrong = np.flatnonzero(best != tags)
        if wrong.size:
            self._move(rows[:, wrong], tags[wrong], 1.0)
            self._move(rows[:, wrong], best[wrong], -1.0)
            self._move_transitions(tags, 1.0)
            self._move_transitions(best, -1.0)
        self._step += 1

    def rounded(self) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
        """Return the mean weights as whole numbers, rows that tell nothing emptied."""
        mean = (self._table - self._table_by_step / self._step).reshape(-1, TAGS)
        table = np.clip(np.rint(mean * _SCALE), -127, 127).astype(np.int8)
        table[np.abs(table).max(axis=1) <= _LEAST] = 0
        transitions = self._transitions - self._transitions_by_step / self._step
        return table, (transitions * _SCALE).astype(np.float32)

    def _move(self, rows: NDArray[np.int32], tags: NDArray[np.int64], by: float) -> None:
        places = (rows * TAGS + tags).ravel()
        np.add.at(self._table, places, np.float32(by))
        np.add.at(self._table_by_step, places, by * self._step)

    def _move_transitions(self, tags: NDArray[np.int64], by: float) -> None:
        np.add.at(self._transitions, (tags[:-1], tags[1:]), by)
        np.add.at(self._transitions_by_step, (tags[:-1], tags[1:]), by * self._step)


def _example(sentence: Sentence) -> _Example:
    text = sentence.text[:_LONGEST]
    tags = np.full(len(text), _OUTSIDE)
    for start, end in sentence.spans:
        if end <= len(text) and end - start > 1:
            tags[start:end] = _INNER
            tags[start], tags[end - 1] = _FIRST, _LAST
    return hashes(text).astype(np.int32), tags


def _best_tags(scores: Sequence[Sequence[float]], transitions: Sequence[Sequence[float]]) -> list[int]:
    """Find the best sequence of tags (Viterbi); what may stand before each is in `_BEFORE`."""
    oo, of = transitions[_OUTSIDE][_OUTSIDE], transitions[_OUTSIDE][_FIRST]
    lo, lf = transitions[_LAST][_OUTSIDE], transitions[_LAST][_FIRST]
    fi, fl = transitions[_FIRST][_INNER], transitions[_FIRST][_LAST]
    ii, il = transitions[_INNER][_INNER], transitions[_INNER][_LAST]
    outside, first, inner, last = scores[0][_OUTSIDE], scores[0][_FIRST], _NEVER, _NEVER
    came: list[tuple[bool, bool, bool, bool]] = []
    for o, f, i, l in scores[1:]:  # noqa: E741
        out = (
            outside + oo < last + lo,
            outside + of < last + lf,
            first + fi < inner + ii,
            first + fl < inner + il,
        )
        outside, first, inner, last = (
            (last + lo if out[0] else outside + oo) + o,
            (last + lf if out[1] else outside + of) + f,
            (inner + ii if out[2] else first + fi) + i,
            (inner + il if out[3] else first + fl) + l,
        )
        came.append(out)
    tag = _OUTSIDE if outside >= last else _LAST
    tags = [tag]
    for out in reversed(came):
        tag = _BEFORE[tag][out[tag]]
        tags.append(tag)
    return tags[::-1]
