"""Where the headline of a page stands, and the lines about its article beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from indexer.formats.html.article import is_text
from indexer.formats.html.passages import Passage
from indexer.text.folding import fold

__all__ = ["find_head", "find_heading", "find_titled", "is_about", "nearest_copy"]

_SHORTEST = 4  # characters of a headline
_SURE = 10  # characters of a passage that is a headline, though it stands inside a title
_LONGEST = 300  # characters of a heading that is a headline
_SITE = re.compile(r"_|\s[-–—]\s|--|\|")  # between a headline and the names of column and site
_REACH = 12  # passages between a headline and the text below it
_NEAR = 3  # passages between a heading of any level and the text that it is the headline of
_ABOVE = 3  # passages above a headline that say when it was published
_LONGEST_LINE = 100  # characters of a line about an article
_LINE = re.compile(
    r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}|\d{1,2}:\d\d"
    r"|来源|來源|出处|记者|記者|作者|撰文|撰稿|文[／/：:|]|图[／/：:|]|圖[／/：:|]|通讯员|通訊員|编辑|編輯"
    r"|发布|發布|發佈|更新|新华社|新華社|中央社|^By[A-Z ]|Published|Updated"
)


def find_titled(passages: Sequence[Passage], titles: Iterable[str]) -> int | None:
    """Return the index of the passage that says most of one of the page's titles, None without one."""
    wanted = [(fold(title), fold(max(_SITE.split(title), key=len))) for title in titles]
    said = {
        number: len(text)
        for number, passage in enumerate(passages)
        if len(passage.text) <= _LONGEST
        if passage.heading or not (passage.linked or passage.is_aside)
        if len(text := fold(passage.text)) >= _SHORTEST
        if any(_says(text, title, longest) for title, longest in wanted)
    }
    enough = max(said.values(), default=0) / 2  # one with the time behind it is no better than a heading

    def rank(number: int) -> tuple[bool, bool, int, int]:
        return not passages[number].heading, passages[number].linked > 0, -said[number], number

    return min((number for number, size in said.items() if size >= enough), key=rank, default=None)


def nearest_copy(passages: Sequence[Passage], headline: int, first: int) -> int:
    """Return the index of the last great heading between a headline and the text that says the same."""
    said = fold(passages[headline].text)
    below = range(headline + 1, first)
    copies = [n for n in below if passages[n].heading in (1, 2) and fold(passages[n].text) == said]
    return max(copies, default=headline)


def find_heading(passages: Sequence[Passage], first: int) -> int | None:
    """Return the index of the heading of the text that begins at `first`: one next to it, or a great one."""
    near = [number for number in range(max(0, first - _NEAR), first + 1) if _is_heading(passages[number], 6)]
    if near:
        return near[-1]
    great = [number for number in range(first) if _is_heading(passages[number], 2)]
    return min(reversed(great), key=lambda number: passages[number].heading, default=None)


def find_head(passages: Sequence[Passage], headline: int, first: int) -> set[int]:
    """Return the indices of what stands beside a headline: who wrote it and when, captions, a summary."""
    between = range(headline + 1, first)
    below = between[:_REACH]
    above = range(max(0, headline - _ABOVE), headline)
    about = {number for number in (*above, *below) if is_about(passages[number])}
    texts = {number for number in below if is_text(passages[number])}
    captions = {number for number in between if passages[number].is_caption}
    return about | {
        number for number in texts | captions if not passages[number].linked and not passages[number].is_aside
    }


def _says(text: str, title: str, longest: str) -> bool:
    """Tell whether a passage is a title, its beginning or its longest part, all folded."""
    return text == longest or title.startswith(text) or (len(text) >= _SURE and text in title)


def _is_heading(passage: Passage, lowest: int) -> bool:
    fits = 1 <= passage.heading <= lowest and _SHORTEST <= len(passage.text) <= _LONGEST
    return fits and passage.linked < 1 and not passage.is_aside


def is_about(passage: Passage) -> bool:
    """Tell whether a passage says who wrote an article, where it comes from, or when it was published."""
    fits = len(passage.text) <= _LONGEST_LINE and passage.linked < 0.7
    return fits and not passage.is_aside and _LINE.search(passage.text) is not None
