"""The first page: the whole index at a glance, or the answer to a query."""

from __future__ import annotations

from typing import Any

from query.output.sanitize import safe
from query.page.answer import answer_of
from query.page.asked import Asked
from query.page.exchange import Reply
from query.page.links import links_to
from query.page.scene import Scene
from query.page.timeline import is_too_long, timeline

__all__ = ["known_names", "search"]

_SHOWN = 24  # speakers, topics and sessions on the first page
_NAMES = 40  # of each, that are offered where there are no scripts
_KINDS = {"speaker": "speakers", "topic": "topics", "session": "sessions"}


def search(scene: Scene) -> Reply:
    """Show the answer to a query, or where nothing is asked for, what there is."""
    if scene.asked.is_empty:
        return _overview(scene)
    return scene.page("answer.html", names=known_names(scene), **answer_of(scene, scene.asked, "/"))


def known_names(scene: Scene) -> list[str]:
    """List the most frequent names and topics, for a search box without scripts."""
    names = scene.opened.keep("names", lambda: _names(scene))
    return list(names)


def _names(scene: Scene) -> list[str]:
    values = (scene.index.values(kind, limit=_NAMES) for kind in _KINDS)
    return [safe(each.value) for several in values for each in several if len(each.value) <= _NAMES]


def _overview(scene: Scene) -> Reply:
    asked = Asked(language=scene.asked.language, by=scene.asked.by)
    periods = scene.opened.keep("months", lambda: scene.index.timeline(by="month"))
    by = asked.by or ("year" if is_too_long(periods) else "month")
    if by == "year":
        periods = scene.opened.keep("years", lambda: scene.index.timeline(by="year"))
    total = len(scene.index)
    drawn = timeline(periods, by, total, "exact", asked, "/", scene.say)
    shown: dict[str, Any] = {kind: links_to(_top(scene, kind), kind, asked.language) for kind in _KINDS}
    return scene.page(
        "overview.html",
        names=known_names(scene),
        total=total,
        files=scene.opened.status().sources,
        timeline=drawn if drawn.bars else None,
        shown=shown,
        lists=_KINDS,
    )


def _top(scene: Scene, kind: str) -> Any:
    return scene.opened.keep(("top", kind), lambda: scene.index.values(kind, limit=_SHOWN))
