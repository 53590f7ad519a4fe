"""A page made ready to be read for speakers: its paragraphs, its people, and who wrote it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct

from indexer.analysis.segmenter import Segmenter
from indexer.extraction.patterns import POSITION
from indexer.extraction.speakers.cues import normalise
from indexer.extraction.speakers.people import NamePosition, PagePeople
from indexer.extraction.speakers.split_names import SplitName, split_names_in
from indexer.extraction.speakers.tagger import Name, Tagger
from indexer.models import SPEAKING_KINDS

__all__ = ["TRANSCRIPT", "PageParagraph", "PageText", "TextPiece"]

TRANSCRIPT = 0.2
"""The share of paragraphs that open with a turn, from which on a page is a transcript."""

_SIGNS = ("记者", "通讯员", "摄", "文/图", "图/文")
_BYLINE = re.compile(
    r"\(([^()]{0,14}(?:记者|通讯员)[^()]{2,60})\)|(?:^|[\s(])(?:文/图|图/文|摄影|记者)[:/\s]*([^,。!?:()]{2,30})$|记者([^,。:()!?“”]{2,24})(?:报道|摄)"
)
_SIGNED = re.compile(r"[。!?”…]\s*\(([^()]{2,40})\)\s*$")
_COLON = re.compile(r"\s*[^:,。“”]{1,24}:(?!“)")
_PART = re.compile(
    rf"(?:^|\s)(?:问|答|[甲乙]|q|a)\s*:$|(?:{POSITION}|记者|主持人|议员|委员|代表|先生|女士|主席|司仪)\s*(?:\([^()]*\))?\s*:$"
)
_ENDS = "。!?"
_TURNS = 4  # paragraphs that open with one make a transcript, however long each is
_SURELY = 0.5  # the share of turns that such a page counts as


class TextPiece(NamedTuple):
    """A piece of a page: its kind, its text, and the number of its article."""

    kind: str
    text: str
    article: int


class PageParagraph(Struct, frozen=True):
    """A piece with its text as it is read, and where names stand in it: full, and with a title inside."""

    kind: str
    text: str
    normalised: str
    article: int
    name_positions: Sequence[NamePosition]
    split_names: Sequence[SplitName]


class PageText(Struct, frozen=True):
    """A page; `transcript` is the share of paragraphs that open with a turn.

    `lined` says that most of its paragraphs are one sentence.
    """

    paragraphs: Sequence[PageParagraph]
    people: PagePeople
    reporters: frozenset[str]
    transcript: float
    lined: bool

    @classmethod
    def of(cls, pieces: Iterable[TextPiece], tagger: Tagger, segmenter: Segmenter) -> PageText:
        """Tag the names of a page at once, and find where each stands."""
        given = [*pieces]
        texts = [normalise(piece.text) for piece in given]
        split = [split_names_in(text) for text in texts]
        people = PagePeople.of(texts, _names(tagger, texts), split, segmenter)
        paragraphs = [
            PageParagraph(piece.kind, piece.text, text, piece.article, places, splits)
            for piece, text, places, splits in zip(
                given, texts, people.places(texts, split), split, strict=True
            )
        ]
        speaking = [paragraph for paragraph in paragraphs if paragraph.kind in SPEAKING_KINDS]
        turns = sum(_opens_turn(paragraph) for paragraph in speaking)
        single = sum(sum(map(paragraph.normalised.count, _ENDS)) <= 1 for paragraph in speaking)
        lined = len(speaking) >= 5 and single >= 0.7 * len(speaking)
        share = turns / max(1, len(speaking))
        transcript = max(share, _SURELY) if turns >= _TURNS else share
        return cls(paragraphs, people, _reporters(paragraphs), transcript, lined)


def _opens_turn(paragraph: PageParagraph) -> bool:
    """Tell whether a paragraph opens with somebody's name, or with a part in a conversation, and a colon."""
    head = _COLON.match(paragraph.normalised) if ":" in paragraph.normalised[:32] else None
    if head is None or "各位" in head[0] or "尊敬" in head[0]:
        return False
    ends = [each.end for each in paragraph.name_positions[:1]]
    ends += [each.end for each in paragraph.split_names[:1]]
    return any(end <= head.end() for end in ends) or _PART.search(head[0]) is not None


def _names(tagger: Tagger, texts: Sequence[str]) -> list[list[Name]]:
    """Return the names that the tagger sees in each of the texts, read as one."""
    names = tagger.names("\n".join(texts))
    found: list[list[Name]] = []
    start = number = 0
    for text in texts:
        end = start + len(text)
        here = []
        while number < len(names) and names[number].start < end:
            name = names[number]
            if name.end <= end:
                here.append(Name(name.start - start, name.end - start, name.margin))
            number += 1
        found.append(here)
        start = end + 1
    return found


def _reporters(paragraphs: Sequence[PageParagraph]) -> frozenset[str]:
    """Return the people in bylines and sign-offs who stand at most once anywhere else."""
    signed: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for paragraph in paragraphs:
        spans = _signatures(paragraph)
        for place in paragraph.name_positions:
            inside = any(start <= place.start < end for start, end in spans)
            (signed if inside else others)[place.name] += inside or paragraph.kind in SPEAKING_KINDS
    return frozenset(name for name in signed if others[name] < 2)


def _signatures(paragraph: PageParagraph) -> list[tuple[int, int]]:
    """Return the spans of a paragraph that say who wrote or photographed."""
    text = paragraph.normalised
    if paragraph.kind in ("byline", "credit"):
        return [(0, len(text))]
    spans = [match.span() for match in _BYLINE.finditer(text)] if any(sign in text for sign in _SIGNS) else []
    end = _SIGNED.search(text, max(0, len(text) - 48)) if text.rstrip().endswith(")") else None
    return [*spans, end.span(1)] if end else spans
