"""What a view is given: the index, what is asked for, and the texts of the reader's language."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from query import Index
from query.page.asked import Asked
from query.page.exchange import Ask, Reply
from query.page.opened import Opened
from query.page.rendering import render
from query.page.texts import Texts

__all__ = ["NotThereError", "Scene"]


class NotThereError(Exception):
    """There is no such page; its text says what there is not, in the reader's language."""


class Scene(Struct, frozen=True):
    """One request: the index that answers it, what it asks for, and in which language."""

    ask: Ask
    opened: Opened
    index: Index
    asked: Asked
    say: Texts

    @classmethod
    def of(cls, ask: Ask, opened: Opened, *, most: int) -> Scene:
        """Prepare the answer to a request for a page of at most `most` hits or values.

        Raise `LianghuiError` for parameters that cannot be understood.
        """
        asked = Asked.read(ask.parameters, most=most)
        return cls(ask, opened, opened.index(), asked, Texts(asked.language or ask.language))

    def page(self, template: str, **context: Any) -> Reply:
        """Render a template, with a note where the seeds have changed since the index was built."""
        status = self.opened.status()
        stale = status if status.is_stale else None
        return render(template, self.say, self.asked, stale=stale, trouble=self.opened.trouble, **context)
