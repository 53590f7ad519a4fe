"""Read the people of a page: who speaks, is named, presides, attends, and took the minutes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from indexer.analysis.segmenter import Segmenter
from indexer.extraction.speakers.attribution import Attribution
from indexer.extraction.speakers.listener import Listener
from indexer.extraction.speakers.model import Model
from indexer.extraction.speakers.model_file import load_model
from indexer.extraction.speakers.page_text import PageParagraph, PageText, TextPiece
from indexer.extraction.speakers.participation import participation_of
from indexer.extraction.speakers.printed_names import printed
from indexer.extraction.speakers.titles import Titles, titles_of, titles_start
from indexer.extraction.speakers.weights import WEIGHTS_FILE
from indexer.models import SPEAKING_KINDS, Speaker

__all__ = ["ParagraphPeople", "people_of", "read_people"]

# Behind a name that is part of the name of a doctrine: 某某思想, 以某某同志为核心.
_DOCTRINES = ("思想", "理论", "新时代中国特色", "同志为核心", "同志为主要代表")


class ParagraphPeople(NamedTuple):
    """The people of one paragraph, as the page prints them.

    `speakers` stand in the order of the words that name them; `mentions` are those named who do not speak;
    those in `chair` presided over what the article reports, `recorders` took its minutes.
    """

    speakers: tuple[Speaker, ...]
    mentions: tuple[str, ...]
    chair: tuple[str, ...]
    attendees: tuple[str, ...]
    recorders: tuple[str, ...]


def read_people(
    pieces: Iterable[TextPiece], ids: Sequence[str], segmenter: Segmenter
) -> list[ParagraphPeople]:
    """Read the people of each piece of a page; `ids` are those of the pieces, one each."""
    return people_of(PageText.of(pieces, _model().tagger, segmenter), _model(), ids)


def people_of(page: PageText, model: Model, ids: Sequence[str]) -> list[ParagraphPeople]:
    """Read the people of each paragraph of a page by a model; `ids` are those of the paragraphs."""
    part = participation_of(page)
    found = Listener(page, model, part).listen()
    speaking = {each.name for attributions in found for each in attributions}
    spelt = printed(page)
    spoken = (each for attributions in found for each in attributions)
    heads = {each.evidence for each in spoken if each.how == "delivered" and isinstance(each.evidence, int)}
    titles = titles_of(page, speaking, heads) if speaking else {}
    chairs, recorders = _by_article(part.chairs), _by_article(part.recorders)
    people = []
    for paragraph, attributions, attendees in zip(page.paragraphs, found, part.attendees, strict=True):
        speakers = tuple(_speakers(paragraph, attributions, ids, titles, spelt))
        silent = {each.name for each in attributions} | page.reporters
        mentions = tuple(_mentions(paragraph, silent, spelt))
        here = chairs.get(paragraph.article, ()), _each_once(attendees), recorders.get(paragraph.article, ())
        people.append(ParagraphPeople(speakers, mentions, *here))
    return people


@cache
def _model() -> Model:
    """Load the weights when a page is first read."""
    return load_model(WEIGHTS_FILE)


def _by_article(names: Mapping[int, Iterable[str]]) -> dict[int, tuple[str, ...]]:
    return {article: _each_once(each) for article, each in names.items()}


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _mentions(paragraph: PageParagraph, without: Collection[str], spelt: Mapping[str, str]) -> Iterator[str]:
    """Yield each of those named in a paragraph once, in order, some left out; a heading mentions nobody."""
    if paragraph.kind in SPEAKING_KINDS:
        text = paragraph.normalised
        full = (each.name for each in paragraph.name_positions if not text.startswith(_DOCTRINES, each.end))
        named = dict.fromkeys((*full, *(each.name for each in paragraph.split_names)))
        yield from (spelt.get(name, name) for name in named if name not in without)


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
