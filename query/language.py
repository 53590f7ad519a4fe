"""What the user typed to a tree, or an error that shows the place and what to write instead.

    query   = any
    any     = all { (OR | "|") all }
    all     = near { [AND] near }
    near    = one { NEAR["/" number] one }
    one     = (NOT | "-") one | "(" any ")" | field ":" text | text
    text    = a word up to the next blank, with "?" and "*" for what is not known, or a quotation

Full width and half width mean the same. Whoosh's own parser is not used: it knows no places for a
caret, and takes longer to import than a whole search takes to answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from indexer.errors import LianghuiError
from indexer.folding import fold, holds_word
from query.columns import width_of
from query.filters import FIELDS
from query.pattern import Pattern
from query.tree import And, Field, Leaf, Like, Near, Not, Or, Tree

__all__ = ["FIELD_NAMES", "LONGEST", "QueryError", "parse", "quote"]

LONGEST = 10_000
"""Characters a query may have; a whole report is no query."""

MOST_LEAVES = 200
"""Words and phrases a query may have."""

DEEPEST = 50
"""Brackets that may stand inside one another."""

WITHIN = 10
"""Characters that NEAR lets stand between two texts, unless told otherwise."""

_MOST_PAIRS = 50  # of texts, one on either side of a NEAR
_MOST_WILDCARDS = 20  # in one word

FIELD_NAMES = {name: name for name in (*FIELDS, "date", "pinyin")} | {
    "拼音": "pinyin",
    "发言人": "speaker",
    "身份": "role",
    "单位": "org",
    "话题": "topic",
    "会议": "session",
    "标题": "title",
    "栏目": "section",
    "日期": "date",
    "文体": "type",
    "提到": "mentions",
    "记者": "reporter",
    "来源": "source",
}
"""How a field may be called in a query, and the filter that it is."""

_QUOTES = {'"': '"', "＂": "＂", "“": "”", "「": "」", "『": "』"}
_TEXTS = ("text", "phrase")  # the kinds of tokens that are searched for
_DOUBLED = ('"', "＂")  # two of them inside a phrase stand for one
_OPENING, _CLOSING, _BARS, _MINUS, _COLONS = "(（", ")）", "|｜", "-－", ":："
_OPERATORS = re.compile(r"(and|or|not|near)(?:(?<=near)/(\d{1,4}))?")  # only in capitals, of either width
# One question mark at the end of a word ends a question; anywhere else it stands for a character.
_WILDCARD = re.compile(r"[*＊]|[?？](?=.)|(?<=[?？])[?？]$")


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
class _Token:
    """A part of a query, and where it begins: text, phrase, field, open, close, and, or, not, near."""

    kind: str
    text: str
    position: int


def parse(query: str) -> Tree:
    """Return what a query asks for.

    Raise `QueryError` for a query that is empty, too long, holds only punctuation, opens a quotation
    or a bracket and never closes it, or leaves an operator without what it stands between.
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
    tokens = _without_empty_brackets(
        [token for token in _tokens(query) if token.kind not in _TEXTS or fold(token.text)]
    )
    if not tokens:
        raise QueryError("the query is empty; type a word, a name or a phrase", query, 0)
    asked = [token for token in tokens if token.kind in (*_TEXTS, "field")]
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

    def __init__(self, query: str, tokens: list[_Token]) -> None:
        self._query = query
        self._tokens = tokens
        self._at = 0
        self._depth = 0

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
            within = _OPERATORS.fullmatch(fold(token.text))
            assert within is not None  # else it were no such token
            left, right = self._placed(last, token), self._placed(one, token)
            if len(left) * len(right) > _MOST_PAIRS:
                raise self._error("too many words on both sides of NEAR; put fewer into its brackets", token)
            pairs.append(Near(left, right, int(within[2] or WITHIN)))
            last = one
        return pairs or [last]

    def _placed(self, tree: Tree, near: _Token) -> tuple[Leaf | Like, ...]:
        """Return the texts that one side of a NEAR may be."""
        match tree:
            case Leaf() | Like():
                return (tree,)
            case Or(parts) if texts := tuple(part for part in parts if isinstance(part, Leaf | Like)):
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
                closing = _CLOSING[_OPENING.index(token.text)]
                raise self._error(
                    f"the bracket that opens here is never closed; add {closing} or quote {token.text}", token
                )
            return inner
        if token.kind == "field":
            return self._field(token)
        return self._text(token)

    def _text(self, token: _Token) -> Leaf | Like:
        folded = fold(token.text)
        if token.kind == "phrase" or not _WILDCARD.search(token.text):
            return Leaf(token.text, folded, literal=token.kind == "phrase")
        wild = sum(map(folded.count, "?*"))
        if wild > _MOST_WILDCARDS:
            raise self._error(f"a word may have {_MOST_WILDCARDS} wildcards; use fewer or quote it", token)
        pattern = Pattern.of(folded)
        if not any(map(holds_word, pattern.texts)):
            raise self._error(
                "wildcards alone ask for everything; put a character before or behind them, or quote them",
                token,
            )
        return Leaf(token.text, pattern.plain) if pattern.plain else Like(token.text, pattern)

    def _field(self, field: _Token) -> Field:
        value = self._next()
        if value is None or value.kind not in _TEXTS:
            raise self._error(
                f"the field {field.text} has no value; write {field.text}:… or quote the colon", field
            )
        self._at += 1
        return Field(FIELD_NAMES[fold(field.text)], value.text, field.position)

    def _deeper(self, rule: Callable[[], Tree], token: _Token) -> Tree:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._error(f"more than {DEEPEST} brackets and NOTs inside one another; use fewer", token)
        tree = rule()
        self._depth -= 1
        return tree

    def _next(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, kind: str) -> bool:
        token = self._next()
        taken = token is not None and token.kind == kind
        self._at += taken
        return taken

    def _alone(self, token: _Token | None) -> QueryError:
        """Return the error for an operator or a bracket with nothing where a text is asked for."""
        before = self._tokens[self._at - 1] if self._at else None
        operator = token if before is None or before.kind in (*_TEXTS, "close") else before
        operator = operator or self._tokens[-1]
        return self._error(
            f"{operator.text} has nothing beside it to search for; add a word or quote {operator.text}",
            operator,
        )

    def _error(self, message: str, token: _Token) -> QueryError:
        return QueryError(message, self._query, token.position)


