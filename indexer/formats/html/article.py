"""Which passages of a page are its article: what the element with most text holds, and what grows from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from itertools import accumulate, takewhile

from lxml import html

from indexer.formats.html.passages import Passage

__all__ = ["find_article", "is_text", "mark_asides"]

_MOST_LINKED = 0.5  # of the characters of a passage that is text
_MOST_LINKED_INSIDE = 0.9  # the same between two paragraphs of an article
_SENTENCE = 15  # characters of a passage that is text and ends as a sentence does
_LONG = 40  # characters of a passage that is text, however it ends
_SENTENCE_END = re.compile(r"[。！？!?；;：:….][”’」』）)】》\"'\s]*$")
_ASIDE_TAGS = frozenset({"nav", "aside", "footer", "form", "button", "select", "option", "textarea"})
_ASIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:comments?|repl(?:y|ies)|related|recommend\w*|sidebar|breadcrumbs?|share|social|nav|menu"
    r"|foot(?:er)?\w*|copyright|disclaimer|rank(?:ing)?|ads?|advert\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CONSENT = re.compile(r"consent|cookie", re.IGNORECASE)
_MOST_AROUND = 0.02  # of the characters of a page that is all article
_TEXT_TAGS = frozenset({"p", "li", "dt", "dd", "td", "th", "pre"})
_ARTICLE_TAGS = frozenset({"article", "main"})
_LARGEST_ASIDE = 0.4  # of the text of a page: what holds more is the article, whatever its name
_MARKED = 2  # times the weight of text in an element that says it is the article
_GROWTH = 10  # times as much text as links is in what an article grows by
_GROWTH_OF_MARKED = 1  # the same where the page says that all of it is the article


def is_text(passage: Passage) -> bool:
    """Tell whether a passage is text rather than a label: a sentence or as long as one, and no link."""
    text = passage.text
    shortest = _SENTENCE if _SENTENCE_END.search(text) else _LONG
    is_code = text.isascii() and " " not in text  # an address, a number
    return len(text) >= shortest and passage.linked < _MOST_LINKED and not is_code


def find_article(passages: Sequence[Passage], headline: int | None) -> set[int]:
    """Return the indices of the passages that are the text of the article below the `headline`.

    Its kernel is the element whose own passages hold most text. It grows by the elements around it
    as long as what they add is text, not links or what stands aside.
    """
    spans = _spans(passages)
    kernel = _kernel(passages, headline)
    if kernel is None or _is_plain(passages):
        return {number for number, passage in enumerate(passages) if _may_be_text(passage)}
    inside = _extended(_grown(kernel, passages, spans), passages, spans)
    texts = [number for number in inside if is_text(passages[number]) and not passages[number].is_aside]
    homes = {_home(passages[number]) for number in texts}
    between = range(texts[0], texts[-1] + 1)
    return {number for number in inside if _belongs(passages[number], homes, is_between=number in between)}


def mark_asides(passages: Sequence[Passage]) -> None:
    """Mark the passages in elements that by their names are no part of an article.

    A name is not believed where the element holds the great heading of the page, or much of its text.
    """
    sizes = [0, *accumulate(len(passage.text) if is_text(passage) else 0 for passage in passages)]
    titles = [0, *accumulate(passage.heading == 1 for passage in passages)]
    for element, span in _spans(passages).items():
        size = sizes[span.stop] - sizes[span.start]
        holds_title = titles[span.stop] > titles[span.start]
        is_beside = size <= _LARGEST_ASIDE * sizes[-1] and not holds_title and _is_aside(element)
        if is_beside or (size < sizes[-1] and _is_dialog(element)):
            for number in span:
                passages[number].is_aside = True


def _kernel(passages: Sequence[Passage], headline: int | None) -> html.HtmlElement | None:
    """Return the element whose own passages hold most text, None where none holds any.

    Text counts more below the headline, and where the page says that it is the article.
    """
    sizes: Counter[html.HtmlElement] = Counter()
    marked: dict[html.HtmlElement, int] = {}
    for passage in passages:
        if is_text(passage) and not passage.is_aside:
            home = _home(passage)
            if home not in marked:
                marked[home] = _MARKED if any(_is_article(element) for element in _around(home)) else 1
            sizes[home] += len(passage.text) * marked[home]
    below = range(headline + 1, len(passages)) if headline is not None else range(0)
    for number in below:
        if is_text(passages[number]) and not passages[number].is_aside:
            sizes[_home(passages[number])] *= _MARKED
            break
    return max(sizes, key=lambda home: sizes[home], default=None)


def _grown(
    kernel: html.HtmlElement, passages: Sequence[Passage], spans: dict[html.HtmlElement, range]
) -> html.HtmlElement:
    """Return the element that an article fills: the kernel, or one around it that adds text alone."""
    texts = [0, *accumulate(len(p.text) if is_text(p) and not p.is_aside else 0 for p in passages)]
    others = [0, *accumulate(0 if _may_be_text(p) else len(p.text) for p in passages)]
    grown = kernel
    for element in kernel.iterancestors():
        inner, outer = spans[grown], spans[element]
        text, other = (
            sums[outer.stop] - sums[outer.start] - sums[inner.stop] + sums[inner.start]
            for sums in (texts, others)
        )
        if text < other * (_GROWTH_OF_MARKED if element.tag == "article" else _GROWTH):
            break
        grown = element
    return grown


def _extended(
    element: html.HtmlElement, passages: Sequence[Passage], spans: dict[html.HtmlElement, range]
) -> range:
    """Return the range of the passages of an article, with text beside its element and right below it."""
    inside, outside = spans[element], spans[_parent(element)]
    below = takewhile(lambda number: _is_body(passages[number]), range(inside.stop, outside.stop))
    return range(inside.start, inside.stop + len([*below]))


def _spans(passages: Sequence[Passage]) -> dict[html.HtmlElement, range]:
    """Return the range of the passages in each element; they stand in the order of the tree."""
    spans: dict[html.HtmlElement, range] = {}
    for number, passage in enumerate(passages):
        for element in _around(passage.element):
            start = spans[element].start if element in spans else number
            spans[element] = range(start, number + 1)
    return spans


def _around(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    yield element
    yield from element.iterancestors()


def _home(passage: Passage) -> html.HtmlElement:
    """Return the element that a passage shares with its neighbours."""
    return _parent(passage.element)


def _parent(element: html.HtmlElement) -> html.HtmlElement:
    parent = element.getparent()
    return element if parent is None or parent.tag in ("body", "html") else parent


def _is_body(passage: Passage) -> bool:
    return is_text(passage) and not passage.is_aside and passage.heading == 0


def _may_be_text(passage: Passage) -> bool:
    return passage.linked < _MOST_LINKED and not passage.is_aside


def _is_plain(passages: Sequence[Passage]) -> bool:
    """Tell whether a page has nothing around its text, as a transcript."""
    around = sum(len(passage.text) for passage in passages if not _may_be_text(passage))
    return around <= _MOST_AROUND * sum(len(passage.text) for passage in passages)


def _belongs(passage: Passage, homes: Container[html.HtmlElement], *, is_between: bool) -> bool:
    """Tell whether a passage in the element of an article belongs to it: it is text, or stands with text."""
    if passage.is_aside:
        return False
    is_at_home = _home(passage) in homes
    if passage.linked >= _MOST_LINKED:  # a paragraph with long links in it, and not a link alone
        is_paragraph = len(passage.text) >= _LONG and passage.linked < _MOST_LINKED_INSIDE
        return is_at_home and is_between and is_paragraph
    is_marked = passage.heading > 0 or passage.is_caption or passage.element.tag in _TEXT_TAGS
    return is_at_home or (is_between and (is_marked or is_text(passage)))


def _is_dialog(element: html.HtmlElement) -> bool:
    """Tell whether an element lies over the page, as a request for consent does."""
    if element.tag in ("html", "body"):
        return False
    return element.get("role") in ("dialog", "alertdialog") or _CONSENT.search(_names(element)) is not None


def _is_aside(element: html.HtmlElement) -> bool:
    return element.tag in _ASIDE_TAGS or _ASIDE_NAMES.search(_names(element)) is not None


def _names(element: html.HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"


def _is_article(element: html.HtmlElement) -> bool:
    return element.tag in _ARTICLE_TAGS or element.get("itemprop") == "articleBody"
