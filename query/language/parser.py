"""What the user typed to a tree, or an error that shows the place and what to write instead.

    query   = any
    any     = all { (OR | "|") all }
    all     = near { [AND] near }
    near    = one { NEAR["/" number] one }
    one     = (NOT | "-") one | "(" any ")" | field ":" text | text
    text    = a word up to the next blank, with "?" and "*" for what is not known, or a quotation

A quotation mark without its partner is no error: `query.language.quotations` finds it another, or
leaves it out.
Full width and half width mean the same. Whoosh's own parser is not used: it knows no places for a
caret, and takes longer to import than a whole search takes to answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from indexer.text.folding import fold, holds_word
from query.language.fields import FIELD_NAMES
from query.language.lexer import OPERATORS, TEXT_KINDS, QueryError, Token, closing_of, tokenize
from query.language.syntax_tree import And, Field, Near, Not, Or, Text, Tree, Wildcards
from query.language.wildcards import Pattern

__all__ = ["DEEPEST", "LONGEST", "MOST_LEAVES", "MOST_PLACED", "QueryError", "parse", "quote"]

LONGEST = 10_000
"""Characters a query may have; a whole report is no query."""

MOST_LEAVES = 200
"""Words and phrases a query may have."""

DEEPEST = 50
"""Brackets that may stand inside one another."""

MOST_PLACED = 30
"""Wildcards and NEARs, for each two texts, a query may have: places take longer than words."""

WITHIN = 10
"""Characters that NEAR lets stand between two texts, unless told otherwise."""

_MOST_WILDCARDS = 20  # in one word
# One question mark at the end of a word ends a question; anywhere else it stands for a character.
_WILDCARD = re.compile(r"[*＊]|[?？](?=.)|(?<=[?？])[?？]$")


def parse(query: str) -> Tree:
    """Return what a query asks for.

    Raise `QueryError` for a query that is empty, too long, holds only punctuation, opens a bracket and
    never closes it, or leaves an operator without what it stands between.
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
    tokens = tokenize(query)
    if not tokens:
        raise QueryError("the query is empty; type a word, a name or a phrase", query, 0)
    asked = [token for token in tokens if token.kind in (*TEXT_KINDS, "field")]
    if asked and not any(holds_word(fold(token.text)) for token in asked):
        raise QueryError("the query holds only punctuation; type a word, a name or a phrase", query, 0)
    if len(asked) > MOST_LEAVES:
        raise QueryError(
            f"the query has {len(asked)} words and may have {MOST_LEAVES}; search for fewer", "", 0
        )
    return _Parser(query, tokens).tree()


def quote(text: str) -> str:
    """Return `text` as a phrase in which every character is taken literally."""
    return '"' + text.replace('"', '""') + '"'


class _Parser:
    """Goes through the tokens of a query once, from left to right."""

    def __init__(self, query: str, tokens: list[Token]) -> None:
        self._query = query
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._placed = 0

    def tree(self) -> Tree:
        tree = self._any()
        left = self._next()
        if left is not None:  # only a bracket stops `_any` before the end
            raise self._error(f"nothing was opened that {left.text} closes; remove it or quote it", left)
        return tree

    def _any(self) -> Tree:
        parts = [self._all()]
        while self._take("or"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self) -> Tree:
        parts = self._near()
        while (token := self._next()) is not None and token.kind not in ("or", "close"):
            self._take("and")
            parts += self._near()
        parts = [*dict.fromkeys(parts)]
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _near(self) -> list[Tree]:
        """Return one part, or each two neighbours of several that stand near one another."""
        last = self._one()
        pairs: list[Tree] = []
        while (token := self._next()) is not None and self._take("near"):
            one = self._one()
            within = OPERATORS.fullmatch(fold(token.text))
            assert within is not None  # else it were no such token
            left, right = self._side(last, token), self._side(one, token)
            self._count(token, len(left) * len(right))
            pairs.append(Near(left, right, int(within[2] or WITHIN)))
            last = one
        return pairs or [last]

    def _side(self, tree: Tree, near: Token) -> tuple[Text | Wildcards, ...]:
        """Return the texts that one side of a NEAR may be."""
        match tree:
            case Text() | Wildcards():
                return (tree,)
            case Or(parts) if texts := tuple(part for part in parts if isinstance(part, Text | Wildcards)):
                if len(texts) == len(parts):
                    return texts
        raise self._error(
            "NEAR stands between words, phrases, or brackets with OR between them; write AND here", near
        )

    def _one(self) -> Tree:
        token = self._next()
        if token is None or token.kind in ("and", "or", "near", "close"):
            raise self._alone(token)
        self._at += 1
        if token.kind == "not":
            return Not(self._deeper(self._one, token))
        if token.kind == "open":
            inner = self._deeper(self._any, token)
            if not self._take("close"):
                raise self._error(
                    f"the bracket that opens here is never closed; add {closing_of(token)}, or quote it",
                    token,
                )
            return inner
        if token.kind == "field":
            return self._field(token)
        return self._text(token)

    def _text(self, token: Token) -> Text | Wildcards:
        folded = fold(token.text)
        if token.kind == "phrase" or not _WILDCARD.search(token.text):
            return Text(token.text, folded, literal=token.kind == "phrase")
        self._count(token)
        wild = sum(map(folded.count, "?*"))
        if wild > _MOST_WILDCARDS:
            raise self._error(f"a word may have {_MOST_WILDCARDS} wildcards; use fewer or quote it", token)
        pattern = Pattern.of(folded)
        if not any(map(holds_word, pattern.texts)):
            raise self._error(
                "wildcards alone ask for everything; put a character before or behind them, or quote them",
                token,
            )
        return Text(token.text, pattern.plain) if pattern.plain else Wildcards(token.text, pattern)

    def _count(self, token: Token, more: int = 1) -> None:
        self._placed += more
        if self._placed > MOST_PLACED:
            raise self._error(f"a query may have {MOST_PLACED} wildcards and NEARs; use fewer", token)

    def _field(self, field: Token) -> Field:
        value = self._next()
        if value is None or value.kind not in TEXT_KINDS:
            raise self._error(
                f"the field {field.text} has no value; write {field.text}:… or quote the colon", field
            )
        self._at += 1
        return Field(FIELD_NAMES[fold(field.text)], value.text, field.position)

    def _deeper(self, rule: Callable[[], Tree], token: Token) -> Tree:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._error(f"more than {DEEPEST} brackets and NOTs inside one another; use fewer", token)
        tree = rule()
        self._depth -= 1
        return tree

    def _next(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, kind: str) -> bool:
        token = self._next()
        taken = token is not None and token.kind == kind
        self._at += taken
        return taken

    def _alone(self, token: Token | None) -> QueryError:
        """Return the error for an operator or a bracket with nothing where a text is asked for."""
        before = self._tokens[self._at - 1] if self._at else None
        operator = token if before is None or before.kind in (*TEXT_KINDS, "close") else before
        operator = operator or self._tokens[-1]
        return self._error(
            f"{operator.text} has nothing beside it to search for; add a word or quote {operator.text}",
            operator,
        )

    def _error(self, message: str, token: Token) -> QueryError:
        return QueryError(message, self._query, token.position)
