"""The state of the index: what it holds, when it was built, and whether its seeds have changed since."""

from __future__ import annotations

from query.page.exchange import Reply
from query.page.scene import Scene
from query.page.views.search import known_names

__all__ = ["status"]

_SHOWN = 50  # faults, or files that are not read


def status(scene: Scene) -> Reply:
    """Show the status of the index, as of a few seconds ago at most."""
    found = scene.opened.status()
    kinds = sorted(found.kinds.items(), key=lambda item: -item[1])
    return scene.page(
        "status.html",
        names=known_names(scene),
        path="/status",
        status_=found,
        kinds=[(scene.say.kind(kind), count) for kind, count in kinds],
        shown=_SHOWN,
    )
