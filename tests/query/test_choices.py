"""What is offered is what there is."""

from __future__ import annotations

from query.choices import FACET_FORMAT_NAMES, HIT_FORMAT_NAMES, WORD_FORMAT_NAMES
from query.output.formats import FACET_FORMATS, HIT_FORMATS
from query.output.word_table import WORD_FORMATS


def test_the_formats_that_are_offered_are_there() -> None:
    assert tuple(HIT_FORMATS) == HIT_FORMAT_NAMES
    assert tuple(FACET_FORMATS) == FACET_FORMAT_NAMES
    assert tuple(WORD_FORMATS) == WORD_FORMAT_NAMES
