"""The page of a paragraph: in its context, as on the page that it comes from, with a citation to copy."""

from __future__ import annotations

from query.output.citation import citation
from query.page.asked import path_of
from query.page.exchange import Reply
from query.page.hits import show_paragraph
from query.page.scene import NotThereError, Scene
from query.page.views.search import known_names

__all__ = ["paragraph"]

_CONTEXT = 12  # neighbours on either side
_MAX_NEIGHBOUR = 1_500  # characters of one


def paragraph(scene: Scene) -> Reply:
    """Show the paragraph with an id and its neighbours; raise `NotThereError` for an id that is unknown."""
    id_ = scene.ask.name
    near = scene.index.around(id_, _CONTEXT)
    if not near:
        raise NotThereError(scene.say("no_paragraph", name=id_))
    at = next(number for number, each in enumerate(near) if each.id == id_)
    asked = near[at]
    shown = [
        show_paragraph(each, scene.asked, scene.say, None if each.id == id_ else _MAX_NEIGHBOUR)
        for each in near
    ]
    return scene.page(
        "paragraph.html",
        names=known_names(scene),
        path=path_of("p", id_),
        this=shown[at],
        paragraph=asked,
        near=[(each, of) for each, of in zip(shown, near, strict=True)],
        earlier=shown[0].url if at >= _CONTEXT else "",
        later=shown[-1].url if len(near) - at > _CONTEXT else "",
        citation=citation(asked),
    )
