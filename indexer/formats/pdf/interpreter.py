"""Follow the operators of content streams that move and draw text (PDF 32000-1, 8.4 and 9.4).

The library has an interpreter of its own. This one passes over everything but text, computes a position for
each string and not a matrix for each glyph, which takes a third of the time, and counts what it does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace
from playa import Document
from playa.exceptions import PDFException
from playa.parser import ObjectParser
from playa.pdftypes import (
    MATRIX_IDENTITY,
    ContentStream,
    InlineImage,
    Matrix,
    PSKeyword,
    PSLiteral,
    dict_value,
    matrix_value,
    num_value,
    resolve1,
)
from playa.utils import mult_matrix

from indexer.formats.pdf.allowance import MAX_DEPTH, Allowance
from indexer.formats.pdf.faces import Face, Faces
from indexer.formats.pdf.fragments import FragmentPen
from indexer.formats.pdf.place import Place, State
from indexer.formats.pdf.streams import decode_stream

__all__ = ["Interpreter"]

_GAP = 120  # thousandths of the font size: a wider gap inside a string may be a blank
_BATCH = 4_096  # operands and operators counted at a time
_MAX_SAVED = 1_000  # states saved by q: as many as nobody needs


class Interpreter:
    """Draws the text of a page with a pen. `damaged` and `loops` tell what could not be followed."""

    def __init__(self, document: Document, faces: Faces, allowance: Allowance, pen: FragmentPen) -> None:
        """Prepare for one page."""
        self.damaged = False
        self.loops = False
        self.has_pictures = False
        self._document = document
        self._faces = faces
        self._allowance = allowance
        self._pen = pen
        self._state = State(MATRIX_IDENTITY)
        self._saved: list[State] = []
        self._line: Matrix = MATRIX_IDENTITY
        self._offset = 0.0
        self._resources: Mapping[str, Any] = {}
        self._open_forms: list[int] = []
        self._operators: dict[bytes, tuple[Callable[..., None], int]] = {
            b"q": (self._save, 0),
            b"Q": (self._restore, 0),
            b"cm": (self._transform, 6),
            b"gs": (self._set_graphics, 1),
            b"Do": (self._draw_form, 1),
            b"BT": (self._begin_text, 0),
            b"Tf": (self._set_font, 2),
            b"Tc": (self._set_letter_gap, 1),
            b"Tw": (self._set_word_gap, 1),
            b"Tz": (self._set_stretch, 1),
            b"TL": (self._set_leading, 1),
            b"Ts": (self._set_rise, 1),
            b"Tm": (self._set_matrix, 6),
            b"Td": (self._move, 2),
            b"TD": (self._move_and_lead, 2),
            b"T*": (self._next_line, 0),
            b"Tj": (self._show_one, 1),
            b"TJ": (self._show, 1),
            b"'": (self._show_next, 1),
            b'"': (self._show_spaced, 3),
        }

    def run(self, streams: Sequence[ContentStream], resources: Mapping[str, Any], matrix: Matrix) -> None:
        """Follow the streams as one, in a state of their own."""
        outer = self._state, self._saved, self._resources
        self._state, self._saved, self._resources = replace(self._state, matrix=matrix), [], resources
        parts = []
        for stream in streams:
            data, whole = decode_stream(stream, self._allowance)
            self.damaged |= not whole
            parts.append(data)
        self._follow(ObjectParser(b"\n".join(parts), self._document))
        self._state, self._saved, self._resources = outer

    def _follow(self, parser: ObjectParser) -> None:
        operands: list[Any] = []
        operators, steps = self._operators, 0
        while True:
            steps += 1
            if steps % _BATCH == 0:
                self._allowance.take_operations(_BATCH)
            try:
                _, item = next(parser)
            except StopIteration:
                break
            except (PDFException, ValueError, TypeError, IndexError, KeyError, AssertionError):
                self.damaged = True
                parser.reset()
                continue
            if type(item) is not PSKeyword:
                self.has_pictures |= isinstance(item, InlineImage)
                operands.append(item)
                continue
            operator = operators.get(item.name)
            if operator is not None:
                self._operate(operator, operands)
            operands.clear()
        self._allowance.take_operations(steps % _BATCH)

    def _operate(self, operator: tuple[Callable[..., None], int], operands: list[Any]) -> None:
        method, count = operator
        try:
            method(*operands[len(operands) - count :] if count else ())
        except (PDFException, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError):
            self.damaged = True

    def _save(self) -> None:
        if len(self._saved) < _MAX_SAVED:
            self._saved.append(replace(self._state))

    def _restore(self) -> None:
        if self._saved:
            self._state = self._saved.pop()

    def _transform(self, *numbers: Any) -> None:
        self._state.matrix = mult_matrix(matrix_value([*numbers]), self._state.matrix)

    def _begin_text(self) -> None:
        self._line, self._offset = MATRIX_IDENTITY, 0.0

    def _set_matrix(self, *numbers: Any) -> None:
        self._line, self._offset = matrix_value([*numbers]), 0.0

    def _move(self, x: Any, y: Any) -> None:
        a, b, c, d, e, f = self._line
        x, y = num_value(x), num_value(y)
        self._line, self._offset = (a, b, c, d, x * a + y * c + e, x * b + y * d + f), 0.0

    def _move_and_lead(self, x: Any, y: Any) -> None:
        self._state.leading = -num_value(y)
        self._move(x, y)

    def _next_line(self) -> None:
        self._move(0, -self._state.leading)

    def _set_letter_gap(self, gap: Any) -> None:
        self._state.letter_gap = num_value(gap)

    def _set_word_gap(self, gap: Any) -> None:
        self._state.word_gap = num_value(gap)

    def _set_stretch(self, percent: Any) -> None:
        self._state.stretch = num_value(percent) / 100

    def _set_leading(self, leading: Any) -> None:
        self._state.leading = num_value(leading)

    def _set_rise(self, rise: Any) -> None:
        self._state.rise = num_value(rise)

    def _set_font(self, name: PSLiteral, size: Any) -> None:
        fonts = dict_value(self._resources.get("Font"))
        self._state.face = self._faces.load(fonts.get(name.name))
        self._state.size = num_value(size)

    def _set_graphics(self, name: PSLiteral) -> None:
        font = resolve1(dict_value(dict_value(self._resources.get("ExtGState")).get(name.name)).get("Font"))
        if isinstance(font, list):
            self._state.face, self._state.size = self._faces.load(font[0]), num_value(font[1])

    def _draw_form(self, name: PSLiteral) -> None:
        form = resolve1(dict_value(self._resources.get("XObject")).get(name.name))
        if not isinstance(form, ContentStream) or resolve1(form.get("Subtype")) != _FORM:
            self.has_pictures = True
            return
        if form.objid in self._open_forms or len(self._open_forms) >= MAX_DEPTH:
            self.loops = True
            return
        self._allowance.take_form()
        matrix = self._state.matrix
        if "Matrix" in form:
            matrix = mult_matrix(matrix_value(form["Matrix"]), matrix)
        resources = resolve1(form.get("Resources"))
        text = self._line, self._offset
        self._open_forms.append(form.objid or 0)
        self.run([form], resources if isinstance(resources, dict) else self._resources, matrix)
        self._open_forms.pop()
        self._line, self._offset = text

    def _show_next(self, data: Any) -> None:
        self._next_line()
        self._show([data])

    def _show_spaced(self, word_gap: Any, letter_gap: Any, data: Any) -> None:
        self._set_word_gap(word_gap)
        self._set_letter_gap(letter_gap)
        self._show_next(data)

    def _show_one(self, data: Any) -> None:
        self._show([data])

    def _show(self, items: Sequence[Any]) -> None:
        """Draw strings, between which numbers move the pen by thousandths of the font size."""
        state = self._state
        if state.face is None or not isinstance(items, list):
            self.damaged = True
            return
        place = Place(state, state.face, mult_matrix(self._line, state.matrix), self._offset)
        for item in items:
            if isinstance(item, bytes):
                self._draw_string(item, state.face, place)
            elif isinstance(item, (int, float)):
                if abs(item) > _GAP:
                    place.flush(self._pen)
                place.at -= item * place.unit / 1_000
        place.flush(self._pen)
        self._offset = place.at

    def _draw_string(self, data: bytes, face: Face, place: Place) -> None:
        glyphs, word_gap = face.glyphs, self._state.word_gap
        parts, at = place.parts, place.at
        codes = face.codes(data)
        self._allowance.take_glyphs(len(data))
        for code in codes:
            glyph = glyphs.get(code) or face.glyph(code)
            text, advance = glyph
            if text.isspace():
                place.at = at
                place.flush(self._pen)
                self._pen.blank()
            elif text:
                if not parts:
                    place.start = at
                parts.append(text)
            at += advance * place.unit + place.letter_gap
            if word_gap and face.is_blank(code):
                at += word_gap * (1 if face.vertical else self._state.stretch)
        place.at = at


_FORM = PSLiteral("Form")
