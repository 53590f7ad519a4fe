"""What the reader of speakers sees on pages of which the truth is known: the examples to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from indexer.analysis.segmenter import Segmenter
from indexer.extraction.speakers.attribution import Attribution
from indexer.extraction.speakers.context import Context
from indexer.extraction.speakers.listener import Listener
from indexer.extraction.speakers.mentions import Mention
from indexer.extraction.speakers.model import Model
from indexer.extraction.speakers.page_text import PageText, TextPiece
from indexer.extraction.speakers.participation import Participation, participation_of
from indexer.extraction.speakers.tagger import Tagger
from indexer.formats.encoding import split_lines
from indexer.pages.layout import lay_out
from indexer.pages.piece import Piece
from indexer.training.corpora import LabelledPage

__all__ = ["Observed", "Page", "observe", "open_page"]


class Page(NamedTuple):
    """A page made ready for the reader, who takes part in it, and where its paragraphs stand."""

    text: PageText
    participation: Participation
    pieces: Sequence[Piece]

    def speakers(self, label: LabelledPage) -> list[frozenset[str]]:
        """List who speaks in each paragraph."""
        return [label.speakers(piece.first, piece.last) for piece in self.pieces]


class Observed(NamedTuple):
    """Somebody who may speak in a paragraph: the features seen, and the score by the weights so far.

    `mention` is None where somebody may go on speaking.
    """

    paragraph: int
    name: str
    features: Sequence[str]
    score: float
    mention: Mention | None


def open_page(text: str, tagger: Tagger, segmenter: Segmenter) -> Page:
    """Lay a page out and find its names."""
    articles = [*enumerate(lay_out(split_lines(text), segmenter))]
    pieces = [(number, piece) for number, article in articles for piece in article.pieces]
    given = [TextPiece(piece.kind, piece.text, number) for number, piece in pieces]
    page = PageText.of(given, tagger, segmenter)
    return Page(page, participation_of(page), [piece for _, piece in pieces])


def observe(
    page: Page, model: Model, truth: Sequence[frozenset[str]] | None = None
) -> tuple[list[Observed], list[Observed]]:
    """Read a page, and list the mentions seen and those who may go on speaking.

    Where the truth is known of all paragraphs, each is read as if all before had been read right.
    """
    observer = _Observer(page, model, truth)
    observer.listen()
    return observer.mentions, observer.continuations


class _Observer(Listener):
    """Listens, and keeps what it sees."""

    quiet = True

    def __init__(self, page: Page, model: Model, truth: Sequence[frozenset[str]] | None) -> None:
        """Begin a page."""
        super().__init__(page.text, model, page.participation)
        self._truth = truth
        self.mentions: list[Observed] = []
        self.continuations: list[Observed] = []

    def speaking(self, number: int, mention: Mention, features: list[str] | None) -> float:
        """Keep a mention that anything is seen of."""
        score = super().speaking(number, mention, features)
        if features is not None:
            self.mentions.append(Observed(number, mention.name, features, score, mention))
        return score

    def going_on(self, number: int, who: str, features: list[str]) -> float:
        """Keep who may go on speaking."""
        score = super().going_on(number, who, features)
        self.continuations.append(Observed(number, who, features, score, None))
        return score

    def passed_on(
        self, number: int, context: Context, found: Sequence[Attribution]
    ) -> tuple[str | None, str, tuple[str, ...]]:
        """Tell who truly spoke last where that is known."""
        if self._truth is None:
            return super().passed_on(number, context, found)
        speakers = self._truth[number]
        places = {each.name: each.start for each in context.mentions if each.name in speakers}
        everybody = tuple(sorted(speakers))
        if places:
            last = max(places, key=places.__getitem__)
            turn = context.text.strip().startswith(f"{last}:")
            return last, "colon" if turn else "explicit", everybody
        before = [each.speaker for each in (self._state, self._floor) if each.speaker in speakers]
        return (before[0], "inherited", everybody) if before else (None, "", everybody)
