"""Parser: turn a query into a syntax tree, or into an error that shows the place and the remedy.

    query = or
    or    = and { (OR | "|") and }
    and   = near { [AND] near }
    near  = unary { NEAR["/" number] unary }
    unary = (NOT | "-") unary | "(" or ")" | field ":" text | text
    text  = a word up to the next blank, with "?" and "*" as wildcards, or a quotation

A quotation that a word touches (聚焦“两会”热点) is a
part of a pasted text, and no more literal than the word. Unpaired quotation marks are no error, see
`query.language.quotations`. Full width and half width mean
the same. Whoosh's own parser is not used: it reports no positions for a caret, and importing it takes
longer than a whole search.
"""

from __future__ import annotations

from collections.abc import Callable

from indexer.text.folding import fold, holds_word
from query.language.fields import FIELD_NAMES
from query.language.lexer import (
    OPERATORS,
    TEXT_KINDS,
    QueryError,
    Token,
    TokenKind,
    closing_bracket,
    tokenize,
)
from query.language.syntax_tree import And, Field, Near, Not, Or, Text, Tree, Wildcards
from query.language.wildcards import MAX_WILDCARDS, Pattern, count_wildcards, has_wildcards

__all__ = [
    "MAX_DEPTH",
    "MAX_LEAVES",
    "MAX_POSITIONAL",
    "MAX_QUERY_LENGTH",
    "QueryError",
    "parse",
    "quote",
]

MAX_QUERY_LENGTH = 10_000
"""Characters that a query may have; a whole report is no query."""

MAX_LEAVES = 200
"""Words, phrases and fields that a query may have."""

MAX_DEPTH = 50
"""Brackets and NOTs that may be nested."""

MAX_POSITIONAL = 30
"""Wildcards and pairs of texts beside a NEAR that a query may have: positions are slower than words."""

_DEFAULT_DISTANCE = 10  # characters that NEAR lets stand between two texts


def parse(query: str) -> Tree:
    """Parse a query.

    Raise `QueryError` for a query that is empty, too long or only punctuation, for a bracket without
    its partner, for an operator without an operand, for a field without a value, for a word of
    wildcards alone, and for too many of any of these.
    """
    _check_text(query)
    tokens = tokenize(query)
    _check_tokens(query, tokens)
    return _Parser(query, tokens).parse()


def quote(text: str) -> str:
    """Write `text` as a phrase in which every character is taken literally."""
    return '"' + text.replace('"', '""') + '"'


def _check_text(query: str) -> None:
    """Raise `QueryError` for a query that is too long or holds surrogates: bytes that are no text."""
    if len(query) > MAX_QUERY_LENGTH:
        raise QueryError(
            f"the query has {len(query)} characters and may have {MAX_QUERY_LENGTH}; search for a part of it",
            "",
            0,
        )
    surrogate = next((at for at, char in enumerate(query) if "\ud800" <= char <= "\udfff"), None)
    if surrogate is not None:
        shown = query.encode("utf-8", "replace").decode("utf-8")
        raise QueryError("the query holds bytes that are no text; type it again", shown, surrogate)


def _check_tokens(query: str, tokens: list[Token]) -> None:
    """Raise `QueryError` for a query without a word, or with too many texts and fields."""
    if not tokens:
        raise QueryError("the query is empty; type a word, a name or a phrase", query, 0)
    leaves = [token for token in tokens if token.kind in (*TEXT_KINDS, "field")]
    if leaves and not any(holds_word(fold(token.text)) for token in leaves):
        raise QueryError("the query holds only punctuation; type a word, a name or a phrase", query, 0)
    if len(leaves) > MAX_LEAVES:
        raise QueryError(
            f"the query has {len(leaves)} words and may have {MAX_LEAVES}; search for fewer", "", 0
        )


