"""Read the paragraphs of a page of text: lay it out, then extract speakers, dates, sessions and topics."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec import Struct, field
from msgspec.structs import replace

from indexer.analysis.segmenter import Segmenter
from indexer.extraction.dates import days_mentioned, first_date, page_year, relative_date
from indexer.extraction.names import split_names
from indexer.extraction.sessions import places_by_level, sessions_in
from indexer.extraction.speakers.page_text import TextPiece
from indexer.extraction.speakers.reader import ParagraphPeople, read_people
from indexer.extraction.topics import proposals, topics
from indexer.models import EXTRACTION_LIMIT, SPEAKING_KINDS, Paragraph, Session, Topic
from indexer.pages.document_head import DocumentHead, read_head
from indexer.pages.document_type import document_type
from indexer.pages.encoding import split_lines
from indexer.pages.ids import Ids
from indexer.pages.layout import Article, lay_out
from indexer.pages.lead_ins import find_lead_ins
from indexer.pages.line_shapes import SIGNATURES, signed_names
from indexer.pages.piece import Piece

__all__ = ["read_page"]

# Every paragraph of an article carries its reporters, and the proposals that its speakers made before.
_MAX_REPORTERS = 100
_MAX_PROPOSALS = 100
_MOST = 2 / 3  # of the articles of a page that have a date
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
    readers = [_ArticleReader(article, page, source, segmenter) for article in articles]
    page.day = _common_day(reader.head for reader in readers)
    for reader in readers:
        yield from reader.paragraphs(people)


class _PageContext:
    """What the whole page says about its parts: the year, and the places of sessions."""

    def __init__(self, text: str) -> None:
        self.record: DocumentHead | None = None
        self.day: str | None = None
        self.year = page_year(text)
        self.republic = "民國" in text
        self.places = places_by_level(
            session for line in split_lines(text) for session in sessions_in(line[:EXTRACTION_LIMIT])
        )


class _ArticleReader(Struct):
    """Turns one article of a page into paragraphs."""

    article: Article
    page: _PageContext
    source: str
    segmenter: Segmenter
    reporters: tuple[str, ...] = ()
    head: DocumentHead = DocumentHead()
    proposed: dict[str, list[Topic]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.head = self._when_and_where()

    def paragraphs(self, read: Iterator[tuple[str, ParagraphPeople]]) -> Iterator[Paragraph]:
        """Make the paragraphs of the article; the next in `read` are their ids and people."""
        head = self.head if self.head.date else replace(self.head, date=self.page.day)
        self.reporters = self._find_reporters()
        own = [*islice(read, len(self.article.pieces))]
        type_ = document_type(
            self.article.title,
            self.article.pieces,
            [people for _, people in own],
            is_signed=bool(self.reporters),
        )
        leads = find_lead_ins(self.article.pieces)
        for piece, lead, (id_, people) in zip(self.article.pieces, leads, own, strict=True):
            speaks = piece.kind in SPEAKING_KINDS
            named = sessions_in(piece.opening, self.page.places) if speaks else ()
            here = self._when_and_where_of_caption(piece, named) if piece.kind == "caption" else head
            yield Paragraph(
                id=id_,
                source=self.source,
                lines=(piece.first, piece.last),
                text=piece.text,
                title=self.article.title,
                section=piece.section,
                document_type=type_,
                kind=piece.kind,
                date=here.date,
                date_end=here.date_end,
                sessions=here.sessions,
                mentioned_sessions=tuple(each for each in named if each not in here.sessions),
                mentioned_dates=self._days_mentioned(piece, here) if speaks else (),
                speakers=people.speakers,
                topics=self._topics(piece, people) if speaks else (),
                mentions=people.mentions,
                reporters=tuple(dict.fromkeys((*self.reporters, *people.recorders))),
                chair=people.chair,
                attendees=people.attendees,
                lead=lead,
            )

    def _days_mentioned(self, piece: Piece, head: DocumentHead) -> tuple[str, ...]:
        """List the days that a piece speaks of; without a date, only those with a year."""
        year = int(head.date[:4]) if head.date else None
        republic = self.page.republic
        return tuple(days_mentioned(piece.opening, year, head.date, head.date_end, republic=republic))

    def _topics(self, piece: Piece, people: ParagraphPeople) -> tuple[Topic, ...]:
        """Find the topics of a piece, the most trusted first; its people and reporters are none.

        A proposal stays a topic while the one who made it goes on speaking.
        """
        proposed = proposals(piece.opening)
        before = self.proposed
        self.proposed = {
            speaker.name: [*dict.fromkeys((*before.get(speaker.name, ()), *proposed))][-_MAX_PROPOSALS:]
            for speaker in people.speakers
        }
        carrying = (speaker.name for speaker in people.speakers if speaker.how != "delivered")
        carried = [topic for name in carrying for topic in self.proposed[name]] if not proposed else []
        posts = [part for who in people.speakers for part in (who.name, who.position, who.organisation)]
        return topics(
            piece.opening,
            self.segmenter,
            title=self.article.title,
            section=piece.section,
            carried=carried,
            people=[*filter(None, posts), *people.mentions, *people.chair, *self.reporters],
        )

    def _when_and_where(self) -> DocumentHead:
        """Find the days and the sessions of the article as a whole.

        They stand in its formula of adoption, else in the head of a record or speech, else in its headline
        and first paragraph. The line that says when it was printed dates a first paragraph that speaks of
        yesterday or names no day. What has no head of its own stands below that of the record before.
        """
        pieces, year = self.article.pieces, self.page.year
        head = read_head(pieces, year, self.page.places)
        if head.sessions and any(piece.kind == "attendance" for piece in pieces):
            self.page.record = head
        elif self.page.record and not head.sessions:
            return self.page.record
        formulae = [piece.text for piece in pieces if piece.kind == "formula"]
        lead = [piece.opening for piece in pieces if piece.kind == "body"][:1]
        printed = next((first_date(p.text, year) for p in pieces if p.kind == "dateline"), None)
        dates = [*(first_date(text, year) for text in formulae), head.date]
        dates += [first_date(text, year) for text in lead]
        if printed:
            dates += [*(relative_date(text, printed) for text in lead), printed]
        named = (session for text in (*formulae, *lead) for session in sessions_in(text, self.page.places))
        sessions = head.sessions or tuple(dict.fromkeys(named))
        date = next(filter(None, dates), None)
        return DocumentHead(date, head.date_end if date == head.date else None, sessions)

    def _when_and_where_of_caption(self, piece: Piece, named: tuple[Session, ...]) -> DocumentHead:
        """Find the day and the session of a photograph, which its own text may tell."""
        day = self.head.date or first_date(piece.opening, self.page.year) or self.page.day
        return DocumentHead(day, self.head.date_end, self.head.sessions or named[:1])

    def _find_reporters(self) -> tuple[str, ...]:
        """Find who wrote or photographed the article: in bylines, sign-offs and brackets of a lead."""
        body = [piece.text for piece in self.article.pieces if piece.kind == "body"]
        bylines = [piece.text for piece in self.article.pieces if piece.kind in SIGNATURES]
        bylines += [match[1] for text in body if (match := _LEAD_BYLINE.match(text))]
        signed = [split_names(_BYLINE_WORDS.sub(" ", line), self.segmenter) for line in bylines]
        signed += [signed_names(text, self.segmenter) for text in body]
        return tuple(islice(dict.fromkeys(name for names in signed for name in names), _MAX_REPORTERS))


def _common_day(heads: Iterable[DocumentHead]) -> str | None:
    """Return the day that most articles of a page share, of those that have one; the others share it, too."""
    days = Counter(head.date for head in heads if head.date)
    for day, count in days.most_common(1):
        return day if count > 1 and count >= _MOST * days.total() else None
    return None
