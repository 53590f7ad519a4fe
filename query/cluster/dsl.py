"""What a query means, said in OpenSearch's query DSL: matchers and filters as clauses.

`Clauses.filter` says which paragraphs match, `Clauses.score` also how well: each term scores by its
similarity (`indexer.cluster.mapping`) times its boost, which is our idf, so that the sum of the clauses is
the score that `query.matching.matchers` computes on arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any, Protocol

from msgspec import Struct

from indexer.cluster.tokens import token
from indexer.errors import LianghuiError
from indexer.segments.schema import HEADING, MATCH, WORDS
from indexer.text.folding import units
from query.cluster.intervals import near, numeral, pattern_source, plain_glob, spelled_out, text_source
from query.matching.coverage import BONUS, Coverage, MinimumCoverage
from query.matching.filters import (
    AllOf,
    AnyOf,
    Filter,
    HasValue,
    HeadedBy,
    OfDays,
    ValueFilter,
    years_between,
)
from query.matching.known import KNOWN_FIELDS, KnownMatcher
from query.matching.matchers import (
    AndMatcher,
    BoostSpeaker,
    FilterMatcher,
    MatchAll,
    Matcher,
    NearMatcher,
    NotMatcher,
    NumeralMatcher,
    OrMatcher,
    SpelledOutMatcher,
    TextMatcher,
    UnscoredMatcher,
    WildcardMatcher,
)
from query.matching.positions import phrase_terms

__all__ = [
    "SLACK",
    "Clause",
    "Clauses",
    "Weights",
    "all_of",
    "any_of",
    "at_least",
    "covered",
    "none_of",
    "term",
    "words_of",
]

Clause = dict[str, Any]
"""A query of the DSL."""

_ALL: Clause = {"match_all": {}}
_NOTHING: Clause = {"match_none": {}}
_MAX_PAIRS = 60  # of a phrase, that are looked up before its units are compared
_MAX_TERMS = 900  # of one query: the cluster allows 1,024 clauses
_MAX_VALUES = 65_000  # of one filter: the cluster allows 65,536
SLACK = 1e-6
"""Of a score, by which the cluster, which computes with four bytes where we have eight, may be wrong."""

# An interval query scores f / (f + 1), where f is the number of occurrences.
_OCCURRENCES = (
    "double f = Math.min(255, Math.rint(_score / (1 - _score)));"
    " double length = Math.max(1.0, Math.rint((Math.pow(1.033, doc['norm'].value) - 1) * 27));"
    " return f * 2.2 / (f + 1.2 * (0.25 + 0.75 * length / params.average));"
)


class Weights(Protocol):
    """What is counted over all live paragraphs; asked for what is not known yet, it notes that."""

    def idf(self, field: str, term: str) -> float:
        """Return the idf of a term."""
        ...

    def steep_idf(self, field: str, term: str) -> float:
        """Return the steep idf of a term."""
        ...

    def idf_passing(self, passes: Filter) -> float:
        """Return the idf of what passes a filter."""
        ...

    def average_length(self, field: str) -> float:
        """Return the average length of a field."""
        ...


class Clauses(Struct, frozen=True):
    """Writes matchers as clauses; `years` are those of the first and last day in the index."""

    weights: Weights
    days: tuple[int, int]

    def filter(self, matcher: Matcher) -> Clause:
        """Say which paragraphs a matcher matches, without a score."""
        match matcher:
            case TextMatcher():
                return phrase(units(matcher.folded))
            case WildcardMatcher():
                return plain_glob(matcher.pattern) or _intervals(pattern_source(matcher.pattern))
            case NumeralMatcher():
                return _intervals(numeral(matcher.folded, matcher.before, matcher.behind))
            case SpelledOutMatcher():
                return _intervals(spelled_out(matcher.pattern, matcher.within))
            case NearMatcher():
                return any_of(
                    self._near(left, right, matcher.within)
                    for left, right in product(matcher.left, matcher.right)
                )
            case BoostSpeaker() | UnscoredMatcher():
                return self.filter(matcher.matcher)
            case AndMatcher():
                return all_of(map(self.filter, matcher.matchers))
            case OrMatcher():
                return any_of(map(self.filter, matcher.matchers))
            case NotMatcher():
                return none_of([self.filter(matcher.matcher)])
            case MatchAll():
                return _ALL
        return self._filter_of_known(matcher)

    def _filter_of_known(self, matcher: Matcher) -> Clause:
        match matcher:
            case FilterMatcher():
                return self.passes(matcher.passes)
            case KnownMatcher():
                return any_of(map(self.passes, matcher.filters.values()))
            case MinimumCoverage():
                if not matcher.minimum:
                    return any_of(map(words_of, matcher.coverage.words))
                return at_least(covered(matcher.coverage), matcher.minimum)
        raise LianghuiError(f"an index in a cluster cannot look for {type(matcher).__name__}")

    def _near(
        self, left: TextMatcher | WildcardMatcher, right: TextMatcher | WildcardMatcher, within: int
    ) -> Clause:
        if left == right:  # a text is near itself
            return self.filter(left)
        both = near(_source(left), _source(right), within)
        return all_of([self.filter(left), self.filter(right), _intervals(both)])

    def score(self, matcher: Matcher) -> Clause:
        """Say which paragraphs a matcher matches, and how well."""
        match matcher:
            case TextMatcher():
                return self._score_text(matcher)
            case WildcardMatcher() | NumeralMatcher() | SpelledOutMatcher():
                return self._score_occurrences(matcher)
            case NearMatcher():
                sides = AndMatcher((OrMatcher(matcher.left), OrMatcher(matcher.right)))
                return {"bool": {"must": [self.score(sides)], "filter": [self.filter(matcher)]}}
            case BoostSpeaker():
                boost = _constant(self.passes(matcher.speakers), matcher.boost)
                return {"bool": {"must": [self.score(matcher.matcher)], "should": [boost]}}
            case AndMatcher() if matcher.matchers:
                return {"bool": {"must": [*map(self.score, matcher.matchers)]}}
            case OrMatcher() if matcher.matchers:
                return _either(map(self.score, matcher.matchers))
            case KnownMatcher() if matcher.filters:
                return _either(
                    _constant(self.passes(each), KNOWN_FIELDS.get(name, 1.0) * self.weights.idf_passing(each))
                    for name, each in matcher.filters.items()
                )
            case MinimumCoverage():
                return self._score_coverage(matcher)
        return _constant(self.filter(matcher), 0.0)

    def passes(self, passes: Filter) -> Clause:
        """Say which paragraphs pass a filter."""
        match passes:
            case AllOf():
                return all_of(map(self.passes, passes.filters))
            case AnyOf():
                return any_of(map(self.passes, passes.filters))
            case ValueFilter():
                return _values(passes)
            case HasValue():
                return {"exists": {"field": passes.field}}
            case HeadedBy():
                return term(HEADING, passes.word)
            case OfDays():
                years: Iterable[int | None] = [None]
                if passes.dates.is_of_every_year:
                    years = years_between(*self.days)
                return any_of(_within(*passes.dates.numbers(year)) for year in years)
        raise LianghuiError(f"an index in a cluster cannot filter by {type(passes).__name__}")

    def _score_text(self, matcher: TextMatcher) -> Clause:
        pairs = dict.fromkeys(part for part, _ in phrase_terms(units(matcher.folded)))
        words = dict.fromkeys((*matcher.words, matcher.folded))
        terms = [*product((MATCH,), pairs), *product((WORDS, HEADING), words)]
        scored = (_scored(field, each, self.weights.idf(field, each)) for field, each in terms[:_MAX_TERMS])
        return {"bool": {"filter": [self.filter(matcher)], "should": [*scored]}}

    def _score_occurrences(self, matcher: WildcardMatcher | NumeralMatcher | SpelledOutMatcher) -> Clause:
        match matcher:
            case WildcardMatcher():
                source = pattern_source(matcher.pattern)
            case NumeralMatcher():
                source = numeral(matcher.folded, matcher.before, matcher.behind)
            case SpelledOutMatcher():
                source = spelled_out(matcher.pattern, matcher.within)
        params = {"average": self.weights.average_length(MATCH)}
        script = {"source": _OCCURRENCES, "params": params}
        return {"script_score": {"query": _intervals(source), "script": script}}

    def _score_coverage(self, matcher: MinimumCoverage) -> Clause:
        weighed = [
            (field, each, weight * self.weights.steep_idf(field, each))
            for (field, each), weight in matcher.terms.items()
        ]
        heaviest = sorted(weighed, key=lambda item: -item[2])[:_MAX_TERMS]
        scored = _either(_scored(*item) for item in heaviest)
        has_all = all_of(map(words_of, matcher.coverage.words))
        more = {"filter": has_all, "weight": 1 + BONUS}
        bonus = {"function_score": {"query": scored, "functions": [more], "boost_mode": "multiply"}}
        return {"bool": {"filter": [self.filter(matcher)], "should": [bonus]}}


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


def words_of(synonyms: Sequence[str]) -> Clause:
    """Match paragraphs in which, or in whose headings, one of some folded texts occurs."""
    return any_of(clause for text in synonyms for clause in (phrase(units(text)), term(HEADING, text)))


def covered(coverage: Coverage) -> Clause:
    """Score paragraphs by the summed weights of the words that they have."""
    return _either(
        _constant(words_of(synonyms), idf)
        for synonyms, idf in zip(coverage.words, coverage.idfs, strict=True)
    )


def all_of(clauses: Iterable[Clause]) -> Clause:
    """Match what all clauses match, without a score."""
    parts = [clause for clause in clauses if clause != _ALL]
    return parts[0] if len(parts) == 1 else {"bool": {"filter": parts}} if parts else _ALL


def any_of(clauses: Iterable[Clause]) -> Clause:
    """Match what one of the clauses matches."""
    parts = [clause for clause in clauses if clause != _NOTHING]
    if not parts:
        return _NOTHING
    return parts[0] if len(parts) == 1 else {"bool": {"should": parts, "minimum_should_match": 1}}


def none_of(clauses: Iterable[Clause]) -> Clause:
    """Match what none of the clauses matches."""
    return {"bool": {"must_not": [*clauses]}}


def _either(scored: Iterable[Clause]) -> Clause:
    return {"bool": {"should": [*scored], "minimum_should_match": 1}}


def _constant(clause: Clause, score: float) -> Clause:
    return {"constant_score": {"filter": clause, "boost": score}}


def _scored(field: str, each: str, weight: float) -> Clause:
    return {"term": {field: {"value": token(each), "boost": weight}}}


def at_least(scored: Clause, minimum: float) -> Clause:
    """Match what scores so much."""
    return {"function_score": {"query": scored, "min_score": minimum * (1 - SLACK)}}


def _within(least: int, most: int) -> Clause:
    return all_of([{"range": {"end": {"gte": least}}}, {"range": {"date": {"lte": most}}}])


def _values(passes: ValueFilter) -> Clause:
    numbers = passes.wanted.nonzero()[0].tolist()
    if len(numbers) > _MAX_VALUES:
        raise LianghuiError(
            f"{len(numbers)} values of {passes.field} hold the text of a filter, and a cluster compares "
            f"{_MAX_VALUES}; give a longer text"
        )
    return {"terms": {passes.field: [*map(str, numbers)]}} if numbers else _NOTHING


def _intervals(source: Mapping[str, Any]) -> Clause:
    return {"intervals": {"units": source}}


def _source(matcher: TextMatcher | WildcardMatcher) -> Mapping[str, Any]:
    if isinstance(matcher, TextMatcher):
        return text_source(units(matcher.folded))
    return pattern_source(matcher.pattern)
