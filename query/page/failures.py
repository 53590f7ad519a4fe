"""Says why a request has no answer: as a page to readers, as text or JSON to programs."""

from __future__ import annotations

import msgspec

from query.output.sanitize import safe
from query.page.asked import Asked
from query.page.exchange import Ask, Reply
from query.page.rendering import render
from query.page.texts import Texts

__all__ = ["failure"]


def failure(ask: Ask, code: int, message: str = "", *, query: str = "", position: int = 0) -> Reply:
    """Say why a request has no answer; where a `query` is at fault, with a caret at a `position` in it.

    Without a message it is a fault of ours.
    """
    language = next((text for name, text in ask.parameters if name == "lang" and text in ("zh", "en")), "")
    say = Texts(language or ask.language)
    message = message or say("our_fault")
    if ask.view == "suggest" or ask.name == "json":
        return Reply(msgspec.json.encode({"error": message}), "application/json", code)
    if ask.view == "results" or ask.view.endswith("-file"):
        return Reply(f"{message}\n".encode("utf-8", "replace"), "text/plain", code)
    typed = next((text for name, text in ask.parameters if name == "q"), "")
    shown, at = safe(query), min(position, len(query))
    return render(
        "failure.html",
        say,
        Asked(query=typed, language=language),
        status=code,
        title=say(f"e{code}"),
        sentence=message.partition("\n")[0] if query else message,
        query=shown if shown.strip() else "",
        at=at,
    )
