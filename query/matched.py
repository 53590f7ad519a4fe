"""Which words of a query are answered not by a paragraph's text, but by what is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.models import Paragraph
from indexer.segments.schema import FIELDS
from indexer.text.folding import find_units, fold
from query.language.syntax_tree import Leaf, Text
from query.matching.filters import covers_date, is_date
from query.matching.known import KNOWN_FIELDS
from query.results import Matched

__all__ = ["matched_by"]

_VALUES = [(field.name, field.values) for field in FIELDS if field.name in KNOWN_FIELDS]


def matched_by(paragraph: Paragraph, leaves: Iterable[Leaf]) -> tuple[Matched, ...]:
    """List the texts that the paragraph itself does not hold, with the field and the value that hold them."""
    folded = fold(paragraph.text)
    absent = (leaf for leaf in leaves if isinstance(leaf, Text) and not find_units(leaf.folded, folded))
    return tuple(dict.fromkeys(matched for leaf in absent for matched in _known(paragraph, leaf)))


def _known(paragraph: Paragraph, leaf: Text) -> Iterator[Matched]:
    for name, values in _VALUES:
        yield from (
            Matched(leaf.text, name, value) for value in values(paragraph) if leaf.folded in fold(value)
        )
    if paragraph.date and is_date(leaf.folded) and covers_date(leaf.folded, paragraph.date):
        yield Matched(leaf.text, "date", paragraph.date)
