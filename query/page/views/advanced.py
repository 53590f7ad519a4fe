"""The advanced form: it only writes the query language, and leads to the answer of what it wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from query import quote
from query.page.asked import Asked
from query.page.exchange import Reply
from query.page.scene import Scene
from query.page.texts import Texts
from query.page.views.search import known_names

__all__ = ["advanced", "write_query"]

_WORDS = ("words_all", "words_phrase", "words_any", "words_none")
_FIELDS = ("speaker", "role", "org", "topic", "session", "title", "mentions", "type", "source")
_DATES = ("date_from", "date_to")
_PLAIN = set("%+.·-_/")  # characters that mean themselves inside a word, beside letters


def advanced(scene: Scene) -> Reply:
    """Show the form, or send the reader on to the query that it writes."""
    given = {name: text.strip() for name, text in scene.ask.parameters if text.strip()}
    query = write_query(given, scene.say)
    if query:
        return Reply(status=303, location=Asked(query=query, language=scene.asked.language).url())
    return scene.page(
        "advanced.html",
        names=known_names(scene),
        path="/advanced",
        words=_WORDS,
        fields=_FIELDS,
        dates=_DATES,
    )


def write_query(given: Mapping[str, str], say: Texts) -> str:
    """Write the query for what was filled in, by the names of the form; "" where nothing was."""
    return " ".join(_parts(given, say))


def _parts(given: Mapping[str, str], say: Texts) -> Iterator[str]:
    yield from map(_word, given.get("words_all", "").split())
    if "words_phrase" in given:
        yield quote(given["words_phrase"])
    any_of = [_word(word) for word in given.get("words_any", "").split()]
    if any_of:
        yield any_of[0] if len(any_of) == 1 else f"({' OR '.join(any_of)})"
    yield from (f"-{_word(word)}" for word in given.get("words_none", "").split())
    for name in _FIELDS:
        if name in given:
            yield f"{_field(name, say)}{_word(given[name])}"
    first, last = (given.get(name, "") for name in _DATES)
    if first or last:
        yield f"{_field('date', say)}{_word(first if first == last else f'{first}..{last}')}"


def _field(name: str, say: Texts) -> str:
    return f"{say.label(name)}：" if say.language == "zh" else f"{name}:"


def _word(text: str) -> str:
    """Write a text so that it means itself, and its wildcards what they mean: quoted where it has signs."""
    is_plain = all(char.isalnum() or char in _PLAIN or char in "?*" for char in text)
    is_operator = text.upper() == text and text.partition("/")[0] in ("AND", "OR", "NOT", "NEAR")
    return text if is_plain and not is_operator and text[:1].isalnum() else quote(text)
