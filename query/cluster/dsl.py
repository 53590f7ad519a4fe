"""What a query means, said in OpenSearch's query DSL: matchers and filters as clauses.

`Clauses.filter` says which paragraphs match, `Clauses.score` also how well: each term scores by its
similarity (`indexer.cluster.mapping`) times its boost, which is our idf, so that the sum of the clauses is
the score that `query.matching.matchers` computes on arrays. What is added there is added to both tables here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import product
from typing import Any, Protocol

from msgspec import Struct

from indexer.errors import LianghuiError
from indexer.segments.schema import HEADING, MATCH, WORDS
from indexer.text.folding import units
from query.cluster.clauses import (
    ALL,
    Clause,
    all_of,
    any_of,
    at_least,
    beginning_between,
    constant,
    covered,
    days_between,
    either,
    none_of,
    phrase,
    scored,
    term,
    values_of,
    words_of,
)
from query.cluster.intervals import (
    Source,
    near,
    numeral,
    pattern_source,
    plain_glob,
    spelled_out,
    text_source,
)
from query.matching.coverage import BONUS, MinimumCoverage
from query.matching.filters import (
    AllOf,
    AnyOf,
    BeginningIn,
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

__all__ = ["Clauses", "Weights"]

_MAX_TERMS = 900  # of one query: the cluster allows 1,024 clauses
_MAX_VALUES = 65_000  # of one filter: the cluster allows 65,536

# An interval query scores f / (f + 1), where f is the number of occurrences.
_OCCURRENCES = (
    "double f = Math.min(255, Math.rint(_score / (1 - _score)));"
    " double length = Math.max(1.0, Math.rint((Math.pow(1.033, doc['norm'].value) - 1) * 27));"
    " return f * 2.2 / (f + 1.2 * (0.25 + 0.75 * length / params.average));"
)

Pattern = WildcardMatcher | NumeralMatcher | SpelledOutMatcher


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
    """Writes matchers as clauses; `days` are the first and the last day in the index, as numbers."""

    weights: Weights
    days: tuple[int, int]

    def filter(self, matcher: Matcher) -> Clause:
        """Say which paragraphs a matcher matches, without a score."""
        return _known(_MATCHED, matcher)(self, matcher)

    def score(self, matcher: Matcher) -> Clause:
        """Say which paragraphs a matcher matches, and how well."""
        write = _SCORED.get(type(matcher))
        return write(self, matcher) if write else constant(self.filter(matcher), 0.0)

    def passes(self, passes: Filter) -> Clause:
        """Say which paragraphs pass a filter."""
        return _known(_PASSED, passes)(self, passes)

    def all_filters(self, matcher: AndMatcher) -> Clause:
        """Match what all parts match."""
        return all_of(map(self.filter, matcher.matchers))

    def any_filter(self, matcher: OrMatcher) -> Clause:
        """Match what one of the parts matches."""
        return any_of(map(self.filter, matcher.matchers))

    def near(self, matcher: NearMatcher) -> Clause:
        """Match one of either side near one of the other."""
        return any_of(
            self.filter(left) if left == right else _near(left, right, matcher.within)
            for left, right in product(matcher.left, matcher.right)
        )

    def known(self, matcher: KnownMatcher) -> Clause:
        """Match what passes one of the filters."""
        return any_of(map(self.passes, matcher.filters.values()))

    def covered(self, matcher: MinimumCoverage) -> Clause:
        """Match what has enough of the words."""
        if not matcher.minimum:
            return any_of(map(words_of, matcher.coverage.words))
        return at_least(covered(matcher.coverage), matcher.minimum)

    def days_of(self, passes: OfDays) -> Clause:
        """Match what is of some days, or may be."""
        years: Iterable[int | None] = [None]
        if passes.dates.is_of_every_year:
            years = years_between(*self.days)
        return any_of(days_between(*passes.dates.numbers(year)) for year in years)

    def score_text(self, matcher: TextMatcher) -> Clause:
        """Score a text by the pairs that cover it, and by its words in text and headings."""
        pairs = dict.fromkeys(part for part, _ in phrase_terms(units(matcher.folded)))
        words = dict.fromkeys((*matcher.words, matcher.folded))
        terms = [*product((MATCH,), pairs), *product((WORDS, HEADING), words)][:_MAX_TERMS]
        parts = [scored(field, each, self.weights.idf(field, each)) for field, each in terms]
        return {"bool": {"filter": [self.filter(matcher)], "should": parts}}

    def score_occurrences(self, matcher: Pattern) -> Clause:
        """Score a pattern by how often it occurs."""
        params = {"average": self.weights.average_length(MATCH)}
        script = {"source": _OCCURRENCES, "params": params}
        return {"script_score": {"query": _intervals(_pattern(matcher)), "script": script}}

    def score_near(self, matcher: NearMatcher) -> Clause:
        """Add the scores of both sides."""
        sides = AndMatcher((OrMatcher(matcher.left), OrMatcher(matcher.right)))
        return {"bool": {"must": [self.score(sides)], "filter": [self.filter(matcher)]}}

    def score_boosted(self, matcher: BoostSpeaker) -> Clause:
        """Add the boost of some speakers."""
        boost = constant(self.passes(matcher.speakers), matcher.boost)
        return {"bool": {"must": [self.score(matcher.matcher)], "should": [boost]}}

    def score_all(self, matcher: AndMatcher) -> Clause:
        """Add the scores of all parts."""
        if not matcher.matchers:
            return constant(ALL, 0.0)
        return {"bool": {"must": [*map(self.score, matcher.matchers)]}}

    def score_any(self, matcher: OrMatcher) -> Clause:
        """Add the scores of the parts that match."""
        return either(map(self.score, matcher.matchers))

    def score_known(self, matcher: KnownMatcher) -> Clause:
        """Add up how rare each field is that holds the text."""
        return either(
            constant(self.passes(each), KNOWN_FIELDS.get(name, 1.0) * self.weights.idf_passing(each))
            for name, each in matcher.filters.items()
        )

    def score_coverage(self, matcher: MinimumCoverage) -> Clause:
        """Add the scores of the terms, and a bonus for all of the words."""
        weighed = [
            (field, each, weight * self.weights.steep_idf(field, each))
            for (field, each), weight in matcher.terms.items()
        ]
        heaviest = sorted(weighed, key=lambda item: -item[2])[:_MAX_TERMS]
        has_all = all_of(map(words_of, matcher.coverage.words))
        more = {"filter": has_all, "weight": 1 + BONUS}
        terms = either(scored(*item) for item in heaviest)
        bonus = {"function_score": {"query": terms, "functions": [more], "boost_mode": "multiply"}}
        return {"bool": {"filter": [self.filter(matcher)], "should": [bonus]}}


_Writer = Callable[[Clauses, Any], Clause]

_MATCHED: dict[type, _Writer] = {
    MatchAll: lambda _, __: ALL,
    TextMatcher: lambda _, text: phrase(units(text.folded)),
    WildcardMatcher: lambda _, glob: plain_glob(glob.pattern) or _intervals(_pattern(glob)),
    NumeralMatcher: lambda _, number: _intervals(_pattern(number)),
    SpelledOutMatcher: lambda _, short: _intervals(_pattern(short)),
    NearMatcher: Clauses.near,
    BoostSpeaker: lambda clauses, boosted: clauses.filter(boosted.matcher),
    UnscoredMatcher: lambda clauses, unscored: clauses.filter(unscored.matcher),
    AndMatcher: Clauses.all_filters,
    OrMatcher: Clauses.any_filter,
    NotMatcher: lambda clauses, negated: none_of([clauses.filter(negated.matcher)]),
    FilterMatcher: lambda clauses, filtered: clauses.passes(filtered.passes),
    KnownMatcher: Clauses.known,
    MinimumCoverage: Clauses.covered,
}

_SCORED: dict[type, _Writer] = {
    TextMatcher: Clauses.score_text,
    WildcardMatcher: Clauses.score_occurrences,
    NumeralMatcher: Clauses.score_occurrences,
    SpelledOutMatcher: Clauses.score_occurrences,
    NearMatcher: Clauses.score_near,
    BoostSpeaker: Clauses.score_boosted,
    AndMatcher: Clauses.score_all,
    OrMatcher: Clauses.score_any,
    KnownMatcher: Clauses.score_known,
    MinimumCoverage: Clauses.score_coverage,
}

_PASSED: dict[type, _Writer] = {
    AllOf: lambda clauses, every: all_of(map(clauses.passes, every.filters)),
    AnyOf: lambda clauses, some: any_of(map(clauses.passes, some.filters)),
    ValueFilter: lambda _, values: _values(values),
    HasValue: lambda _, has: {"exists": {"field": has.field}},
    HeadedBy: lambda _, headed: term(HEADING, headed.word),
    OfDays: Clauses.days_of,
    BeginningIn: lambda _, passes: beginning_between(*passes.dates.numbers()),
}


def _known(writers: dict[type, _Writer], asked: object) -> _Writer:
    write = writers.get(type(asked))
    if write is None:
        raise LianghuiError(f"an index in a cluster cannot look for {type(asked).__name__}")
    return write


def _pattern(matcher: Pattern) -> Source:
    match matcher:
        case WildcardMatcher():
            return pattern_source(matcher.pattern)
        case NumeralMatcher():
            return numeral(matcher.folded, matcher.before, matcher.behind)
    return spelled_out(matcher.pattern, matcher.within)


def _near(left: TextMatcher | WildcardMatcher, right: TextMatcher | WildcardMatcher, within: int) -> Clause:
    return _intervals(near(_source(left), _source(right), within))


def _source(matcher: TextMatcher | WildcardMatcher) -> Source:
    if isinstance(matcher, TextMatcher):
        return text_source(units(matcher.folded))
    return pattern_source(matcher.pattern)


def _values(passes: ValueFilter) -> Clause:
    numbers = passes.wanted.nonzero()[0].tolist()
    if len(numbers) > _MAX_VALUES:
        raise LianghuiError(
            f"{len(numbers)} values of {passes.field} hold the text of a filter, and a cluster compares "
            f"{_MAX_VALUES}; give a longer text"
        )
    return values_of(passes.field, numbers)


def _intervals(source: Source) -> Clause:
    return {"intervals": {"units": source}}
