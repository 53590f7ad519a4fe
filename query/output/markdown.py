"""Answers as Markdown to paste into a note; no text of the index can act as markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from query.output.sanitize import safe
from query.output.text import speakers_of
from query.results import Facet, Hit, Results
from query.snippets import excerpt

__all__ = ["escape_markdown", "facets_markdown", "results_markdown"]

Span = tuple[int, int]

# Every Markdown parser takes a backslash before these characters; any other special character, of
# HTML or of an extension, is written as an entity, which every parser takes, too.
_BACKSLASHED = set("`*_{}[]#+-.!()")
# What is markup anywhere, at the start of a line, or in an address that some parsers make a link.
_MARKUP = re.compile(r"""(?ix) [\\`*_{}\[\]#&<>~|$@] | ^[-+=:] | (?<=[a-z]):(?=//) | (?<=www)\.""")
_LIST_NUMBER = re.compile(r"\d+[.)]")


def results_markdown(results: Results) -> Iterator[str]:
    """Print each hit under a heading with speakers and date: its snippet as a quotation, and its source."""
    for hit in results:
        yield from _hit(hit)
        yield ""
    if results.near:
        yield "## 以下相近"
        yield ""
    for hit in results.near:
        yield from _hit(hit)
        yield ""


def facets_markdown(facets: Sequence[Facet]) -> Iterator[str]:
    """Print values with their counts as a list, and the counts within each as a list below it."""
    for facet in facets:
        yield f"- {escape_markdown(facet.value)}（{facet.count}）"
        for inner in facet.by:
            yield f"  - {escape_markdown(inner.value)}（{inner.count}）"


def escape_markdown(text: str) -> str:
    """Write Markdown that shows `text` as it is, on one line."""
    return "".join(_escape_chars(safe(text).strip()))


def _hit(hit: Hit) -> Iterator[str]:
    yield f"### {hit.rank} · " + " · ".join(
        escape_markdown(part) for part in (speakers_of(hit), hit.date) if part
    )
    yield ""
    if hit.lead:
        yield escape_markdown(hit.lead)
        yield ""
    yield "> " + _bold(*excerpt(hit.text, hit.snippet, hit.highlights))
    yield ""
    heading = hit.heading if hit.kind != "headline" else ""
    yield "，".join(escape_markdown(part) for part in (heading, f"{hit.place}  {hit.id}") if part)


def _bold(text: str, highlights: Sequence[Span]) -> str:
    """Escape a text, with its highlights in bold."""
    shown = safe(text)
    pieces = _escape_chars(shown)
    for start, end in _bold_spans(shown, highlights):
        pieces[start] = "**" + pieces[start]
        pieces[end - 1] += "**"
    return "".join(pieces)


def _escape_chars(text: str) -> list[str]:
    """Escape each character of a line where it would be markup."""
    pieces = list(text)
    special = [match.start() for match in _MARKUP.finditer(text)]
    number = _LIST_NUMBER.match(text)
    for at in (*special, *([number.end() - 1] if number else [])):
        pieces[at] = f"\\{text[at]}" if text[at] in _BACKSLASHED else f"&#{ord(text[at])};"
    return pieces


def _bold_spans(text: str, highlights: Sequence[Span]) -> list[Span]:
    """Narrow highlights to where `**` is read as bold: beside letters only, and never four stars in a row."""
    spans: list[Span] = []
    for start, end in highlights:
        letters = [at for at in range(start, end) if unicodedata.category(text[at])[0] in "LMN"]
        if letters and spans and spans[-1][1] == letters[0]:
            spans[-1] = (spans[-1][0], letters[-1] + 1)
        elif letters:
            spans.append((letters[0], letters[-1] + 1))
    return spans
