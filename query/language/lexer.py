"""What the user typed to tokens: texts, phrases, fields, operators, brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from indexer.errors import LianghuiError
from indexer.text.folding import fold
from indexer.text.width import width_of
from query.language.fields import FIELD_NAMES
from query.language.quotations import MARKS, STRAIGHT, quotations

__all__ = ["OPERATORS", "TEXT_KINDS", "QueryError", "Token", "closing_of", "tokenize"]

TEXT_KINDS = ("text", "phrase")
"""The kinds of tokens that are searched for."""

_OPENING, _CLOSING, _BARS, _MINUS, _COLONS = "(（", ")）", "|｜", "-－", ":："
OPERATORS = re.compile(r"(and|or|not|near)(?:(?<=near)/(.*))?")
"""How operators are written, folded; only in capitals, of either width."""

_DISTANCE = re.compile(r"\d{1,4}")  # characters


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
class Token:
    """A part of a query, and where it begins: text, phrase, field, open, close, and, or, not, near."""

    kind: str
    text: str
    position: int


def tokenize(query: str) -> list[Token]:
    """Return the tokens of a query that ask for something.

    Brackets with nothing inside are left out: extraction lost what stood there. Raise `QueryError`
    for a NEAR/ without a number.
    """
    kept: list[Token] = []
    for token in _tokens(query):
        if token.kind == "close" and kept and kept[-1].kind == "open":
            kept.pop()
        elif token.kind not in TEXT_KINDS or fold(token.text):
            kept.append(token)
    return kept


def closing_of(bracket: Token) -> str:
    """Return the bracket that closes one."""
    return _CLOSING[_OPENING.index(bracket.text)]


def _tokens(query: str) -> Iterator[Token]:
    quoted = quotations(query)
    at = 0
    while at < len(query):
        char, end = query[at], quoted.get(at)
        if end is not None:
            yield Token("phrase", _phrase(query, at, end), at)
            at = end + 1
        elif char.isspace() or char in MARKS:
            at += 1
        elif char in _OPENING + _CLOSING + _BARS:
            kind = "open" if char in _OPENING else "close" if char in _CLOSING else "or"
            yield Token(kind, char, at)
            at += 1
        elif char in _MINUS and _begins_text(query, at + 1, quoted):
            yield Token("not", char, at)
            at += 1
        else:
            end = _end_of_word(query, at)
            yield from _word(query, at, end)
            at = end


def _word(query: str, at: int, end: int) -> Iterator[Token]:
    """Yield what a word is: an operator, a field with the value behind its colon, or a text."""
    word = query[at:end]
    operator = OPERATORS.fullmatch(fold(word))
    name = re.split("[/／]", word)[0]
    if operator and name.upper() == name:
        if operator[2] is not None and not _DISTANCE.fullmatch(operator[2]):
            raise QueryError(
                "behind NEAR/ stands a number up to 9999; write NEAR/10 and a blank, or quote it", query, at
            )
        yield Token(operator[1], word, at)
        return
    colon = next((place for place, char in enumerate(word) if char in _COLONS), None)
    if colon is None or fold(word[:colon]) not in FIELD_NAMES:
        yield Token("text", word, at)
        return
    yield Token("field", word[:colon], at)
    if word[colon + 1 :]:
        yield Token("text", word[colon + 1 :], at + colon + 1)


def _begins_text(query: str, at: int, quoted: Mapping[int, int | None]) -> bool:
    """Tell whether something to search for stands at a place: a minus before it means NOT."""
    while at in quoted and quoted[at] is None:  # a mark that stands alone is as good as not there
        at += 1
    return at < len(query) and (query[at].isalnum() or query[at] in (*MARKS, *_OPENING))


def _end_of_word(query: str, at: int) -> int:
    stops = (*MARKS, *_OPENING, *_CLOSING, *_BARS)
    end = at + 1
    while end < len(query) and not query[end].isspace() and query[end] not in stops:
        end += 1
    return end


def _phrase(query: str, start: int, end: int) -> str:
    """Return what stands between the two marks of a quotation."""
    phrase, mark = query[start + 1 : end], query[start]
    return phrase.replace(mark * 2, mark) if mark in STRAIGHT else phrase
