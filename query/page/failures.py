"""Says why a request has no answer: as a page to readers, as text or JSON to programs."""

from __future__ import annotations

import msgspec

from query.output.sanitize import safe
from query.page.asked import Asked
from query.page.exchange import Ask, Reply
from query.page.rendering import render
from query.page.texts import Texts

__all__ = ["failure"]


def failure(
    ask: Ask, code: int, message: str = "", *, language: str = "", query: str = "", position: int = 0
) -> Reply:
    """Say why a request has no answer; where a `query` is at fault, with a caret at a `position` in it.

    The message is in the reader's language unless its own is given. Without one it is a fault of ours.
    """
    chosen = next((text for name, text in ask.parameters if name == "lang" and text in ("zh", "en")), "")
    say = Texts(chosen or ask.language)
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
        Asked(query=typed, language=chosen),
        status=code,
        title=say(f"e{code}"),
        sentence=message.partition("\n")[0] if query else message,
        message_language=language or say.language,
        query=shown if shown.strip() else "",
        at=at,
    )
