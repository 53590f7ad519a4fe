"""Hits as citations to paste into a text: title, speakers, date, source and lines or page."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.models import Speaker
from indexer.seeds.suffixes import line_unit
from query.output.sanitize import safe
from query.results import Hit, Results

__all__ = ["citations"]

# Marks inside marks of their kind take the other form: “…‘…’…” and 《…〈…〉…》.
_NESTED_MARKS = str.maketrans("“”‘’《》〈〉", "‘’“”〈〉《》")


def citations(results: Results) -> Iterator[str]:
    """Cite each hit in one line: 《headline》“section”，speaker（role）发言，date，source 第 91–93 行."""
    for hit in results:
        yield safe("，".join(filter(None, (_heading(hit), _speakers(hit), hit.date, _source(hit)))))


def _heading(hit: Hit) -> str:
    title = f"《{hit.title.translate(_NESTED_MARKS)}》" if hit.title else ""
    section = f"“{hit.section.translate(_NESTED_MARKS)}”" if hit.section else ""
    return title + section


def _speakers(hit: Hit) -> str:
    return "、".join(map(_speaker, hit.speakers)) + "发言" if hit.speakers else ""


def _speaker(speaker: Speaker) -> str:
    return f"{speaker.name}（{speaker.role}）" if speaker.role else speaker.name


def _source(hit: Hit) -> str:
    if hit.page:
        return f"{hit.source} 第 {hit.page} 页"
    return f"{hit.source} 第 {hit.line_range} {line_unit(hit.source)}"
