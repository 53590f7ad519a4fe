"""Which paragraph is the title of a Word file, and which are its headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from indexer.formats.text_block import ARTICLE, INNER
from indexer.formats.word.paragraph import Piece
from indexer.formats.word.styles import BODY, TITLE, Look

__all__ = ["mark_headings"]

_MAX_LINES = 3  # paragraphs that a title is spread over
_MAX_TITLE = 80  # characters of such a paragraph


def mark_headings(pieces: Sequence[Piece]) -> None:
    """Set the levels of the headings: what a style or outline level marks, and the title.

    The title is what has the style of one; without any, the first paragraph, if it is the only heading of
    the highest rank, or is centred and larger than the text, or bold where the text is not. What stands
    below a title and looks like it is its next line, unless it begins with a digit, a dash or a bracket.
    """
    shown = [piece for piece in pieces if piece.text and piece.kind is None]
    for piece in shown:
        rank = _rank(piece)
        piece.level = piece.level or (ARTICLE if rank == TITLE else INNER if rank < BODY else 0)
    if shown and not any(piece.level == ARTICLE for piece in shown):
        _find_title(shown)
    lines = 1
    for before, piece in pairwise(piece for piece in pieces if piece.text):
        if before.level == ARTICLE and lines < _MAX_LINES and _goes_on(before, piece):
            piece.level, piece.continues = ARTICLE, True
            lines += 1
        else:
            lines = 1


def _find_title(shown: Sequence[Piece]) -> None:
    """Mark the first paragraph if it is the title of a document that has no style for it."""
    first, ranks = shown[0], Counter(map(_rank, shown))
    is_only_one = _rank(first) == min(ranks) < BODY and ranks[_rank(first)] == 1
    if is_only_one or _stands_out(first, _body(shown)):
        first.level = ARTICLE


def _goes_on(title: Piece, piece: Piece) -> bool:
    """Tell whether what stands below a title is its next line."""
    looks_alike = piece.look == title.look and piece.look.rank is not None and piece.is_cell == title.is_cell
    return looks_alike and piece.begins and len(piece.text) <= _MAX_TITLE and piece.text[0].isalpha()


def _rank(piece: Piece) -> int:
    return piece.look.rank if piece.look.rank is not None else BODY


def _body(pieces: Sequence[Piece]) -> Look:
    """Return how most of the text looks."""
    looks: Counter[Look] = Counter()
    for piece in pieces:
        looks[piece.look] += len(piece.text)
    return max(looks, key=lambda look: looks[look])


def _stands_out(piece: Piece, body: Look) -> bool:
    look = piece.look
    if not look.is_centred or piece.is_cell or len(piece.text) > _MAX_TITLE or piece.text.endswith("。"):
        return False
    is_larger = bool(look.size and body.size and look.size > body.size)
    return is_larger or bool(look.is_bold and not body.is_bold and not body.is_centred)
