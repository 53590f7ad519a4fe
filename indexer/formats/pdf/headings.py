"""Find headlines by their size and weight, and put what a newspaper page holds below its own headline."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.formats.pdf.layout import Layout
from indexer.formats.pdf.lines import Line
from indexer.formats.pdf.paragraphs import Draft
from indexer.formats.text_block import ARTICLE, INNER

__all__ = ["arrange_articles", "find_levels"]

_LARGER = 1.14  # than the body: a heading
_HEADLINE = 1.9  # as large as the body: the headline of an article on a newspaper page
_LONGEST = 80  # characters of a heading
_LONGEST_BOLD = 40
_NARROW = 0.4  # of the width of a page: columns of a newspaper are narrower
_MAX_HEADLINES = 200  # of a page; no newspaper has as many
_MIN_COLUMNS = 3
_MIN_LINES = 5


def find_levels(drafts: Sequence[Draft], layout: Layout) -> list[int]:
    """Return the level of each draft as a heading, 0 for none. The largest of the first page is the title."""
    levels = [INNER if _is_heading(draft, layout) else 0 for draft in drafts]
    first_page = drafts[0].lines[0].page if drafts else 0
    opening = [at for at, draft in enumerate(drafts) if levels[at] and draft.lines[0].page == first_page]
    if opening:
        levels[max(opening, key=lambda at: (drafts[at].lines[0].size, -at))] = ARTICLE
    return levels


def _is_heading(draft: Draft, layout: Layout) -> bool:
    if draft.is_cell or draft.is_furniture or not any(char.isalpha() for char in draft.text):
        return False
    line, length = draft.lines[0], len(draft.text)
    if line.size >= _LARGER * layout.size:
        return length <= _LONGEST and not (length > _LONGEST_BOLD and draft.text.endswith("。"))
    if not line.bold or layout.bold or line.size < layout.size * 0.95:
        return False
    return length <= _LONGEST_BOLD and not draft.text.endswith(tuple("。，；,;：:"))


def arrange_articles(
    drafts: list[Draft], levels: list[int], layout: Layout, widths: Sequence[float]
) -> tuple[list[Draft], list[int]]:
    """Put the paragraphs of newspaper pages below the headline that stands above them on the page.

    `widths` are those of the pages. Everything else keeps its order.
    """
    pages = {number for number, width in enumerate(widths, 1) if _is_newspaper(layout, number, width)}
    arranged: list[tuple[Draft, int]] = []
    at = 0
    pairs = [*zip(drafts, levels, strict=True)]
    while at < len(pairs):
        page = pairs[at][0].lines[0].page
        end = at
        while end < len(pairs) and pairs[end][0].lines[0].page == page:
            end += 1
        arranged += _arrange_page(pairs[at:end], layout) if page in pages else pairs[at:end]
        at = end
    return [draft for draft, _ in arranged], [level for _, level in arranged]


def _is_newspaper(layout: Layout, page: int, width: float) -> bool:
    columns = [column for column in layout.columns[page - 1] if len(column.lines) >= _MIN_LINES]
    narrow = [column for column in columns if column.right - column.left < _NARROW * width]
    places = {round(column.left / (_NARROW * width) * 2) for column in narrow}
    return len(places) >= _MIN_COLUMNS and len(narrow) > len(columns) / 2


def _arrange_page(pairs: Sequence[tuple[Draft, int]], layout: Layout) -> list[tuple[Draft, int]]:
    heads = [draft for draft, level in pairs if level and draft.lines[0].size >= _HEADLINE * layout.size]
    heads = [head for head in heads if head.lines[0].turn == 0][:_MAX_HEADLINES]
    stories: dict[int, list[tuple[Draft, int]]] = {id(head): [] for head in heads}
    loose: list[tuple[Draft, int]] = []
    for draft, level in pairs:
        if id(draft) in stories:
            continue
        head = _headline_above(draft, heads)
        (loose if head is None or draft.is_furniture else stories[id(head)]).append(
            (draft, INNER if level else 0)
        )
    arranged = loose
    for head in heads:
        story = stories[id(head)]
        arranged.append((head, ARTICLE if any(not level for _, level in story) else INNER))
        arranged += story
    return arranged


def _headline_above(draft: Draft, heads: Sequence[Draft]) -> Draft | None:
    """Return the nearest headline above a paragraph that stands over a part of its width."""
    first = draft.lines[0]
    start, end = _extent(draft.lines[:2])
    above = []
    for head in heads:
        left, right = _extent(head.lines)
        if head.last.across < first.across and left < end and right > start:
            above.append(head)
    return max(above, key=lambda head: head.last.across, default=None)


def _extent(lines: Sequence[Line]) -> tuple[float, float]:
    return min(line.start for line in lines), max(line.end for line in lines)
