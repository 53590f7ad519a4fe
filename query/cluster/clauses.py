"""The clauses of OpenSearch's query DSL that the meaning of a query is put together from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from indexer.cluster.tokens import token
from indexer.segments.schema import HEADING, MATCH
from indexer.text.folding import units
from query.matching.coverage import Coverage
from query.matching.positions import phrase_terms

__all__ = [
    "ALL",
    "NOTHING",
    "SLACK",
    "Clause",
    "all_of",
    "any_of",
    "at_least",
    "beginning_between",
    "constant",
    "covered",
    "days_between",
    "either",
    "none_of",
    "phrase",
    "scored",
    "term",
    "values_of",
    "words_of",
]

Clause = dict[str, Any]
"""A query of the DSL."""

ALL: Clause = {"match_all": {}}
"""Matches everything."""

NOTHING: Clause = {"match_none": {}}
"""Matches nothing."""

SLACK = 1e-6
"""Of a score, by which the cluster, which computes with four bytes where we have eight, may be wrong."""

_MAX_PAIRS = 60  # of a phrase, that are looked up before its units are compared


def phrase(parts: Sequence[str]) -> Clause:
    """Match paragraphs in which units are adjacent: by the pairs that cover them, then by their places."""
    terms = [part for part, _ in phrase_terms(parts)]
    clauses = [term(MATCH, part) for part in dict.fromkeys(terms[:_MAX_PAIRS])]
    if len(terms) > 1:
        text = " ".join(map(token, parts))
        clauses.append({"match_phrase": {"units": {"query": text, "analyzer": "blanks"}}})
    return all_of(clauses)


def term(field: str, each: str) -> Clause:
    """Match paragraphs with a term, all alike."""
    return {"term": {field: {"value": token(each)}}}


def values_of(field: str, numbers: Sequence[int]) -> Clause:
    """Match paragraphs with one of the values of these numbers."""
    return {"terms": {field: [*map(str, numbers)]}} if numbers else NOTHING


def days_between(least: int, most: int) -> Clause:
    """Match paragraphs that may be of a day in a range, given as numbers."""
    return all_of([{"range": {"end": {"gte": least}}}, {"range": {"date": {"lte": most}}}])


def beginning_between(least: int, most: int) -> Clause:
    """Match paragraphs whose first day is known to be in a range; what has no day has no such field."""
    return {"range": {"date": {"gte": least, "lte": most}}}


def words_of(synonyms: Sequence[str]) -> Clause:
    """Match paragraphs in which, or in whose headings, one of some folded texts occurs."""
    return any_of(clause for text in synonyms for clause in (phrase(units(text)), term(HEADING, text)))


def covered(coverage: Coverage) -> Clause:
    """Score paragraphs by the summed weights of the words that they have."""
    return either(
        constant(words_of(synonyms), idf) for synonyms, idf in zip(coverage.words, coverage.idfs, strict=True)
    )


def all_of(clauses: Iterable[Clause]) -> Clause:
    """Match what all clauses match, without a score."""
    parts = [clause for clause in clauses if clause != ALL]
    return parts[0] if len(parts) == 1 else {"bool": {"filter": parts}} if parts else ALL


def any_of(clauses: Iterable[Clause]) -> Clause:
    """Match what one of the clauses matches."""
    parts = [clause for clause in clauses if clause != NOTHING]
    if not parts:
        return NOTHING
    return parts[0] if len(parts) == 1 else {"bool": {"should": parts, "minimum_should_match": 1}}


def none_of(clauses: Iterable[Clause]) -> Clause:
    """Match what none of the clauses matches."""
    return {"bool": {"must_not": [*clauses]}}


def either(clauses: Iterable[Clause]) -> Clause:
    """Match what one of the clauses matches, scored by the sum of those that do."""
    parts = [*clauses]
    return {"bool": {"should": parts, "minimum_should_match": 1}} if parts else NOTHING


def constant(clause: Clause, score: float) -> Clause:
    """Match what a clause matches, all with one score."""
    return {"constant_score": {"filter": clause, "boost": score}}


def scored(field: str, each: str, weight: float) -> Clause:
    """Score paragraphs by a term, times its weight."""
    return {"term": {field: {"value": token(each), "boost": weight}}}


def at_least(scored: Clause, minimum: float) -> Clause:
    """Match what scores so much."""
    return {"function_score": {"query": scored, "min_score": minimum * (1 - SLACK)}}
