"""Find paragraphs by their place: an id, the beginning of one, FILE:LINE or a page as hits print it, FILE."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from indexer.errors import LianghuiError
from indexer.seeds.suffixes import is_jsonl
from indexer.segments.reader import Segment
from indexer.store.arrays import Array
from indexer.text.folding import fold_in_place
from query.matching.finder import Finder, Located

__all__ = ["find_place"]

# Patterns that `re` compiles, and keeps, when a place is first looked for: no search waits for them.
_FILE_LINE = (
    r"(?s)(?P<file>.+?)(?::\s*第?|\s*第)\s*(?P<line>\d{1,9})(?:[-–—](?P<last>\d{1,9}))?\s*(?P<unit>[行段页]?)"
)
_HEX = r"[0-9a-fA-F]{1,12}"
_MAX_NAMED = 3  # ids or files that an error names


def find_place(searcher: Finder, place: str) -> list[Located]:
    """Find the paragraphs at a place: one of an id, those that hold a line, or all of a file.

    Raise `LianghuiError` when there is none, or when the place may mean several.
    """
    found = searcher.find(place)
    if found:
        return [found]
    match = re.fullmatch(_FILE_LINE, fold_in_place(place))
    if match:
        lines = int(match["line"]), int(match["last"] or match["line"])
        if lines[1] < lines[0]:
            raise LianghuiError(f"{lines[0]}–{lines[1]} ends before it begins; turn it round")
        source = _find_source(searcher, place[: match.end("file")])
        return (_on_pages if match["unit"] == "页" else _at_lines)(searcher, source, lines)
    if re.fullmatch(_HEX, place):
        return [_find_beginning(searcher, place)]
    source = _find_source(searcher, place)
    return [(segment, number) for segment, docs in searcher.of_source(source) for number in docs.tolist()]


def _find_beginning(searcher: Finder, beginning: str) -> Located:
    """Find the one paragraph whose id begins so."""
    found = searcher.starting_with(beginning.lower()) if beginning else []
    if len(found) == 1:
        return found[0]
    if not found:
        raise LianghuiError(f"no id begins with {beginning}; give one from search results, or FILE:LINE")
    named = ", ".join(segment.id(number) for segment, number in found[:_MAX_NAMED])
    more = ", …" if len(found) > _MAX_NAMED else ""
    raise LianghuiError(f"{len(found)} ids begin with {beginning}: {named}{more}; give more of it")


def _find_source(searcher: Finder, file: str) -> int:
    """Find the number of the one source that is called so, in whichever folder."""
    file = file.removeprefix("./")
    table = searcher.table("source")
    names = {number: table.shown(number) for number in searcher.live_values("source")}
    exact = [number for number, name in names.items() if name == file]
    found = exact or [number for number, name in names.items() if name.endswith(f"/{file}")]
    found = found or [number for number, name in names.items() if file.endswith(f"/{name}")]
    if len(found) == 1:
        return found[0]
    if not found:
        raise LianghuiError(
            f"{file} is no id and no seed; give an id from search results, or FILE:LINE, "
            "with a file that is listed by: lianghui sources"
        )
    named = ", ".join(names[number] for number in found[:_MAX_NAMED])
    raise LianghuiError(f"{len(found)} seeds are called {file}: {named}; give the folder, too")


def _at_lines(searcher: Finder, source: int, lines: tuple[int, int]) -> list[Located]:
    """Find the paragraphs of a source that hold any of some lines; of one line the shortest that does."""
    name = searcher.table("source").shown(source)
    line, end = lines
    by_line = line == end and is_jsonl(name)
    spans = _spans(searcher, source, line, by_line=by_line)
    holding = [(last - first, located) for (first, last), located in spans if first <= end and line <= last]
    if holding:
        return [min(holding, key=lambda item: item[0])[1]] if line == end else [found for _, found in holding]
    before = max((last for (_, last), _ in spans if last < line), default=None)
    after = min((first for (first, _), _ in spans if first > line), default=None)
    near = " and ".join(str(number) for number in (before, after) if number is not None)
    asked = f"line {line} of {name} holds" if line == end else f"lines {line}–{end} of {name} hold"
    raise LianghuiError(f"{asked} no text; the nearest that does: {near}")


def _on_pages(searcher: Finder, source: int, pages: tuple[int, int]) -> list[Located]:
    """Find the paragraphs of a source that begin on some pages."""
    found = [
        (segment, number)
        for segment, docs in searcher.of_source(source)
        for number in docs.tolist()
        if pages[0] <= (segment.paragraph(number).page or 0) <= pages[1]
    ]
    if not found:
        named = f"{pages[0]}" if pages[0] == pages[1] else f"{pages[0]}–{pages[1]}"
        name = searcher.table("source").shown(source)
        raise LianghuiError(f"no paragraph of {name} begins on page {named}; give another, or only the file")
    return found


def _spans(
    searcher: Finder, source: int, line: int, *, by_line: bool
) -> list[tuple[tuple[int, int], Located]]:
    """List the lines of the paragraphs of a source, or where they are `by_line`, of those around a line."""
    return [
        (segment.paragraph(number).lines, (segment, number))
        for segment, docs in searcher.of_source(source)
        for number in _near(segment, docs, line, by_line=by_line)
    ]


def _near(segment: Segment, docs: Array, line: int, *, by_line: bool) -> Iterator[int]:
    if by_line:
        at = bisect_right(docs, line, key=lambda number: segment.paragraph(int(number)).lines[0])
        docs = docs[max(0, at - 1) : at + 1]
    yield from docs.tolist()
