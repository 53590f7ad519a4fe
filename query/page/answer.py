"""An answer as a page shows it: hits, what is said of them, facets, timeline, grid, and its other forms."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from query import Results
from query.page.asked import Asked
from query.page.facets import NARROWING, chips, groups
from query.page.grid import GRID_ROWS, Grid, grid
from query.page.hits import show_hit
from query.page.messages import notes_on
from query.page.scene import NotThereError, Scene
from query.page.timeline import Timeline, is_too_long, timeline

__all__ = ["PAGE_SIZE", "answer_of"]

PAGE_SIZE = 10
"""Hits on a page, unless the address says otherwise."""

_SORTS = ("score", "date", "oldest", "source")
_FORMATS = (("JSON", "json"), ("CSV", "csv"), ("Markdown", "md"), ("Atom", "atom"))


def answer_of(
    scene: Scene, asked: Asked, path: str, *, sort: str = "score", fixed: str = ""
) -> dict[str, Any]:
    """Answer what is asked, and return what the template of an answer needs.

    `sort` is the order unless another is asked for, and `fixed` the filter that the page itself stands for.
    `asked` has it, and `path` does not: addresses at the path leave it out.
    Raise what `Index.search` raises, and `NotThereError` for a page behind the last.
    """
    order: Any = asked.sort or sort
    whole, shown = _search(scene, asked, order)
    pages = max(1, -(-shown.total // (asked.limit or PAGE_SIZE)))
    if asked.page > pages:
        raise NotThereError(scene.say("no_more"))
    here = asked.without_filter(fixed) if fixed else asked
    here = replace(here, page=asked.page)
    names = {field: name for field, name in NARROWING.items() if name != fixed}
    return {
        "path": path,
        "total": whole.total,
        "results": shown,
        "hits": [show_hit(hit, asked, scene.say) for hit in shown.hits],
        "near": [show_hit(hit, asked, scene.say) for hit in shown.near],
        "notes": notes_on(shown, asked, scene.say),
        "chips": chips(here, path, scene.say),
        "groups": groups(whole, asked, here, path, scene.say, names) if whole.total else [],
        "timeline": _timeline(scene, asked, here, path, whole),
        "grid": _grid(scene, asked, here, path, fixed, whole),
        "sorts": [(each, each == order, replace(here, sort=each, page=1).url(path)) for each in _SORTS],
        "toggle": lambda name: replace(here, **{name: not getattr(here, name)}, page=1).url(path),
        "turn": lambda page: replace(here, page=page).url(path),
        "pages": pages,
        "formats": [(name, replace(asked, sort=order).url(f"/results.{end}")) for name, end in _FORMATS],
    }


def _search(scene: Scene, asked: Asked, order: Any) -> tuple[Results, Results]:
    """Search; return the whole answer, whose facets count every paragraph, and the one that is shown."""
    options = {"limit": asked.limit or PAGE_SIZE, "page": asked.page, "sort": order, **asked.arguments()}
    shown = scene.index.search(asked.query, **options, collapse=asked.collapse)
    if not asked.collapse:
        return shown, shown
    return scene.index.search(asked.query, limit=0, **asked.arguments()), shown


def _timeline(scene: Scene, asked: Asked, here: Asked, path: str, whole: Results) -> Timeline | None:
    """Draw the timeline of all days: that of one month is a single bar."""
    of_all_days = asked.without_filter("date")
    if of_all_days.is_empty or not (whole.total or "date" in asked.filters):
        return None
    arguments = of_all_days.arguments()
    by = asked.by or "month"
    periods = scene.index.timeline(asked.query, by=by, **arguments)
    if not asked.by and is_too_long(periods):
        by, periods = "year", scene.index.timeline(asked.query, by="year", **arguments)
    dated = "date" in asked.filters
    drawn = timeline(periods, by, 0 if dated else whole.total, whole.rung, here, path, scene.say)
    return drawn if len(drawn.bars) > 1 or dated else None


def _grid(scene: Scene, asked: Asked, here: Asked, path: str, fixed: str, whole: Results) -> Grid | None:
    if (
        not whole.total
        or asked.is_long
        or fixed in ("speaker", "topic")
        or {"speaker", "topic"} & {*asked.filters}
    ):
        return None
    speakers = scene.index.values("speaker", asked.query, by="topic", limit=GRID_ROWS, **asked.arguments())
    return grid(speakers, whole.rung, here, path)
