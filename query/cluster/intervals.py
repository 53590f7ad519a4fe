"""Patterns as intervals over the units of a paragraph: where a text with wildcards begins and ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from indexer.cluster.tokens import END, GAP, START, token
from indexer.text.folding import units
from query.language.wildcards import AnyUnits, Glob, Literal, Pattern, Piece

__all__ = ["Source", "near", "numeral", "pattern_source", "plain_glob", "spelled_out", "text_source"]

Source = Mapping[str, Any]
"""A rule of an interval query."""

_MAX_EXPANSIONS = 1_000  # words that a wildcard may stand for


def text_source(parts: Sequence[str]) -> Source:
    """Find where units are adjacent."""
    return _adjacent(" ".join(map(token, parts)))


def pattern_source(pattern: Pattern) -> Source:
    """Find where the first piece of a pattern begins that the others follow, one behind the other."""
    source: Source | None = None
    for piece in reversed(pattern.pieces):
        source = _piece(piece) if source is None else _filtered(_piece(piece), "before", source)
    assert source is not None  # a pattern has a piece
    return source


def plain_glob(pattern: Pattern) -> dict[str, Any] | None:
    """Match a pattern that is one run of letters or digits: in a plain query, any number of words will do."""
    match pattern.pieces:
        case ((Glob(text=text),),):
            return {"wildcard": {"units": {"value": text}}}
    return None


def numeral(folded: str, before: str, behind: str) -> Source:
    """Find a text where it is no part of a larger number."""
    own = found = text_source(units(folded))
    # Alternatives of texts that begin or end alike are not all found: the characters alone are alternatives.
    if before:
        longer = _all([_any(map(_adjacent, before)), own], 0, ordered=True)
        found = _filtered(found, "not_contained_by", longer)
    if behind:
        longer = _all([own, _any(map(_adjacent, behind))], 0, ordered=True)
        found = _filtered(found, "not_contained_by", longer)
    return found


def spelled_out(pattern: Pattern, within: int) -> Source:
    """Find the pieces of a pattern in order, in `within` units."""
    widths = sum(part.width for piece in pattern.pieces for part in piece)
    return _all(map(_piece, pattern.pieces), max(0, within - widths), ordered=True)


def near(left: Source, right: Source, within: int) -> Source:
    """Find both with at most `within` units between them, in either order."""
    return _all([left, right], within, ordered=False)


def _piece(piece: Piece) -> Source:
    """Find adjacent parts; units of any kind are gaps before the next part, or room behind the last."""
    sources: list[Source] = []
    tokens: list[str] = []
    for part in piece:
        match part:
            case AnyUnits(width=width):
                tokens += [GAP] * width
            case Literal(units=parts):
                tokens += map(token, parts)
            case Glob(text=text):
                sources += [_adjacent(" ".join(tokens))] if tokens else []
                sources.append({"wildcard": {"pattern": text, "max_expansions": _MAX_EXPANSIONS}})
                tokens = []
    room = len(tokens)
    while tokens and tokens[-1] == GAP:
        tokens.pop()
    room -= len(tokens)
    sources += [_adjacent(" ".join(tokens))] if tokens else []
    source = sources[0] if len(sources) == 1 else _all(sources, 0, ordered=True)
    if isinstance(piece[0], AnyUnits):
        source = _filtered(source, "not_containing", _adjacent(START))
    found = source
    for gap in range(room):  # too near to the end
        end = _all([source, _adjacent(" ".join([GAP] * gap + [END]))], 0, ordered=True)
        found = _filtered(found, "not_contained_by", end)
    return found


def _adjacent(text: str) -> Source:
    return {"match": {"query": text, "analyzer": "gapped", "max_gaps": 0, "mode": "ordered"}}


def _all(sources: Iterable[Source], gaps: int, *, ordered: bool) -> Source:
    return {
        "all_of": {"intervals": [*sources], "max_gaps": gaps, "mode": "ordered" if ordered else "unordered"}
    }


def _any(sources: Iterable[Source]) -> Source:
    return {"any_of": {"intervals": [*sources]}}


def _filtered(source: Source, relation: str, other: Source) -> Source:
    return {"any_of": {"intervals": [source], "filter": {relation: other}}}
