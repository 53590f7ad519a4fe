"""Answers as Markdown to paste into a note: in it, no text of the index is anything but text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from query.output.sanitize import safe
from query.output.text import above, excerpt, lines_of, who
from query.results import Facet, Hit, Results

__all__ = ["facets_markdown", "plain", "results_markdown"]

Span = tuple[int, int]

# Every reader of Markdown takes these behind a backslash; the rest stand as entities, which all
# of them take, too: what means something in HTML or in an extension.
_BACKSLASHED = set("`*_{}[]#+-.!()")
# What means something wherever it stands, at the start of a line, and in an address, which some
# readers make a link of unasked.
_ACTIVE = re.compile(r"""(?ix) [\\`*_{}\[\]#&<>~|$@] | ^[-+=:] | (?<=[a-z]):(?=//) | (?<=www)\.""")
_NUMBER = re.compile(r"\d+[.)]")


def results_markdown(results: Results) -> Iterator[str]:
    """Yield each hit under a heading of who and when: its snippet as a quotation, and its place."""
    for hit in results:
        yield from _hit(hit)
        yield ""


def facets_markdown(facets: Sequence[Facet]) -> Iterator[str]:
    """Yield values with their counts as a list, and what is counted within each as a list below it."""
    for facet in facets:
        yield f"- {plain(facet.value)}（{facet.count}）"
        for inner in facet.by:
            yield f"  - {plain(inner.value)}（{inner.count}）"


def plain(text: str) -> str:
    """Return Markdown that shows `text` as it is, on one line."""
    return "".join(_escaped(safe(text).strip()))


def _hit(hit: Hit) -> Iterator[str]:
    yield f"### {hit.rank} · " + " · ".join(plain(part) for part in (who(hit), hit.date) if part)
    yield ""
    yield "> " + _bold(*excerpt(hit))
    yield ""
    heading = above(hit) if hit.kind != "headline" else ""
    place = f"{hit.source}:{lines_of(hit)}  {hit.id}"
    yield "，".join(plain(part) for part in (heading, place) if part)


def _bold(text: str, lit: Sequence[Span]) -> str:
    shown = safe(text)
    pieces = _escaped(shown)
    for start, end in _borne(shown, lit):
        pieces[start] = "**" + pieces[start]
        pieces[end - 1] += "**"
    return "".join(pieces)


def _escaped(text: str) -> list[str]:
    """Return what stands for each character of a line."""
    pieces = list(text)
    places = [match.start() for match in _ACTIVE.finditer(text)]
    number = _NUMBER.match(text)
    for at in (*places, *([number.end() - 1] if number else [])):
        pieces[at] = f"\\{text[at]}" if text[at] in _BACKSLASHED else f"&#{ord(text[at])};"
    return pieces


def _borne(text: str, lit: Sequence[Span]) -> list[Span]:
    """Return where stars mark what is lit: beside letters only, and never four in a row."""
    borne: list[Span] = []
    for start, end in lit:
        firm = [at for at in range(start, end) if unicodedata.category(text[at])[0] in "LMN"]
        if firm and borne and borne[-1][1] == firm[0]:
            borne[-1] = (borne[-1][0], firm[-1] + 1)
        elif firm:
            borne.append((firm[0], firm[-1] + 1))
    return borne
