"""A page of plain text to the paragraphs of the index: layout, then who, when, where and what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from indexer.analysis.segmenter import Segmenter
from indexer.extraction.dates import first_date, page_year, relative_date
from indexer.extraction.mentions import mentions
from indexer.extraction.names import split_names
from indexer.extraction.people import People
from indexer.extraction.sessions import page_places, sessions_in
from indexer.extraction.speakers import SpeakerFinder
from indexer.extraction.topics import proposals, topics
from indexer.models import EXTRACTION_LIMIT, SPEAKING_KINDS, Paragraph, Session, Speaker, Topic
from indexer.pages.encoding import split_lines
from indexer.pages.ids import Ids
from indexer.pages.layout import (
    SIGNATURES,
    Article,
    Piece,
    attendees,
    has_lead,
    lay_out,
    official_type,
    sign_off,
)

__all__ = ["read_page"]

_LEAD_BYLINE = re.compile(r"[^，。！？]{0,20}?[（(]([^（）()]{0,12}(?:记者|通讯员)[^（）()]{2,40})[）)]")
_MOST = 100  # reporters of an article, or proposals of a speaker, that every paragraph of it is given
_BYLINE_WORDS = re.compile(
    r"[■□◎●◆（()）：:]|本报|本网|本台|首席|见习|实习|特约|全媒体|融媒体|记者|通讯员|特派员|撰稿|摄影报道|摄影|文/图|图/文"
)


def read_page(text: str, source: str, segmenter: Segmenter) -> Iterator[Paragraph]:
    """Yield the paragraphs of a page, its headings and bylines among them, in reading order."""
    page = _Page(text)
    ids = Ids(source)
    for article in lay_out(split_lines(text), segmenter):
        story = _Story(article, page, ids, source, segmenter, SpeakerFinder(segmenter, page.people))
        yield from story.paragraphs()


class _Page:
    """What a whole page says about its parts: the year, and the places of its sessions."""

    def __init__(self, text: str) -> None:
        self.people = People()
        self.year = page_year(text)
        self.places = page_places(
            session for line in split_lines(text) for session in sessions_in(line[:EXTRACTION_LIMIT])
        )


@dataclass(slots=True)
class _Story:
    """One article on its page, as it becomes paragraphs."""

    article: Article
    page: _Page
    ids: Ids
    source: str
    segmenter: Segmenter
    witness: SpeakerFinder
    reporters: tuple[str, ...] = ()
    proposed: dict[str, list[Topic]] = field(default_factory=dict)

    def paragraphs(self) -> Iterator[Paragraph]:
        date, sessions = self._when_and_where()
        self.reporters = self._signed()
        document_type = self._document_type()
        before: Piece | None = None
        for piece in self.article.pieces:
            id_ = self.ids.make(piece.kind, piece.text)
            speakers, about, named = self._told(piece, id_, before)
            own_date = first_date(piece.opening, self.page.year) if piece.kind == "caption" else None
            yield Paragraph(
                id=id_,
                source=self.source,
                lines=(piece.first, piece.last),
                text=piece.text,
                title=self.article.title,
                section=piece.section,
                document_type=document_type,
                kind=piece.kind,
                date=date or own_date,
                sessions=tuple(dict.fromkeys((*sessions, *sessions_in(piece.opening, self.page.places)))),
                speakers=speakers,
                topics=about,
                mentions=named,
                reporters=self.reporters,
                attendees=tuple(attendees(piece.text)) if piece.kind == "attendance" else (),
            )
            before = piece

    def _told(
        self, piece: Piece, id_: str, before: Piece | None
    ) -> tuple[tuple[Speaker, ...], tuple[Topic, ...], tuple[str, ...]]:
        """Return the speakers, topics and mentions of a paragraph; what stands around has none."""
        if piece.kind not in SPEAKING_KINDS:
            return (), (), ()
        follows = before is not None and before.kind == "body" and piece.kind == "body"
        speakers = self.witness.speakers(piece.opening, id_, follows=follows)
        named = mentions(piece.opening, [speaker.name for speaker in speakers], self.segmenter)
        return speakers, self._topics(piece, speakers, (*named, *self.reporters)), named

    def _topics(
        self, piece: Piece, speakers: tuple[Speaker, ...], others: tuple[str, ...]
    ) -> tuple[Topic, ...]:
        """Return what the paragraph is about, most trusted first.

        A proposal stays the topic while the one who made it goes on speaking.
        """
        proposed = proposals(piece.opening)
        for speaker in speakers:
            made = self.proposed.setdefault(speaker.name, [])
            made[:] = dict.fromkeys((*made, *proposed)[-_MOST:])
        carried = [topic for speaker in speakers for topic in self.proposed[speaker.name]]
        posts = [part for who in speakers for part in (who.name, who.position, who.organisation)]
        return topics(
            piece.opening,
            self.segmenter,
            title=self.article.title,
            section=piece.section,
            carried=carried,
            people=[*filter(None, posts), *others],
        )

    def _when_and_where(self) -> tuple[str | None, tuple[Session, ...]]:
        """Return the date and the sessions that the article as a whole belongs to.

        They stand in its formula of adoption, else in its headline and first paragraph; the line that
        says when it was printed dates what its first paragraph tells of yesterday or leaves undated.
        """
        pieces, year = self.article.pieces, self.page.year
        formulae = [piece.text for piece in pieces if piece.kind == "formula"]
        lead = [piece.opening for piece in pieces if piece.kind == "body"][:1]
        titled = [self.article.title] if self.article.title else []
        printed = next((first_date(p.text, year) for p in pieces if p.kind == "dateline"), None)
        dates = [first_date(text, year) for text in (*formulae, *lead)]
        if printed:
            dates += [*(relative_date(text, printed) for text in lead), printed]
        sessions = (sessions_in(text, self.page.places) for text in (*titled, *formulae, *lead))
        return (
            next(filter(None, dates), None),
            tuple(dict.fromkeys(session for found in sessions for session in found)),
        )

    def _document_type(self) -> str | None:
        """Return 决议, 报告, … as the title ends, or 报道 for what a reporter wrote."""
        official = official_type(self.article.title)
        if official:
            return official
        told = [piece for piece in self.article.pieces if piece.kind in SPEAKING_KINDS]
        reported = self.reporters or any(has_lead(piece.text) for piece in told)
        return "报道" if reported else None

    def _signed(self) -> tuple[str, ...]:
        """Return who wrote or photographed the article: in bylines, sign-offs and brackets of a lead."""
        told = [piece.text for piece in self.article.pieces if piece.kind == "body"]
        bylines = [piece.text for piece in self.article.pieces if piece.kind in SIGNATURES]
        bylines += [match[1] for text in told if (match := _LEAD_BYLINE.match(text))]
        signed = [split_names(_BYLINE_WORDS.sub(" ", line), self.segmenter) for line in bylines]
        signed += [sign_off(text, self.segmenter) for text in told]
        return tuple(islice(dict.fromkeys(name for names in signed for name in names), _MOST))
