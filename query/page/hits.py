"""Paragraphs and hits as a page shows them: who, when, what, where, and the evidence for it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from indexer import Paragraph, Speaker
from query import Hit, Matched
from query.output.sanitize import safe
from query.page.asked import Asked, path_of
from query.page.links import fits
from query.page.marks import Piece, brief, pieces
from query.page.texts import Texts

__all__ = ["Shown", "Who", "show_hit", "show_paragraph"]

_MAX_SNIPPET = 480  # characters of a hit
_MAX_TOPICS = 3
_MAX_SPEAKERS = 12  # that are listed of a paragraph
_MAX_EVIDENCE = 40  # characters
_MAX_HEADING = 120  # characters


class Who(Struct, frozen=True):
    """Who speaks: the name, its address, what is known of the person, how, and what says so, or where."""

    name: str
    url: str
    details: str
    how: str
    evidence: str = ""
    evidence_url: str = ""


class Named(Struct, frozen=True):
    """A value and its address."""

    text: str
    url: str


class Shown(Struct, frozen=True):
    """A paragraph as it is shown; the last fields are those of a hit."""

    id: str
    url: str
    heading: str
    lead: str
    who: tuple[Who, ...]
    kind: str
    day: str
    date: str
    text: tuple[Piece, ...]
    topics: tuple[Named, ...]
    sessions: tuple[Named, ...]
    place: str
    is_cut: bool = False
    rank: int = 0
    repeats: int = 1
    matched: tuple[str, ...] = ()


def show_hit(hit: Hit, asked: Asked, say: Texts) -> Shown:
    """Show a hit: its snippet, matches and evidence marked, and what answers for words it does not hold."""
    text, highlights = hit.excerpt()
    _, evidence = hit.excerpt(_spans(hit.speakers))
    matched = tuple(_matched(each, say) for each in hit.matched)
    return _show(
        hit,
        tuple(pieces(text, highlights, evidence, _MAX_SNIPPET)),
        asked,
        say,
        rank=hit.rank,
        repeats=hit.repeats,
        matched=matched,
    )


def show_paragraph(paragraph: Paragraph, asked: Asked, say: Texts, most: int | None = None) -> Shown:
    """Show a paragraph with its evidence marked, whole or the first `most` characters."""
    text = tuple(pieces(paragraph.text, (), _spans(paragraph.speakers), most))
    return _show(paragraph, text, asked, say, is_cut=most is not None and len(paragraph.text) > most)


def _show(
    paragraph: Paragraph,
    text: tuple[Piece, ...],
    asked: Asked,
    say: Texts,
    *,
    is_cut: bool = False,
    rank: int = 0,
    repeats: int = 1,
    matched: tuple[str, ...] = (),
) -> Shown:
    headings = {paragraph.title, paragraph.section}
    topics = [topic.label for topic in paragraph.topics if topic.label not in headings][:_MAX_TOPICS]
    plain = Asked(language=asked.language)
    heading = paragraph.heading if paragraph.kind != "headline" else ""
    return Shown(
        id=paragraph.id,
        url=plain.url(path_of("p", paragraph.id)),
        heading=brief(heading, _MAX_HEADING),
        lead=brief(paragraph.lead or "", _MAX_HEADING),
        who=tuple(_who(speaker, paragraph, plain, say) for speaker in paragraph.speakers[:_MAX_SPEAKERS]),
        kind="" if paragraph.kind == "body" else say.kind(paragraph.kind),
        day=safe(paragraph.date or ""),
        date=safe(paragraph.date or "") + (f" – {safe(paragraph.date_end)}" if paragraph.date_end else ""),
        text=text,
        topics=tuple(
            Named(brief(topic), plain.url(path_of("topic", topic))) for topic in topics if fits(topic)
        ),
        sessions=tuple(
            Named(brief(session.name), plain.url(path_of("session", session.name)))
            for session in paragraph.sessions
            if fits(session.name)
        ),
        place=safe(paragraph.place),
        is_cut=is_cut,
        rank=rank,
        repeats=repeats,
        matched=matched,
    )


def _matched(matched: Matched, say: Texts) -> str:
    """Say what answers for a text that the paragraph does not hold: 张艳丽（发言人）."""
    value = "" if matched.value == matched.text else f" {brief(matched.value)}"
    return f"{safe(matched.text)}（{say.label(matched.field)}{value}）"


def _who(speaker: Speaker, paragraph: Paragraph, plain: Asked, say: Texts) -> Who:
    evidence, url = "", ""
    if isinstance(speaker.evidence, tuple):
        evidence = brief(paragraph.text[slice(*speaker.evidence)], _MAX_EVIDENCE)
    elif speaker.evidence:
        url = plain.url(path_of("p", speaker.evidence))
    how = "" if speaker.how == "explicit" else say.how(speaker.how)
    details = str(speaker)[len(speaker.name) :]
    address = plain.url(path_of("speaker", speaker.name)) if fits(speaker.name) else ""
    return Who(brief(speaker.name), address, brief(details, _MAX_HEADING), brief(how), evidence, url)


def _spans(speakers: Sequence[Speaker]) -> list[tuple[int, int]]:
    return [speaker.evidence for speaker in speakers if isinstance(speaker.evidence, tuple)]
