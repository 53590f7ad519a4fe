"""Hits as citations to paste into a text: title, speakers, date, source and lines or page."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.models import Paragraph, Speaker
from indexer.seeds.suffixes import line_unit
from query.output.sanitize import safe
from query.results import Results

__all__ = ["citation", "citations"]

# Marks inside marks of their kind take the other form: “…‘…’…” and 《…〈…〉…》.
_NESTED_MARKS = str.maketrans("“”‘’《》〈〉", "‘’“”〈〉《》")


def citations(results: Results) -> Iterator[str]:
    """Cite each hit in one line: see `citation`."""
    return map(citation, results)


def citation(paragraph: Paragraph) -> str:
    """Cite a paragraph in one line: 《headline》“section”，speaker（role）发言，date，source 第 91–93 行."""
    parts = _heading(paragraph), _speakers(paragraph), paragraph.date, _source(paragraph)
    return safe("，".join(filter(None, parts)))


def _heading(paragraph: Paragraph) -> str:
    title = f"《{paragraph.title.translate(_NESTED_MARKS)}》" if paragraph.title else ""
    section = f"“{paragraph.section.translate(_NESTED_MARKS)}”" if paragraph.section else ""
    return title + section


def _speakers(paragraph: Paragraph) -> str:
    return "、".join(map(_speaker, paragraph.speakers)) + "发言" if paragraph.speakers else ""


def _speaker(speaker: Speaker) -> str:
    return f"{speaker.name}（{speaker.role}）" if speaker.role else speaker.name


def _source(paragraph: Paragraph) -> str:
    if paragraph.page:
        return f"{paragraph.source} 第 {paragraph.page} 页"
    return f"{paragraph.source} 第 {paragraph.line_range} {line_unit(paragraph.source)}"
