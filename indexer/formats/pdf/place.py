"""Where text is drawn: the state of text, and its place on a line (PDF 32000-1, 9.3 and 9.4.4)."""

from __future__ import annotations

from math import hypot

from msgspec import Struct
from playa.pdftypes import Matrix

from indexer.formats.pdf.characters import mend
from indexer.formats.pdf.faces import Face
from indexer.formats.pdf.fragments import FragmentPen

__all__ = ["Place", "State"]

_FARTHEST = 1e6  # no page is larger


class State(Struct):
    """The state that text is drawn in, as q saves it and Q brings it back."""

    matrix: Matrix
    face: Face | None = None
    size: float = 0.0
    letter_gap: float = 0.0
    word_gap: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


class Place:
    """Where strings are drawn. `at` is an offset in text space, where `unit` is the width of an em."""

    def __init__(self, state: State, face: Face, matrix: Matrix, offset: float) -> None:
        """Find where a line of text space lies on the page; `matrix` leads there, `offset` is on the line."""
        a, b, c, d, e, f = matrix
        sign = -1 if state.size < 0 else 1
        stretch = 1 if face.vertical else state.stretch
        x, y = (-c * sign, -d * sign) if face.vertical else (a * sign, b * sign)
        self.turn = _quarter_turns(x, y)
        along, across = _turned(e + state.rise * c, f + state.rise * d, self.turn)
        self.base, self.across = _bounded(along), _bounded(across)
        self.unit = state.size * stretch
        self.letter_gap = state.letter_gap * stretch
        self.scale = hypot(x, y) * (-sign if face.vertical else sign)
        height = hypot(a, b) * state.stretch if face.vertical else hypot(c, d)
        self.size = min(round(abs(state.size) * height * face.size, 1), _FARTHEST)
        self.bold = face.bold
        self.at = self.start = offset
        self.parts: list[str] = []

    def flush(self, pen: FragmentPen) -> None:
        """Draw what was collected; text without a size is not seen, and is passed over."""
        text = mend("".join(self.parts)).strip()
        if text and self.size > 0:
            start = _bounded(self.base + self.start * self.scale)
            end = _bounded(self.base + (self.at - self.letter_gap) * self.scale)
            pen.draw(text, start, end, self.across, self.size, self.turn, bold=self.bold)
        self.parts.clear()


def _quarter_turns(x: float, y: float) -> int:
    """Count the quarter turns from the right to a direction, clockwise, where y grows downwards."""
    if abs(x) >= abs(y):
        return 0 if x >= 0 else 2
    return 1 if y > 0 else 3


def _turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """Return how far a point is along and across the way of writing."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turn]


def _bounded(place: float) -> float:
    """Keep a coordinate finite, whatever the file says."""
    return place if -_FARTHEST < place < _FARTHEST else 0.0
