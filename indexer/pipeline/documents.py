"""Turn paragraphs into documents: the units, words and values that each is indexed under."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from indexer.extraction.topics import quoted_terms
from indexer.models import AROUND_KINDS, SPEAKING_KINDS, Paragraph
from indexer.segments.schema import COINED, FIELDS, Document
from indexer.text.folding import fold, units

__all__ = ["document"]

_LINES_KEPT = 64  # the paragraphs of an article share what stands above them


def document(paragraph: Paragraph, words: Callable[[str], list[str]]) -> Document:
    """Make the document of a paragraph; `words` cuts a folded text into its words.

    What stands around the text (headings, bylines) can be found but has no words to be ranked by,
    so that it comes behind the paragraphs that say something.
    """
    is_ranked = paragraph.kind in SPEAKING_KINDS
    above = (paragraph.title, paragraph.section, paragraph.lead)
    folded = fold(paragraph.text)
    people = (*(speaker.name for speaker in paragraph.speakers), *paragraph.mentions)
    return Document(
        id=paragraph.id,
        date=paragraph.date,
        date_end=paragraph.date_end,
        record=paragraph.to_dict(),
        match=units(folded),
        words=[*words(folded), *map(fold, people)] if is_ranked else [],
        heading=_words_above(above, words) if is_ranked else [],
        values={
            **{field.name: field.values(paragraph) for field in FIELDS},
            COINED: [] if paragraph.kind in AROUND_KINDS else quoted_terms(paragraph.text),
        },
    )


@lru_cache(maxsize=_LINES_KEPT)
def _words_above(lines: tuple[str | None, ...], words: Callable[[str], list[str]]) -> list[str]:
    return words(fold(" ".join(filter(None, lines))))
