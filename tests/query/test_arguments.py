"""Arguments of a search that are out of range, unknown or of another type are refused with a sentence."""

from __future__ import annotations

import re
from typing import Any

import pytest

from indexer import LianghuiError
from query import Index, QueryError


def test_a_field_or_filter_that_is_not_there_is_an_error(page: Index) -> None:
    with pytest.raises(LianghuiError, match="no facet 'speeker'"):
        page.values("speeker")
    with pytest.raises(TypeError, match="no filter 'speeker'"):
        page.search("人才", speeker="张艳丽")  # type: ignore[call-arg]


def test_numbers_out_of_range_are_an_error(page: Index) -> None:
    with pytest.raises(LianghuiError):
        page.search("人才", limit=-1)
    with pytest.raises(LianghuiError):
        page.search("人才", page=0)


def test_an_order_that_there_is_not_is_an_error(page: Index) -> None:
    with pytest.raises(LianghuiError, match="no order 'foo'; there are score, date, oldest, source"):
        page.search("人才", sort="foo")  # type: ignore[arg-type]
    with pytest.raises(LianghuiError, match=r"no order \[\]"):
        page.search("人才", sort=[])  # type: ignore[arg-type]


@pytest.mark.parametrize("query", [None, 5, b"", ["人才"]])
def test_a_query_that_is_no_text_is_a_fault_of_the_program_that_asks(page: Index, query: Any) -> None:
    message = re.escape(f"a query is a str and not {query!r}")
    for ask in (page.search, page.ids, lambda query: page.values("speaker", query)):
        with pytest.raises(TypeError, match=message):
            ask(query)
    with pytest.raises(TypeError, match=message):
        page.search(query, speaker="张艳丽")


@pytest.mark.parametrize("number", ["5", 2.5])
def test_a_page_that_is_no_number_is_a_fault_of_the_program_that_asks(page: Index, number: Any) -> None:
    with pytest.raises(TypeError, match=f"limit is a whole number and not {number!r}"):
        page.search("人才", limit=number)
    with pytest.raises(TypeError, match=f"page is a whole number and not {number!r}"):
        page.search("人才", page=number)


def test_an_empty_query_needs_a_filter(page: Index) -> None:
    with pytest.raises(QueryError, match="empty"):
        page.search("")


def test_without_a_limit_all_hits_are_there(page: Index) -> None:
    assert len(page.search("发展", limit=None)) == page.search("发展").total > 10


@pytest.mark.parametrize("texts", [5, [None], ["张艳丽", 5], b"x", {"a"}])
def test_a_filter_that_is_no_text_is_a_fault_of_the_program_that_asks(page: Index, texts: Any) -> None:
    with pytest.raises(TypeError, match="speaker is a text or a list of texts and not"):
        page.search("人才", speaker=texts)
    with pytest.raises(TypeError, match="date is a text or a list of texts and not"):
        page.values("speaker", date=texts)


def test_an_id_that_is_no_text_is_a_fault_of_the_program_that_asks(page: Index) -> None:
    asked: Any = 12345
    for ask in (page.paragraph, page.locate, page.article, page.first, page.lexicon):
        with pytest.raises(TypeError, match="is a text and not 12345"):
            ask(asked)
    asked = "1"
    with pytest.raises(TypeError, match="context is a whole number"):
        page.around("041303d71152", asked)
    with pytest.raises(LianghuiError, match="context counts from 0"):
        page.around("041303d71152", -1)


def test_a_facet_may_be_called_as_its_filter(page: Index) -> None:
    assert page.values("type") == page.values("document_type")
