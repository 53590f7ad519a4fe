"""Join the glyphs that a page draws into fragments: pieces of lines without a wide gap.

All of it is measured along the way of writing (`start`, `end`) and across it (`across`, which grows from
line to line), whichever way that is: to the right, or downwards in columns from right to left.
"""

from __future__ import annotations

from msgspec import Struct, field

from indexer.formats.pdf.characters import is_chinese

__all__ = ["Fragment", "FragmentPen"]

# All of these are parts of the size of the text.
_SAME_LINE = 0.55  # how far a raised or lowered character may be from the line
_BACK = 0.6  # how far a glyph may reach back, as kerning has it
_WIDE_GAP = 1.6  # no gap inside a fragment is wider
_CHINESE_GAP = 1.0  # justified text has narrower gaps between characters
_LATIN_GAP = 0.19
_DIGIT_GAP = 0.3  # digits are often drawn farther apart than their fonts say
_CELL_GAP = 0.6  # digits that are drawn one by one may have the room of a Chinese character each
_MIXED_GAP = 0.7
_TWICE = 0.2  # the same text drawn again so near is bold made by hand


_NUMERIC = frozenset("0123456789.,:%/")


class Fragment(Struct):
    """A piece of a line. `turn` counts the quarter turns of the way of writing from the right, clockwise."""

    start: float
    end: float
    across: float
    size: float
    turn: int
    parts: list[str] = field(default_factory=list)
    sizes: dict[float, int] = field(default_factory=dict)
    bold: int = 0
    glyphs: int = 0

    @property
    def text(self) -> str:
        """The text of the fragment."""
        return "".join(self.parts)


class FragmentPen:
    """Collects what is drawn on a page, in the order in which it is drawn."""

    def __init__(self) -> None:
        """Begin an empty page."""
        self.fragments: list[Fragment] = []
        self._current: Fragment | None = None
        self._blank = False
        self._drawn: dict[str, tuple[float, float]] = {}

    def blank(self) -> None:
        """Note that the file has a blank here."""
        self._blank = True

    def draw(
        self, text: str, start: float, end: float, across: float, size: float, turn: int, *, bold: bool
    ) -> None:
        """Draw the text of glyphs that stand close together, without blanks."""
        if self._drawn_before(text, start, end, across, size):
            return
        current = self._current
        if current is None or not _goes_on(current, start, across, size, turn):
            current = self._current = Fragment(start, start, across, size, turn)
            self.fragments.append(current)
        elif self._needs_blank(current, text, start, size):
            current.parts.append(" ")
        self._blank = False
        count = len(text)
        current.parts.append(text)
        current.glyphs += count
        current.bold += bold * count
        current.sizes[size] = current.sizes.get(size, 0) + count
        if size > current.size:
            current.across, current.size = across, size
        current.end = max(current.end, end)

    def _drawn_before(self, text: str, start: float, end: float, across: float, size: float) -> bool:
        before = self._drawn.get(text)
        self._drawn[text] = (start, across)
        if before is None:
            return False
        near = min(_TWICE * size, (end - start) / 2)
        return abs(before[0] - start) < near and abs(before[1] - across) < _TWICE * size

    def _needs_blank(self, current: Fragment, text: str, start: float, size: float) -> bool:
        before, after = current.parts[-1][-1], text[0]
        gap = (start - current.end) / max(size, current.size)
        chinese = is_chinese(before), is_chinese(after)
        if self._blank:
            return True
        if any(chinese):
            return gap > (_CHINESE_GAP if all(chinese) else _MIXED_GAP)
        if before in _NUMERIC and after in _NUMERIC:
            return gap > (_CELL_GAP if len(text) == len(current.parts[-1]) == 1 else _DIGIT_GAP)
        return gap > _LATIN_GAP


def _goes_on(current: Fragment, start: float, across: float, size: float, turn: int) -> bool:
    large = max(size, current.size)
    return (
        turn == current.turn
        and abs(across - current.across) < _SAME_LINE * large
        and -_BACK * large < start - current.end < _WIDE_GAP * large
    )
