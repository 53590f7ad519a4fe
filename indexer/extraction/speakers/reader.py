"""Read who speaks on a page, with titles and names as the page prints them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from indexer.analysis.segmenter import Segmenter
from indexer.extraction.speakers.attribution import Attribution
from indexer.extraction.speakers.listener import Listener
from indexer.extraction.speakers.model import Model
from indexer.extraction.speakers.model_file import load_model
from indexer.extraction.speakers.page_text import PageParagraph, PageText, TextPiece
from indexer.extraction.speakers.printed_names import printed
from indexer.extraction.speakers.titles import Titles, titles_of, titles_start
from indexer.extraction.speakers.weights import WEIGHTS_FILE
from indexer.models import Speaker

__all__ = ["read_speakers", "speakers_of"]


def read_speakers(
    pieces: Iterable[TextPiece], ids: Sequence[str], segmenter: Segmenter
) -> list[tuple[Speaker, ...]]:
    """Read who speaks in each piece of a page, in the order of the words that name them.

    `ids` are those of the pieces, one each.
    """
    return speakers_of(PageText.of(pieces, _model().tagger, segmenter), _model(), ids)


def speakers_of(page: PageText, model: Model, ids: Sequence[str]) -> list[tuple[Speaker, ...]]:
    """Read who speaks in each paragraph of a page by a model; `ids` are those of the paragraphs."""
    found = Listener(page, model).listen()
    people = {each.name for paragraph in found for each in paragraph}
    if not people:  # on most pages of one paragraph; titles and spelling need not be looked for
        return [() for _ in found]
    known, spelt = titles_of(page, people), printed(page, people)
    return [
        tuple(_speakers(paragraph, attributions, ids, known, spelt))
        for paragraph, attributions in zip(page.paragraphs, found, strict=True)
    ]


@cache
def _model() -> Model:
    """Load the weights when a page is first read."""
    return load_model(WEIGHTS_FILE)


def _speakers(
    paragraph: PageParagraph,
    found: Iterable[Attribution],
    ids: Sequence[str],
    known: dict[str, Titles],
    spelt: dict[str, str],
) -> Iterator[Speaker]:
    """Make the speakers of a paragraph; a name not yet in `spelt` is added as this paragraph prints it."""
    for each in sorted({each.name: each for each in found}.values(), key=lambda each: each.start):
        titles = known.get(each.name, Titles())
        name, evidence = _name(each, paragraph, spelt), _evidence(each, paragraph, ids)
        yield Speaker(name, titles.role, titles.position, titles.organisation, each.how, evidence)


def _evidence(found: Attribution, paragraph: PageParagraph, ids: Sequence[str]) -> tuple[int, int] | str:
    """Return the span from the titles before the name to the words of saying, or the id of the paragraph."""
    if isinstance(found.evidence, int):
        return ids[found.evidence]
    start = titles_start(paragraph, found.mention) if found.mention else found.start
    return start, found.end


def _name(found: Attribution, paragraph: PageParagraph, spelt: dict[str, str]) -> str:
    start = max(0, found.start)
    end = start + len(found.name)
    if found.name not in spelt and paragraph.normalised[start:end] == found.name:
        spelt[found.name] = paragraph.text[start:end]
    return spelt.get(found.name, found.name)