class _Parser:
    """Recursive descent over the tokens of a query; each rule of the grammar is a method."""

    def __init__(self, query: str, tokens: list[Token]) -> None:
        self._query = query
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._positional = 0

    def parse(self) -> Tree:
        tree = self._or()
        rest = self._peek()
        if rest is not None:  # only a closing bracket stops `_or` before the end
            raise self._error(f"nothing was opened that {rest.text} closes; remove it or quote it", rest)
        return tree

    def _or(self) -> Tree:
        parts = [self._and()]
        while self._accept("or"):
            parts.append(self._and())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _and(self) -> Tree:
        parts = self._near()
        while (token := self._peek()) is not None and token.kind not in ("or", "close"):
            self._accept("and")
            parts += self._near()
        parts = [*dict.fromkeys(parts)]
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _near(self) -> list[Tree]:
        """Parse one operand, or several joined by NEAR as one `Near` for each two neighbours."""
        last = self._unary()
        pairs: list[Tree] = []
        while (token := self._peek()) is not None and self._accept("near"):
            operand = self._unary()
            operator = OPERATORS.fullmatch(fold(token.text))
            assert operator is not None  # or the lexer would not have made it a NEAR
            left, right = self._near_texts(last, token), self._near_texts(operand, token)
            self._count_positional(token, len(left) * len(right))
            pairs.append(Near(left, right, int(operator[2] or _DEFAULT_DISTANCE)))
            last = operand
        return pairs or [last]

    def _near_texts(self, tree: Tree, near: Token) -> tuple[Text | Wildcards, ...]:
        """Return the alternative texts on one side of a NEAR."""
        match tree:
            case Text() | Wildcards():
                return (tree,)
            case Or(parts) if texts := tuple(part for part in parts if isinstance(part, Text | Wildcards)):
                if len(texts) == len(parts):
                    return texts
        raise self._error(
            "NEAR stands between words, phrases, or brackets with OR between them; write AND here", near
        )

    def _unary(self) -> Tree:
        token = self._peek()
        if token is None or token.kind in ("and", "or", "near", "close"):
            raise self._missing_operand(token)
        self._at += 1
        match token.kind:
            case "not":
                return Not(self._nested(self._unary, token))
            case "open":
                return self._group(token)
            case "field":
                return self._field(token)
        return self._text(token)

    def _group(self, opening: Token) -> Tree:
        tree = self._nested(self._or, opening)
        if not self._accept("close"):
            closing = closing_bracket(opening)
            raise self._error(
                f"the bracket that opens here is never closed; add {closing}, or quote it", opening
            )
        return tree

    def _text(self, token: Token) -> Text | Wildcards:
        folded = fold(token.text)
        if token.kind == "phrase" or not has_wildcards(token.text):
            return Text(token.text, folded, literal=token.kind == "phrase" and token.stands_alone)
        self._count_positional(token)
        if count_wildcards(folded) > MAX_WILDCARDS:
            raise self._error(f"a word may have {MAX_WILDCARDS} wildcards; use fewer or quote it", token)
        pattern = Pattern.parse(folded)
        if not any(map(holds_word, pattern.texts)):
            raise self._error(
                "wildcards alone ask for everything; put a character before or behind them, or quote them",
                token,
            )
        return Text(token.text, pattern.plain) if pattern.plain else Wildcards(token.text, pattern)

    def _field(self, field: Token) -> Field:
        value = self._peek()
        if value is None or value.kind not in TEXT_KINDS:
            raise self._error(
                f"the field {field.text} has no value; write {field.text}:… or quote the colon", field
            )
        self._at += 1
        return Field(FIELD_NAMES[fold(field.text)], value.text, field.position)

    def _nested(self, rule: Callable[[], Tree], token: Token) -> Tree:
        """Apply a rule one level deeper."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._error(f"more than {MAX_DEPTH} brackets and NOTs inside one another; use fewer", token)
        tree = rule()
        self._depth -= 1
        return tree

    def _count_positional(self, token: Token, count: int = 1) -> None:
        self._positional += count
        if self._positional > MAX_POSITIONAL:
            raise self._error(f"a query may have {MAX_POSITIONAL} wildcards and NEARs; use fewer", token)

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _accept(self, kind: TokenKind) -> bool:
        """Consume the next token if it is of this kind, and tell whether it was."""
        token = self._peek()
        accepted = token is not None and token.kind == kind
        self._at += accepted
        return accepted

    def _missing_operand(self, token: Token | None) -> QueryError:
        """Make the error for an operator, or an opening bracket, that has no operand."""
        before = self._tokens[self._at - 1] if self._at else None
        operator = token if before is None or before.kind in (*TEXT_KINDS, "close") else before
        operator = operator or self._tokens[-1]
        return self._error(
            f"{operator.text} has nothing beside it to search for; add a word or quote {operator.text}",
            operator,
        )

    def _error(self, message: str, token: Token) -> QueryError:
        return QueryError(message, self._query, token.position)
