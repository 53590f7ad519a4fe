"""Which paragraph is the title of a Word file, and which are its headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from indexer.formats.text_block import ARTICLE, INNER
from indexer.formats.word.paragraph import Piece
from indexer.formats.word.styles import BODY, TITLE, Look

__all__ = ["mark_headings"]

_MAX_LINES = 3  # paragraphs that a title is spread over
_MAX_TITLE = 80  # characters of such a paragraph


def mark_headings(pieces: Sequence[Piece]) -> None:
    """Set the levels of the headings: what a style or outline level marks, and the title.

    The title is what has the style of one; without any, the first paragraph, if it is the only heading of
    the highest rank, or is centred and larger than the text, or bold where the text is not. The
    paragraphs that a title is spread over become one piece.
    """
    shown = [piece for piece in pieces if piece.text and piece.kind is None]
    for piece in shown:
        rank = _rank(piece)
        piece.level = piece.level or (ARTICLE if rank == TITLE else INNER if rank < BODY else 0)
    if not shown or any(piece.level == ARTICLE for piece in shown):
        return
    first = shown[0]
    ranks = Counter(map(_rank, shown))
    if _rank(first) < BODY and ranks[_rank(first)] == 1 and _rank(first) == min(ranks):
        first.level = ARTICLE
    elif _is_title(first, body := _body(shown)):
        first.level = ARTICLE
        for piece in shown[1:_MAX_LINES]:
            if piece.look != first.look or not piece.text[0].isalpha() or not _is_title(piece, body):
                break
            piece.level = ARTICLE


def _rank(piece: Piece) -> int:
    return piece.look.rank if piece.look.rank is not None else BODY


def _body(pieces: Sequence[Piece]) -> Look:
    """Return how most of the text looks."""
    looks: Counter[Look] = Counter()
    for piece in pieces:
        looks[piece.look] += len(piece.text)
    return max(looks, key=lambda look: looks[look])


def _is_title(piece: Piece, body: Look) -> bool:
    look = piece.look
    if not look.is_centred or piece.is_cell or len(piece.text) > _MAX_TITLE or piece.text.endswith("。"):
        return False
    is_larger = bool(look.size and body.size and look.size > body.size)
    return is_larger or bool(look.is_bold and not body.is_bold and not body.is_centred)
