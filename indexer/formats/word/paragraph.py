"""A paragraph as it is gathered from its runs, the pieces of text it gives, and the blocks these become."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from indexer.formats.text_block import TextBlock
from indexer.formats.word.styles import BODY, CONTENTS, Look
from indexer.text.width import width_of

__all__ = ["LINE_BREAK", "PAGE_BREAK", "Field", "Paragraph", "Piece", "make_blocks"]

LINE_BREAK, PAGE_BREAK = "\n", "\f"

Kind = Literal["aside", "furniture", "caption"]

_WHITE = re.compile(r"[\t\r\x0b\x1c-\x1f\x85\u2028\u2029]")  # what is no blank but divides as one does
_CLOSING = 4  # characters in which a sentence ends: 。’”）
_SENTENCE_END = re.compile(r"[。！？!?；;：:…][”’」』）)]*$")


class Piece(Struct):
    """What becomes a block: a paragraph, or a part of one.

    `begins` tells a paragraph of the document's own from what hangs on the one before: notes, and what
    stands after a break in it. `level` is that of a heading, and `continues` tells a further line of a
    title, once they are known.
    """

    text: str
    look: Look = Look()
    begins: bool = True
    is_cell: bool = False
    kind: Kind | None = None
    level: int = 0
    continues: bool = False


class Field(Struct):
    """A field that is open: whether its code is being read, and whether it stands in the code of another."""

    is_code: bool
    is_hidden: bool


class Paragraph:
    """A paragraph that is being read."""

    def __init__(self, look: Look, label: str = "") -> None:
        """Begin a paragraph that looks so, under the number that Word shows before it."""
        self.look = look
        self.label = label
        self.parts: list[str] = []
        self.sizes: Counter[tuple[int | None, bool]] = Counter()
        """How many characters are of which size, and bold."""
        self.fields: list[Field] = []
        """The fields that are open, the innermost last."""
        self.notes: list[str] = []
        """The notes and comments that it refers to."""
        self.after: list[Piece] = []
        """What stands in it and follows it: text boxes that come after its first character."""

    def add(self, text: str, look: Look) -> None:
        """Add the text of a run."""
        self.parts.append(text)
        self.sizes[look.size, bool(look.is_bold)] += len(text)

    def pieces(self) -> list[Piece]:
        """Return its text in pieces, one without text if it has none."""
        text = _WHITE.sub(" ", "".join(self.parts))
        texts = [part.strip() for page in text.split(PAGE_BREAK) for part in _split(page)]
        texts = [part for part in texts if part] or [""]
        if texts[0]:
            texts[0] = self.label + texts[0]
        look = self._shown()
        kind: Kind | None = "aside" if look.rank == CONTENTS else None
        return [Piece(each, look, begins=at == 0, kind=kind) for at, each in enumerate(texts)]

    def _shown(self) -> Look:
        """Return how most of it looks."""
        if not self.sizes:
            return self.look
        size, is_bold = max(self.sizes, key=lambda each: self.sizes[each])
        rank = self.look.rank if self.look.rank is not None else BODY
        return Look(rank=rank, size=size, is_bold=is_bold, is_centred=bool(self.look.is_centred))


def make_blocks(pieces: Iterable[Piece]) -> list[TextBlock]:
    """Make the blocks, numbered by paragraphs from 1, of the pieces that have text."""
    blocks: list[TextBlock] = []
    number = 0
    for piece in pieces:
        number += piece.begins or not number
        if piece.continues:
            title = blocks.pop()
            text = title.text + _gap(title.text, piece.text) + piece.text
            blocks.append(TextBlock(text, title.first, number, title.level))
        elif piece.text:
            blocks.append(
                TextBlock(piece.text, number, number, piece.level, piece.kind, is_cell=piece.is_cell)
            )
    return blocks


def _gap(line: str, following: str) -> str:
    """Return what joins two lines: a blank, unless Chinese ends the one or begins the other."""
    return " " if width_of(line[-1] + following[0]) < 3 else ""


def _split(text: str) -> Iterator[str]:
    """Split a text at the line breaks after the end of a sentence, and join it at the others.

    A break is often put for a new paragraph, and as often inside a title or a sentence.
    """
    open_line: list[str] = []
    for part in filter(None, (part.rstrip(" \u3000").lstrip(" ") for part in text.split("\n"))):
        if open_line and (_SENTENCE_END.search(open_line[-1][-_CLOSING:]) or part.startswith("\u3000")):
            yield "".join(open_line)
            open_line = [part]
        else:
            open_line += [_gap(open_line[-1], part), part] if open_line else [part]
    yield "".join(open_line)
