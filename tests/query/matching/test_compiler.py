"""Compiler: a matcher for each kind of syntax tree."""

from __future__ import annotations

import pytest

from query import Index, QueryError
from query.language.parser import parse
from query.matching.compiler import Compiler
from query.matching.matchers import (
    AndMatcher,
    BoostSpeaker,
    FilterMatcher,
    Matcher,
    NearMatcher,
    NotMatcher,
    OrMatcher,
    TextMatcher,
    WildcardMatcher,
)


def compiled(index: Index, query: str) -> Matcher:
    return Compiler(query, index.searcher).compile(parse(query))


def test_operators_become_matchers_of_their_parts(small: Index) -> None:
    one, other = TextMatcher("甲"), TextMatcher("乙")
    assert compiled(small, "甲 乙") == AndMatcher((one, other))
    assert compiled(small, "甲 OR -乙") == OrMatcher((one, NotMatcher(other)))
    assert compiled(small, "甲 NEAR/3 乙") == NearMatcher((one,), (other,), 3)


def test_a_word_with_wildcards_a_field_and_a_name_become_their_matchers(small: Index) -> None:
    assert isinstance(compiled(small, "甲?乙"), WildcardMatcher)
    assert isinstance(compiled(small, "topic:甲"), FilterMatcher)
    boosted = compiled(small, "赵某兰")
    assert isinstance(boosted, BoostSpeaker)
    assert boosted.matcher == TextMatcher("赵某兰")


def test_words_of_a_text_score_only_where_there_is_a_segmenter(small: Index) -> None:
    ranked = Compiler("科学技术", small.searcher, small.segmenter).compile(parse("科学技术"))
    assert ranked == TextMatcher("科学技术", ("科学", "技术", "科学技术"))
    assert compiled(small, "科学技术") == TextMatcher("科学技术")


def test_who_says_it_comes_before_who_is_only_named(small: Index) -> None:
    hits = small.search("赵某兰 OR 低空经济").hits
    assert [name.name for hit in hits for name in hit.speakers] == ["赵某兰"]


def test_a_field_that_cannot_be_understood_is_shown_in_the_query(page: Index) -> None:
    with pytest.raises(QueryError, match="cannot be read") as caught:
        page.search("低空 date:某日")
    assert caught.value.position == 3
