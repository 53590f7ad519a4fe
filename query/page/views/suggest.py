"""Suggestions for what is being typed, as JSON."""

from __future__ import annotations

import msgspec

from query.page.exchange import Reply
from query.page.marks import brief
from query.page.scene import Scene

__all__ = ["suggest"]

_MAX_TEXT = 60  # characters
_MAX_VALUE = 120  # characters of what is suggested


def suggest(scene: Scene) -> Reply:
    """Suggest names, topics, sessions and headlines for the text `q`."""
    found = scene.index.suggest(scene.asked.query[:_MAX_TEXT])
    shown = [
        {"label": scene.say.label(each.field), "value": brief(each.value, _MAX_VALUE), "count": each.count}
        for each in found
        if len(each.value) <= _MAX_VALUE
    ]
    return Reply(msgspec.json.encode(shown), "application/json")
