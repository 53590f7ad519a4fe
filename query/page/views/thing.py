"""The page of a speaker, a topic or a session: when, about what, with whom, and what is said."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from query.page.answer import answer_of
from query.page.asked import path_of
from query.page.exchange import Reply
from query.page.links import links_to
from query.page.marks import brief
from query.page.scene import NotThereError, Scene
from query.page.views.search import known_names

__all__ = ["thing"]

_SESSIONS = 5  # in which others are looked for who speak there, too
_OTHERS = 12


def thing(scene: Scene) -> Reply:
    """Show what there is of a speaker, topic or session; raise `NotThereError` for one that is unknown."""
    kind, name = scene.ask.view, scene.ask.name
    if not _is_there(scene, kind, name):
        raise NotThereError(scene.say("no_value", label=scene.say.label(kind), name=brief(name)))
    path = path_of(kind, name)
    asked = replace(scene.asked, filters={**scene.asked.filters, kind: (f"={name}",)})
    answer = answer_of(scene, asked, path, sort="date", fixed=kind)
    others = _others(scene, kind, name) if answer["total"] else {}
    return scene.page("thing.html", names=known_names(scene), kind=kind, name=name, others=others, **answer)


def _is_there(scene: Scene, kind: str, name: str) -> bool:
    is_a_name = any(char.isprintable() and not char.isspace() for char in name)
    filters: Any = {kind: f"={name}"}
    return is_a_name and bool(scene.index.values(kind, limit=1, **filters))


def _others(scene: Scene, kind: str, name: str) -> dict[str, object]:
    """List who speaks in the same paragraphs, and in the same sessions, as a speaker does."""
    if kind != "speaker":
        return {}
    index, language = scene.index, scene.asked.language
    beside = index.values("speaker", speaker=f"={name}", limit=_OTHERS + 1)
    sessions = index.values("session", speaker=f"={name}", limit=_SESSIONS)
    within = [f"={each.value}" for each in sessions]
    there = index.values("speaker", session=within, limit=_OTHERS + 1) if within else ()
    found = {"together": beside, "same_sessions": there}
    return {
        key: links_to([each for each in values if each.value != name], "speaker", language)
        for key, values in found.items()
        if any(each.value != name for each in values)
    }
