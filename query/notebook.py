"""An answer as Python shows it: three lines at a prompt, a list of hits in a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from query.snippets import excerpt

if TYPE_CHECKING:
    from query.results import Hit, Results

__all__ = ["results_html", "results_repr"]

_MAX_HITS = 2  # in three lines
_MAX_TEXT = 40  # characters of a snippet in a line


def results_repr(results: Results) -> str:
    """Describe an answer in three lines at most: what was asked, how much was found, and the best hits."""
    lines = [f"<Results of {results.query!r}: {results.total} found ({results.rung}), {len(results)} here>"]
    for hit in results.hits[:_MAX_HITS]:
        speakers = "、".join(speaker.name for speaker in hit.speakers)
        snippet = hit.snippet if len(hit.snippet) <= _MAX_TEXT else f"{hit.snippet[:_MAX_TEXT]}…"
        lines.append("  ".join(filter(None, (str(hit.rank), speakers, hit.date, snippet))))
    return "\n".join(lines)


def results_html(results: Results) -> str:
    """Write an answer as HTML, in which no text of a seed is markup."""
    from html import escape  # noqa: PLC0415 - no search waits for it

    hits = "".join(_hit(hit, escape) for hit in (*results.hits, *results.near))
    return f'<div lang="zh"><p>{results.total} 段（{results.rung}）</p><dl>{hits}</dl></div>'


def _hit(hit: Hit, escape: Callable[[str], str]) -> str:
    about = (f"{hit.rank}", "、".join(map(str, hit.speakers)), hit.date, hit.heading)
    text = "".join(_marked(*excerpt(hit.text, hit.snippet, hit.highlights), escape))
    head = " · ".join(escape(part) for part in about if part)
    return f"<dt>{head}</dt><dd>{text}<br><small>{escape(hit.place)}  {escape(hit.id)}</small></dd>"


def _marked(text: str, highlights: list[tuple[int, int]], escape: Callable[[str], str]) -> Iterator[str]:
    at = 0
    for start, end in highlights:
        yield f"{escape(text[at:start])}<mark>{escape(text[start:end])}</mark>"
        at = end
    yield escape(text[at:])
