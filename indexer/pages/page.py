"""Read the paragraphs of a page: lay it out, then extract speakers, dates, sessions and topics."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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
from indexer.formats.encoding import split_lines
from indexer.formats.text_block import FileText
from indexer.models import AROUND_KINDS, EXTRACTION_LIMIT, SPEAKING_KINDS, Paragraph, Session, Topic
from indexer.pages.blocks import file_blocks
from indexer.pages.document_head import DocumentHead, read_head
from indexer.pages.document_type import document_type
from indexer.pages.ids import Ids
from indexer.pages.layout import Article, lay_out, lay_out_blocks
from indexer.pages.lead_ins import find_lead_ins
from indexer.pages.line_shapes import SIGNATURES, signed_names
from indexer.pages.piece import Piece

__all__ = ["read_file_text", "read_page"]

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
    lines = split_lines(text)
    yield from _read(lay_out(lines, segmenter), _PageContext(text, lines), source, segmenter)


def read_file_text(file: FileText, source: str, segmenter: Segmenter) -> Iterator[Paragraph]:
    """Read the paragraphs of what a file holds, also those that stand around its articles."""
    lines = [block.text for block in file.blocks if block.kind not in AROUND_KINDS]
    page = _PageContext("\n".join(lines), lines, file.date)
    articles = lay_out_blocks(file_blocks(file.blocks, segmenter), segmenter)
    yield from _read(articles, page, source, segmenter)


def _read(
    articles: Sequence[Article], page: _PageContext, source: str, segmenter: Segmenter
) -> Iterator[Paragraph]:
    make_id = Ids(source).make
    ids = [make_id(piece.kind, piece.text) for article in articles for piece in article.pieces]
    pieces = (
        TextPiece(piece.kind, "" if piece.kind in AROUND_KINDS else piece.opening, number)
        for number, article in enumerate(articles)
        for piece in article.pieces
    )
    people = zip(ids, read_people(pieces, ids, segmenter), strict=True)
    readers = [_ArticleReader(article, page, source, segmenter) for article in articles]
    page.day = _common_day(reader.head for reader in readers) or page.printed
    for reader in readers:
        yield from reader.paragraphs(people)


class _PageContext:
    """What the whole page says about its parts: the year, and the places of sessions.

    `printed` is the day on which it was published, where something else than its text tells.
    """

    def __init__(self, text: str, lines: Iterable[str], printed: str | None = None) -> None:
        self.record: DocumentHead | None = None
        self.printed = printed
        self.day: str | None = None
        self.year = page_year(text) or (int(printed[:4]) if printed else None)
        self.republic = "民國" in text
        self.places = places_by_level(
            session for line in lines for session in sessions_in(line[:EXTRACTION_LIMIT])
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
        pieces = self.article.own_pieces
        all_ = [*zip(self.article.pieces, islice(read, len(self.article.pieces)), strict=True)]
        type_ = document_type(
            self.article.title,
            pieces,
            [people for piece, (_, people) in all_ if piece.kind not in AROUND_KINDS],
            is_signed=bool(self.reporters),
        )
        leads = iter(find_lead_ins(pieces))
        for piece, (id_, people) in all_:
            if piece.kind in AROUND_KINDS:
                yield self._paragraph_around(piece, id_, head)
                continue
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
                lead=next(leads),
                page=piece.page,
            )

    def _paragraph_around(self, piece: Piece, id_: str, head: DocumentHead) -> Paragraph:
        """Make the paragraph of a piece that belongs to no article: nobody speaks there, about nothing."""
        return Paragraph(
            id=id_,
            source=self.source,
            lines=(piece.first, piece.last),
            text=piece.text,
            kind=piece.kind,
            date=head.date,
            date_end=head.date_end,
            page=piece.page,
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
        pieces, year = self.article.own_pieces, self.page.year
        head = read_head(pieces, year, self.page.places)
        if head.sessions and any(piece.kind == "attendance" for piece in pieces):
            self.page.record = head
        elif self.page.record and not head.sessions:
            return self.page.record
        formulae = [piece.text for piece in pieces if piece.kind == "formula"]
        lead = [piece.opening for piece in pieces if piece.kind == "body"][:1]
        datelines = (first_date(piece.text, year) for piece in pieces if piece.kind == "dateline")
        printed = next(datelines, None)
        dates = [*(first_date(text, year) for text in formulae), head.date]
        dates += [first_date(text, year) for text in lead]
        if printed:
            dates += [*(relative_date(text, printed) for text in lead), printed]
        dates.append(self.page.printed)  # of a web page, which is published on the day that it tells of
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
