"""What the user typed to the leaves of a query, or an error that shows the place."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.errors import LianghuiError
from indexer.folding import fold, holds_word
from query.columns import width_of

__all__ = ["Leaf", "QueryError", "parse", "quote"]

LONGEST = 10_000
"""Characters a query may have; a whole report is no query."""

MOST_LEAVES = 200
"""Words and phrases a query may have."""

_QUOTES = {'"': '"', "＂": "＂", "“": "”", "「": "」", "『": "』"}
_DOUBLED = ('"', "＂")  # two of them inside a phrase stand for one


class QueryError(LianghuiError):
    """A query that cannot be understood; `position` is the character, from 0, where it goes wrong."""

    def __init__(self, message: str, query: str, position: int) -> None:
        """Remember the place, and show it under the message."""
        shown = query.replace("\n", " ").replace("\t", " ")
        caret = " " * width_of(shown[:position]) + "^"
        super().__init__(f"{message}\n  {shown}\n  {caret}" if query.strip() else message)
        self.query = query
        self.position = position


@dataclass(frozen=True, slots=True)
class Leaf:
    """One thing asked for, as typed and as folded for matching."""

    text: str
    folded: str


def parse(query: str) -> tuple[Leaf, ...]:
    """Return the leaves of a query: blanks separate them, quotation marks keep a phrase together.

    Raise `QueryError` for a query that is empty, too long, holds only punctuation, or opens a
    quotation and never closes it.
    """
    if len(query) > LONGEST:
        raise QueryError(
            f"the query has {len(query)} characters and may have {LONGEST}; search for a part of it",
            "",
            0,
        )
    broken = next((at for at, char in enumerate(query) if "\ud800" <= char <= "\udfff"), None)
    if broken is not None:
        shown = query.encode("utf-8", "replace").decode("utf-8")
        raise QueryError("the query holds bytes that are no text; type it again", shown, broken)
    leaves = [Leaf(text, folded) for text in _texts(query) if (folded := fold(text))]
    if not leaves:
        raise QueryError("the query is empty; type a word, a name or a phrase", query, 0)
    if not any(holds_word(leaf.folded) for leaf in leaves):
        raise QueryError("the query holds only punctuation; type a word, a name or a phrase", query, 0)
    if len(leaves) > MOST_LEAVES:
        raise QueryError(
            f"the query has {len(leaves)} words and may have {MOST_LEAVES}; search for fewer", "", 0
        )
    return tuple(dict.fromkeys(leaves))


def quote(text: str) -> str:
    """Return `text` as a phrase in which every character is taken literally."""
    return '"' + text.replace('"', '""') + '"'


def _texts(query: str) -> list[str]:
    """Cut a query at its blanks and quotations."""
    texts, plain, at = [], "", 0
    while at < len(query):
        char = query[at]
        if char in _QUOTES:
            phrase, at = _phrase(query, at)
            texts += [plain, phrase]
            plain = ""
        elif char.isspace():
            texts.append(plain)
            plain, at = "", at + 1
        else:
            plain, at = plain + char, at + 1
    return [text for text in (*texts, plain) if text.strip()]


def _phrase(query: str, start: int) -> tuple[str, int]:
    """Return the phrase whose quotation opens at `start`, and where the query goes on behind it."""
    closing = _QUOTES[query[start]]
    phrase, at = "", start + 1
    while at < len(query):
        if query[at] != closing:
            phrase += query[at]
        elif closing in _DOUBLED and query[at : at + 2] == closing * 2:
            phrase += closing
            at += 1
        else:
            return phrase, at + 1
        at += 1
    raise QueryError(
        f"the quotation that opens here is never closed; add {closing} or remove {query[start]}",
        query,
        start,
    )
