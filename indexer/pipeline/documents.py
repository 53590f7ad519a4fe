"""Paragraphs to documents: the units, words and values that each is indexed under."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from indexer.extraction.topics import quoted_terms
from indexer.models import SPEAKING_KINDS, Paragraph
from indexer.segments.schema import COINED, FIELDS, Document
from indexer.text.folding import fold, units

__all__ = ["document"]

_RECENT = 64  # the paragraphs of an article share their headings


def document(paragraph: Paragraph, words: Callable[[str], list[str]]) -> Document:
    """Return what a paragraph is indexed under; `words` cuts a folded text.

    What stands around the text (headings, bylines) can be found but has no words to be ranked by,
    so that it comes behind the paragraphs that say something.
    """
    told = paragraph.kind in SPEAKING_KINDS
    folded = fold(paragraph.text)
    people = (*(who.name for who in paragraph.speakers), *paragraph.mentions)
    return Document(
        id=paragraph.id,
        date=paragraph.date,
        record=paragraph.to_dict(),
        match=units(folded),
        words=[*words(folded), *map(fold, people)] if told else [],
        heading=_heading(paragraph.title, paragraph.section, words) if told else [],
        values={
            **{field.name: field.values(paragraph) for field in FIELDS},
            COINED: quoted_terms(paragraph.text),
        },
    )


@lru_cache(maxsize=_RECENT)
def _heading(title: str | None, section: str | None, words: Callable[[str], list[str]]) -> list[str]:
    return words(fold(" ".join(filter(None, (title, section)))))
