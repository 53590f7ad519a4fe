"""A hit as one line to paste into a text: where it is printed, who says it, when, and its lines."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.models import Speaker
from query.output.sanitize import safe
from query.output.text import lines_of
from query.results import Hit, Results

__all__ = ["citations"]

# Marks inside marks of their kind are the other sort: “…‘…’…” and 《…〈…〉…》.
_INNER = str.maketrans("“”‘’《》〈〉", "‘’“”〈〉《》")


def citations(results: Results) -> Iterator[str]:
    """Yield a citation a hit: 《headline》“section”，speaker（role）发言，date，source 第 91–93 行."""
    for hit in results:
        yield safe("，".join(filter(None, (_heading(hit), _speakers(hit), hit.date, _place(hit)))))


def _heading(hit: Hit) -> str:
    title = f"《{hit.title.translate(_INNER)}》" if hit.title else ""
    section = f"“{hit.section.translate(_INNER)}”" if hit.section else ""
    return title + section


def _speakers(hit: Hit) -> str:
    return "、".join(map(_speaker, hit.speakers)) + "发言" if hit.speakers else ""


def _speaker(speaker: Speaker) -> str:
    return f"{speaker.name}（{speaker.role}）" if speaker.role else speaker.name


def _place(hit: Hit) -> str:
    return f"{hit.source} 第 {lines_of(hit)} 行"
