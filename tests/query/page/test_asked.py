"""Addresses: what they ask for, and that they ask for it again."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import LianghuiError
from query.page.asked import Asked, path_of

TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
ASKED = st.builds(
    Asked,
    query=st.just("") | TEXT,
    filters=st.dictionaries(
        st.sampled_from(["speaker", "topic", "date", "kind"]),
        st.lists(TEXT, min_size=1, max_size=3, unique=True).map(tuple),
    ),
    sort=st.sampled_from(["", "date", "source"]),
    page=st.integers(1, 1_000_000),
    limit=st.integers(0, 100),
    contains=st.just("") | TEXT,
    collapse=st.booleans(),
    strict=st.booleans(),
    by=st.sampled_from(["", "month", "year"]),
    share=st.booleans(),
    language=st.sampled_from(["", "zh", "en"]),
)


@given(ASKED)
def test_an_address_asks_for_what_it_was_made_of(asked: Asked) -> None:
    url = urlsplit(asked.url("/topics"))
    assert url.path == "/topics"
    assert Asked.read(parse_qsl(url.query, keep_blank_values=True), most=100) == asked


def test_what_is_the_default_stands_in_no_address() -> None:
    assert Asked().url() == "/"
    assert Asked().is_empty
    assert Asked.read([("q", ""), ("utm", "x")], most=10) == Asked()


def test_a_filter_is_set_whole_and_taken_away() -> None:
    asked = Asked(query="教育", filters={"speaker": ("赵",), "topic": ("甲", "乙")}, page=3)
    narrowed = asked.with_filter("speaker", "赵某")
    assert (narrowed.filters["speaker"], narrowed.page) == (("=赵某",), 1)
    assert asked.without_filter("topic", "甲").filters["topic"] == ("乙",)
    assert asked.without_filter("topic").filters == {"speaker": ("赵",)}
    assert asked.arguments() == {"strict": False, "speaker": ["赵"], "topic": ["甲", "乙"]}


@pytest.mark.parametrize(
    ("pair", "message"),
    [
        (("page", "0"), "page is a number from 1 to 1000000; write page=1"),
        (("page", "１"), "page is a number"),
        (("limit", "101"), "limit is a number from 1 to 100"),
        (("sort", "best"), "there is no sort 'best'; there are score, date"),
        (("by", "day"), "there is no by 'day'; there are month, year"),
        (("collapse", "yes"), "there is no collapse 'yes'; there are 1"),
        (("lang", "fr"), "there is no lang 'fr'"),
    ],
)
def test_what_cannot_be_understood_is_an_error(pair: tuple[str, str], message: str) -> None:
    with pytest.raises(LianghuiError, match=message):
        Asked.read([pair], most=100)


def test_a_name_in_a_path_is_one_part_of_it() -> None:
    assert path_of("speaker", "a/b?c#d%e") == "/speaker/a%2Fb%3Fc%23d%25e"
