"""Lexer: split a query into tokens: texts, phrases, field names, operators and brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, cast

from msgspec import Struct

from indexer.errors import LianghuiError
from indexer.text.folding import fold, holds_word
from indexer.text.width import width_of
from query.language.fields import FIELD_NAMES
from query.language.quotations import QUOTATION_MARKS, STRAIGHT_MARKS, pair_quotations

__all__ = ["OPERATORS", "TEXT_KINDS", "QueryError", "Token", "TokenKind", "closing_bracket", "tokenize"]

TokenKind = Literal["text", "phrase", "field", "open", "close", "and", "or", "not", "near"]

TEXT_KINDS: tuple[TokenKind, ...] = ("text", "phrase")
"""The kinds of tokens that are searched for."""

OPERATORS = re.compile(r"(and|or|not|near)(?:(?<=near)/(.*))?")
"""Matches a folded operator: its kind, and the text after the slash of a NEAR.

A query writes operators in capitals, in either width.
"""

_OPENING, _CLOSING, _BARS, _MINUS, _COLONS = "(（", ")）", "|｜", "-－", ":："
_DISTANCE = re.compile(r"\d{1,4}")  # characters


class QueryError(LianghuiError):
    """A query that cannot be parsed; `position` is the character, from 0, at which it goes wrong."""

    def __init__(self, message: str, query: str, position: int) -> None:
        """Put the query with a caret at `position` under the message."""
        shown = query.replace("\n", " ").replace("\t", " ")
        caret = " " * width_of(shown[:position]) + "^"
        super().__init__(f"{message}\n  {shown}\n  {caret}" if query.strip() else message)
        self.query = query
        self.position = position


class Token(Struct, frozen=True):
    """A token of a query; `position` is its first character, from 0.

    A phrase `stands_alone` unless a word touches its quotation marks, as where a text was pasted.
    """

    kind: TokenKind
    text: str
    position: int
    stands_alone: bool = True


def tokenize(query: str) -> list[Token]:
    """Split a query into tokens, without texts that fold to nothing and brackets that are empty.

    Empty brackets are common in pasted texts: extraction lost their content. Raise `QueryError` for a
    NEAR/ without a number.
    """
    tokens: list[Token] = []
    for token in _scan(query):
        if token.kind == "close" and tokens and tokens[-1].kind == "open":
            tokens.pop()
        elif token.kind not in TEXT_KINDS or fold(token.text):
            tokens.append(token)
    said = [token for token in tokens if token.kind != "text" or not _ends_question(token.text)]
    return said if any(token.kind in TEXT_KINDS for token in said) else tokens


def _ends_question(text: str) -> bool:
    """Tell whether a question mark stands among other marks, as in a pasted sentence: no wildcard."""
    marks = fold(text)
    return marks.count("?") == 1 < len(marks) and "*" not in marks and not holds_word(marks)


def closing_bracket(opening: Token) -> str:
    """Return the closing bracket of the same width as an opening one."""
    return _CLOSING[_OPENING.index(opening.text)]


def _scan(query: str) -> Iterator[Token]:
    """Yield all tokens of a query, also empty ones."""
    quotations = pair_quotations(query)
    at = 0
    while at < len(query):
        char, end = query[at], quotations.get(at)
        if end is not None:
            alone = not _touches_word(query, at - 1) and not _touches_word(query, end + 1)
            yield Token("phrase", _phrase_text(query, at, end), at, alone)
            at = end + 1
        elif char.isspace() or char in QUOTATION_MARKS:
            at += 1
        elif char in _OPENING + _CLOSING + _BARS:
            yield Token("open" if char in _OPENING else "close" if char in _CLOSING else "or", char, at)
            at += 1
        elif char in _MINUS and _starts_operand(query, at + 1, quotations):
            yield Token("not", char, at)
            at += 1
        else:
            end = _end_of_word(query, at)
            yield from _word_tokens(query, at, end)
            at = end


def _touches_word(query: str, at: int) -> bool:
    """Tell whether a word stands at `at`, so that the quotation beside it is a part of a sentence."""
    return 0 <= at < len(query) and query[at].isalnum()


def _word_tokens(query: str, start: int, end: int) -> Iterator[Token]:
    """Yield the tokens of a word: an operator, a field with the value after its colon, or a text.

    Raise `QueryError` for a NEAR/ without a number.
    """
    word = query[start:end]
    operator = OPERATORS.fullmatch(fold(word))
    name = re.split("[/／]", word)[0]
    if operator and name.upper() == name:
        if operator[2] is not None and not _DISTANCE.fullmatch(operator[2]):
            raise QueryError(
                "behind NEAR/ stands a number up to 9999; write NEAR/10 and a blank, or quote it",
                query,
                start,
            )
        yield Token(cast("TokenKind", operator[1]), word, start)
        return
    colon = next((at for at, char in enumerate(word) if char in _COLONS), None)
    if colon is None or fold(word[:colon]) not in FIELD_NAMES:
        yield Token("text", word, start)
        return
    yield Token("field", word[:colon], start)
    if word[colon + 1 :]:
        yield Token("text", word[colon + 1 :], start + colon + 1)


def _starts_operand(query: str, at: int, quotations: Mapping[int, int | None]) -> bool:
    """Tell whether a text, quotation or bracket starts at `at`, so that a minus before it means NOT."""
    while at in quotations and quotations[at] is None:  # an unpaired mark is ignored
        at += 1
    return at < len(query) and (query[at].isalnum() or query[at] in (*QUOTATION_MARKS, *_OPENING))


def _end_of_word(query: str, at: int) -> int:
    """Find the end of the word that starts at `at`: a blank, a quotation mark, a bracket or a bar."""
    stops = (*QUOTATION_MARKS, *_OPENING, *_CLOSING, *_BARS)
    end = at + 1
    while end < len(query) and not query[end].isspace() and query[end] not in stops:
        end += 1
    return end


def _phrase_text(query: str, start: int, end: int) -> str:
    """Return the text between two marks; inside straight ones, a doubled mark stands for one."""
    phrase, mark = query[start + 1 : end], query[start]
    return phrase.replace(mark * 2, mark) if mark in STRAIGHT_MARKS else phrase
