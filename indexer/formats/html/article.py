"""Which passages of a page are its article: trafilatura tells the text, the passages around it the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import html
from trafilatura import bare_extraction
from trafilatura.settings import Document

from indexer.formats.html.passages import CONTROL, Passage

__all__ = ["MOST_PASSAGES", "find_article", "is_text", "stands_aside"]

MOST_PASSAGES = 2 * 0xFFFE
"""Passages of a page that can be told apart: so many characters hold the private planes of Unicode."""

_FIRST_SIGN = 0xF0000
_PLANE = 0x10000
_MOST_LINKED = 0.5  # of the characters of a passage that is text
_SENTENCE = 15  # characters of a passage that is text and ends as a sentence does
_LONG = 40  # characters of a passage that is text, however it ends
_SENTENCE_END = re.compile(r"[。！？!?；;：:….][”’」』）)】》\"'\s]*$")
_GAP = 3  # passages between two parts of an article that have nothing else in common
_ABOVE = 4  # elements around a passage whose names tell what it is
_ASIDE_TAGS = frozenset({"nav", "aside", "footer", "form", "button", "select", "option", "textarea"})
_ASIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:comments?|repl(?:y|ies)|related|recommend\w*|sidebar|breadcrumbs?|share|social|nav|menu"
    r"|footer|copyright|rank(?:ing)?|ads?|advert\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)


def find_article(tree: html.HtmlElement, passages: Sequence[Passage]) -> set[int]:
    """Return the indices of the passages that are the text of the article.

    The tree is spent: passages are signed in it, and trafilatura prunes a copy.
    """
    runs = [
        run
        for run in _runs(sorted(_extracted(tree, passages)))
        if any(is_text(passages[number]) for number in run)
    ]
    if not runs:
        return _fullest_home(passages)
    joined = _joined(runs, passages)
    texts = [number for number in joined if is_text(passages[number])]
    homes = {_home(passages[number]) for number in texts}
    last = max(texts)
    return {
        number
        for number in range(min(joined), max(joined) + 1)
        if (number in joined and number <= last)
        or (
            _may_be_text(passages[number])
            and (_home(passages[number]) in homes or (passages[number].is_caption and number < last))
        )
    }


def is_text(passage: Passage) -> bool:
    """Tell whether a passage is text rather than a label: a sentence or as long as one, and no link."""
    shortest = _SENTENCE if _SENTENCE_END.search(passage.text) else _LONG
    return len(passage.text) >= shortest and passage.linked < _MOST_LINKED


def stands_aside(passage: Passage) -> bool:
    """Tell whether the elements around a passage say that it is no part of an article."""
    element: html.HtmlElement | None = passage.element
    for _ in range(_ABOVE):
        if element is None or element.tag in ("body", "article", "main"):
            return False
        if element.tag in _ASIDE_TAGS:
            return True
        if _ASIDE_NAMES.search(f"{element.get('class', '')} {element.get('id', '')}"):
            return True
        element = element.getparent()
    return False


def _may_be_text(passage: Passage) -> bool:
    return passage.linked < _MOST_LINKED and not stands_aside(passage)


def _home(passage: Passage) -> html.HtmlElement:
    """Return the element that a passage shares with its neighbours."""
    parent = passage.element.getparent()
    return passage.element if parent is None or parent.tag in ("body", "html") else parent


def _fullest_home(passages: Sequence[Passage]) -> set[int]:
    """Return the text in the element that holds most of it, where trafilatura found no article on a page."""
    sizes: Counter[html.HtmlElement] = Counter()
    for passage in passages:
        if is_text(passage) and not stands_aside(passage):
            sizes[_home(passage)] += len(passage.text)
    if not sizes:  # labels alone: a page with nothing around them
        return {number for number, passage in enumerate(passages) if _may_be_text(passage)}
    fullest = max(sizes, key=lambda home: sizes[home])
    inside = [number for number, passage in enumerate(passages) if _home(passage) is fullest]
    first = next(number for number in inside if is_text(passages[number]))
    return {number for number in inside if number >= first and _may_be_text(passages[number])}


def _joined(runs: Sequence[list[int]], passages: Sequence[Passage]) -> set[int]:
    """Return the run with most text, and the runs above and below it that belong to the same article."""
    sizes = [sum(len(passages[number].text) for number in run if is_text(passages[number])) for run in runs]
    main = sizes.index(max(sizes))
    joined = set(runs[main])
    homes = {_home(passages[number]) for number in joined}
    for others in (runs[main + 1 :], runs[main - 1 :: -1] if main else []):
        edge = runs[main]
        for run in others:
            gap = range(edge[-1] + 1, run[0]) if run[0] > edge[-1] else range(run[-1] + 1, edge[0])
            if _continues(run, gap, homes, passages):
                joined.update(run)
                homes.update(_home(passages[number]) for number in run)
                edge = run
    return joined


def _continues(run: list[int], gap: range, homes: set[html.HtmlElement], passages: Sequence[Passage]) -> bool:
    """Tell whether a run of passages goes on with an article: in the same places, or next to it."""
    if any(_home(passages[number]) in homes for number in run if is_text(passages[number])):
        return True
    return len(gap) <= _GAP and all(_may_be_text(passages[number]) for number in (*gap, *run))


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Group ascending numbers that follow each other."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _extracted(tree: html.HtmlElement, passages: Sequence[Passage]) -> set[int]:
    """Return the indices of the passages whose text trafilatura takes for the article.

    Each passage begins with a character of its own, from planes that no text uses, which comes out with
    the text: so two passages of one text are told apart.
    """
    for number, passage in enumerate(passages):
        element, is_tail = passage.start
        if is_tail:
            element.tail = _sign(number) + CONTROL.sub("", element.tail or "")
        else:
            element.text = _sign(number) + CONTROL.sub("", element.text or "")
    document = bare_extraction(tree, fast=True, include_comments=False, include_tables=True)
    if not isinstance(document, Document):
        return set()
    signs = set("".join(map(str, document.body.itertext())))
    return {number for number in range(len(passages)) if _sign(number) in signs}


def _sign(number: int) -> str:
    plane, place = divmod(number, _PLANE - 2)  # the last two of a plane are no characters
    return chr(_FIRST_SIGN + plane * _PLANE + place)