def _without_empty_brackets(tokens: Sequence[_Token]) -> list[_Token]:
    """Leave out brackets with nothing inside: extraction lost what stood there."""
    kept: list[_Token] = []
    for token in tokens:
        if token.kind == "close" and kept and kept[-1].kind == "open":
            kept.pop()
        else:
            kept.append(token)
    return kept


def _tokens(query: str) -> Iterator[_Token]:
    at = 0
    while at < len(query):
        char = query[at]
        if char.isspace():
            at += 1
        elif char in _QUOTES:
            phrase, end = _phrase(query, at)
            yield _Token("phrase", phrase, at)
            at = end
        elif char in _OPENING + _CLOSING + _BARS:
            kind = "open" if char in _OPENING else "close" if char in _CLOSING else "or"
            yield _Token(kind, char, at)
            at += 1
        elif char in _MINUS and _begins_text(query, at + 1):
            yield _Token("not", char, at)
            at += 1
        else:
            end = _end_of_word(query, at)
            yield from _word(query[at:end], at)
            at = end


def _word(word: str, at: int) -> Iterator[_Token]:
    """Yield what a word is: an operator, a field with the value behind its colon, or a text."""
    operator = _OPERATORS.fullmatch(fold(word))
    if operator and word.upper() == word:
        yield _Token(operator[1], word, at)
        return
    colon = next((place for place, char in enumerate(word) if char in _COLONS), None)
    if colon is None or fold(word[:colon]) not in FIELD_NAMES:
        yield _Token("text", word, at)
        return
    yield _Token("field", word[:colon], at)
    if word[colon + 1 :]:
        yield _Token("text", word[colon + 1 :], at + colon + 1)


def _begins_text(query: str, at: int) -> bool:
    """Tell whether something to search for stands at a place: a minus before it means NOT."""
    return at < len(query) and (query[at].isalnum() or query[at] in (*_QUOTES, *_OPENING))


def _end_of_word(query: str, at: int) -> int:
    stops = (*_QUOTES, *_OPENING, *_CLOSING, *_BARS)
    end = at + 1
    while end < len(query) and not query[end].isspace() and query[end] not in stops:
        end += 1
    return end


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
