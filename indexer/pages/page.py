"""Read the paragraphs of a page of text: lay it out, then extract speakers, dates, sessions and topics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from indexer.analysis.segmenter import Segmenter
from indexer.extraction.dates import first_date, page_year, relative_date
from indexer.extraction.names import split_names
from indexer.extraction.sessions import places_by_level, sessions_in
from indexer.extraction.speakers.page_text import TextPiece
from indexer.extraction.speakers.reader import ParagraphPeople, read_people
from indexer.extraction.topics import proposals, topics
from indexer.models import EXTRACTION_LIMIT, SPEAKING_KINDS, Paragraph, Session, Topic
from indexer.pages.encoding import split_lines
from indexer.pages.ids import Ids
from indexer.pages.layout import Article, Piece, lay_out
from indexer.pages.line_shapes import SIGNATURES, is_news_lead, official_type, signed_names

__all__ = ["read_page"]

# Every paragraph of an article carries its reporters, and the proposals that its speakers made before.
_MAX_REPORTERS = 100
_MAX_PROPOSALS = 100
_LEAD_BYLINE = re.compile(r"[^，。！？]{0,20}?[（(]([^（）()]{0,12}(?:记者|通讯员)[^（）()]{2,40})[）)]")
_BYLINE_WORDS = re.compile(
    r"[■□◎●◆（()）：:]|本报|本网|本台|首席|见习|实习|特约|全媒体|融媒体|记者|通讯员|特派员|撰稿|摄影报道|摄影|文/图|图/文"
)


def read_page(text: str, source: str, segmenter: Segmenter) -> Iterator[Paragraph]:
    """Read the paragraphs of a page in reading order, its headings and bylines among them."""
    page, make_id = _PageContext(text), Ids(source).make
    articles = lay_out(split_lines(text), segmenter)
    ids = [make_id(piece.kind, piece.text) for article in articles for piece in article.pieces]
    pieces = (
        TextPiece(piece.kind, piece.opening, number)
        for number, article in enumerate(articles)
        for piece in article.pieces
    )
    people = zip(ids, read_people(pieces, ids, segmenter), strict=True)
    for article in articles:
        yield from _ArticleReader(article, page, source, segmenter).paragraphs(people)


class _PageContext:
    """What the whole page says about its parts: the year, and the places of sessions."""

    def __init__(self, text: str) -> None:
        self.year = page_year(text)
        self.places = places_by_level(
            session for line in split_lines(text) for session in sessions_in(line[:EXTRACTION_LIMIT])
        )


@dataclass(slots=True)
class _ArticleReader:
    """Turns one article of a page into paragraphs."""

    article: Article
    page: _PageContext
    source: str
    segmenter: Segmenter
    reporters: tuple[str, ...] = ()
    proposed: dict[str, list[Topic]] = field(default_factory=dict)

    def paragraphs(self, read: Iterator[tuple[str, ParagraphPeople]]) -> Iterator[Paragraph]:
        """Make the paragraphs of the article; the next in `read` are their ids and people."""
        date, sessions = self._when_and_where()
        self.reporters = self._find_reporters()
        document_type = self._document_type()
        for piece, (id_, people) in zip(self.article.pieces, read, strict=False):
            speaks = piece.kind in SPEAKING_KINDS
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
                speakers=people.speakers,
                topics=self._topics(piece, people) if speaks else (),
                mentions=people.mentions,
                reporters=tuple(dict.fromkeys((*self.reporters, *people.recorders))),
                chair=people.chair,
                attendees=people.attendees,
            )

    def _topics(self, piece: Piece, people: ParagraphPeople) -> tuple[Topic, ...]:
        """Find the topics of a piece, the most trusted first; its people and reporters are none.

        A proposal stays a topic while the one who made it goes on speaking.
        """
        proposed = proposals(piece.opening)
        for speaker in people.speakers:
            made = self.proposed.setdefault(speaker.name, [])
            made[:] = dict.fromkeys((*made, *proposed)[-_MAX_PROPOSALS:])
        carried = [topic for speaker in people.speakers for topic in self.proposed[speaker.name]]
        posts = [part for who in people.speakers for part in (who.name, who.position, who.organisation)]
        return topics(
            piece.opening,
            self.segmenter,
            title=self.article.title,
            section=piece.section,
            carried=carried,
            people=[*filter(None, posts), *people.mentions, *people.chair, *self.reporters],
        )

    def _when_and_where(self) -> tuple[str | None, tuple[Session, ...]]:
        """Find the date and the sessions of the article as a whole.

        They stand in its formula of adoption, else in its headline and first paragraph. The line that
        says when it was printed dates a first paragraph that speaks of yesterday or names no day.
        """
        pieces, year = self.article.pieces, self.page.year
        formulae = [piece.text for piece in pieces if piece.kind == "formula"]
        lead = [piece.opening for piece in pieces if piece.kind == "body"][:1]
        titles = [self.article.title] if self.article.title else []
        printed = next((first_date(p.text, year) for p in pieces if p.kind == "dateline"), None)
        dates = [first_date(text, year) for text in (*formulae, *lead)]
        if printed:
            dates += [*(relative_date(text, printed) for text in lead), printed]
        sessions = (sessions_in(text, self.page.places) for text in (*titles, *formulae, *lead))
        return (
            next(filter(None, dates), None),
            tuple(dict.fromkeys(session for found in sessions for session in found)),
        )

    def _document_type(self) -> str | None:
        """Return 决议, 报告, … as the title ends, or 报道 for what a reporter wrote, or None."""
        official = official_type(self.article.title)
        if official:
            return official
        texts = [piece.text for piece in self.article.pieces if piece.kind in SPEAKING_KINDS]
        return "报道" if self.reporters or any(map(is_news_lead, texts)) else None

    def _find_reporters(self) -> tuple[str, ...]:
        """Find who wrote or photographed the article: in bylines, sign-offs and brackets of a lead."""
        body = [piece.text for piece in self.article.pieces if piece.kind == "body"]
        bylines = [piece.text for piece in self.article.pieces if piece.kind in SIGNATURES]
        bylines += [match[1] for text in body if (match := _LEAD_BYLINE.match(text))]
        signed = [split_names(_BYLINE_WORDS.sub(" ", line), self.segmenter) for line in bylines]
        signed += [signed_names(text, self.segmenter) for text in body]
        return tuple(islice(dict.fromkeys(name for names in signed for name in names), _MAX_REPORTERS))
