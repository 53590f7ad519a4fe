"""Answers as text for people, and the parts of a paragraph that other formats print, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from indexer.models import How, Paragraph, Speaker
from indexer.text.width import width_of
from query.language.fields import LABELS, SUMMARY_FACETS
from query.language.labels import HOW_LABELS, KIND_LABELS
from query.results import Facet, Hit, Matched, Results
from query.rewriting.fillers import asked_field
from query.snippets import excerpt

if TYPE_CHECKING:
    from query.output.terminal import Screen

__all__ = [
    "facets_text",
    "paragraph_text",
    "results_text",
    "speakers_of",
    "total_text",
]

_HOW_MARKS: dict[How, str] = {
    "inherited": f"，{HOW_LABELS['inherited']}",
    "pronoun": f"，{HOW_LABELS['pronoun']}",
    "delivered": f"（{HOW_LABELS['delivered']}）",
    "collective": f"（{HOW_LABELS['collective']}）",
}
_MAX_FACET_VALUES = 6  # that are listed of each facet
_MAX_TOPICS = 3  # that are listed of each hit


def results_text(results: Results, screen: Screen) -> Iterator[str]:
    """Print an answer: each hit with speakers, date, heading, snippet and source, and then a summary."""
    for text, meant in results.meant.items():
        yield from screen.field("另查", f"{text} → {'、'.join(meant)}", 0)
    indent = len(str(results.hits[-1].rank)) + 2 if results.hits else 0
    for hit in results:
        yield from _hit(hit, screen, indent)
        yield ""
    if results.hits:
        yield from _summary(results, screen)
    elif results.total:
        yield total_text(results, screen)
    if results.near:
        yield ""
        yield screen.bold("以下相近")
        yield ""
    for hit in results.near:
        yield from _hit(hit, screen, len(str(results.near[-1].rank)) + 2)
        yield ""


def total_text(results: Results, screen: Screen) -> str:
    """Say how many paragraphs match and, where not all of them are shown, which are."""
    shown = "，本页没有"
    if results.hits:
        first, last = results.hits[0].rank, results.hits[-1].rank
        span = f"{first}" if first == last else f"{first}–{last}"
        shown = "" if len(results) == results.total else f"，以上第 {span} 段"
    return screen.bold(f"共 {results.total} 段") + screen.dim(shown)


def _summary(results: Results, screen: Screen) -> Iterator[str]:
    """Print how many paragraphs match and, where not all of them are shown, their facets.

    A question of who says something ends with who they are, in any case.
    """
    yield total_text(results, screen)
    shown = SUMMARY_FACETS if len(results) < results.total else ()
    for name in shown or (("speaker",) if asked_field(results.tree) == "speaker" else ()):
        facets = results.facets[name]
        if name == "year":  # of one year there is nothing to compare
            facets = tuple(sorted(facets, key=lambda facet: facet.value)) if len(facets) > 1 else ()
        if facets:
            yield from screen.field(LABELS[name], _list_counts(facets, results.facet_sizes[name]), 0)


def paragraph_text(paragraph: Paragraph, screen: Screen, *, asked: bool) -> Iterator[str]:
    """Print a whole paragraph, with an arrow before the one that was `asked` for."""
    yield from _head(paragraph, screen, "▶ " if asked else "  ")
    yield from screen.paragraph(paragraph.text, (), 2)
    yield from _foot(paragraph, screen, 2)
    yield ""


def facets_text(facets: Sequence[Facet], screen: Screen) -> Iterator[str]:
    """Print values with their counts in columns, and the counts within each below it."""
    width = max((len(str(facet.count)) for facet in facets), default=0)
    for facet in facets:
        yield from screen.headline(f"{facet.count:>{width}}  ", facet.value, "")
        if facet.by:
            yield from screen.field("", _list_counts(facet.by, len(facet.by)), width)


def speakers_of(paragraph: Paragraph) -> str:
    """Name the speakers of a paragraph, or its kind where nobody speaks."""
    if paragraph.speakers:
        return "、".join(_speaker(speaker) for speaker in paragraph.speakers)
    return "（无发言人）" if paragraph.kind == "body" else KIND_LABELS[paragraph.kind]


def _hit(hit: Hit, screen: Screen, indent: int) -> Iterator[str]:
    yield from _head(hit, screen, str(hit.rank).ljust(indent))
    yield from screen.paragraph(*excerpt(hit.text, hit.snippet, hit.highlights), indent)
    if hit.matched:
        yield from screen.field("符合", "、".join(map(_matched, hit.matched)), indent)
    yield from _foot(hit, screen, indent)
    if hit.repeats > 1:
        yield from screen.field("重复", f"相同文字共 {hit.repeats} 段", indent)
    if hit.explanation:
        parts = "、".join(f"{part.field} {part.term} {part.score:.3f}" for part in hit.explanation)
        yield from screen.field("评分", f"{hit.score:.3f} = {parts}", indent)


def _head(paragraph: Paragraph, screen: Screen, margin: str) -> Iterator[str]:
    """Print speakers and date, and below them the headline › section, and what leads an enumeration in."""
    yield from screen.headline(margin, speakers_of(paragraph), paragraph.date or "")
    heading = paragraph.heading
    if heading and paragraph.kind != "headline":
        yield from map(screen.dim, screen.paragraph(heading, (), width_of(margin)))
    if paragraph.lead:
        yield from map(screen.dim, screen.paragraph(paragraph.lead, (), width_of(margin)))


def _speaker(speaker: Speaker) -> str:
    """Name a speaker, with a mark where the paragraph itself does not name them."""
    return str(speaker) + _HOW_MARKS.get(speaker.how, "")


def _foot(paragraph: Paragraph, screen: Screen, indent: int) -> Iterator[str]:
    """Print topics, sessions, and the source with the id."""
    headings = {paragraph.title, paragraph.section}
    topics = [topic.label for topic in paragraph.topics if topic.label not in headings][:_MAX_TOPICS]
    if topics:
        yield from screen.field("话题", "、".join(topics), indent)
    if paragraph.sessions:
        yield from screen.field("会议", "、".join(map(str, paragraph.sessions)), indent)
    if paragraph.chair:
        yield from screen.field(LABELS["chair"], "、".join(paragraph.chair), indent)
    yield from screen.field("出处", f"{paragraph.place}  {paragraph.id}", indent)


def _matched(matched: Matched) -> str:
    """Say what answers for a text that the paragraph does not hold: 张艳丽（发言人）."""
    label = LABELS[matched.field]
    return f"{matched.text}（{label}{'' if matched.value == matched.text else ' ' + matched.value}）"


def _list_counts(facets: Sequence[Facet], size: int) -> str:
    shown = "、".join(f"{facet.value} {facet.count}" for facet in facets[:_MAX_FACET_VALUES])
    rest = size - min(size, _MAX_FACET_VALUES)
    return shown + (f"，另 {rest} 个" if rest > 0 else "")
