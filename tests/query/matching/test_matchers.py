"""Matchers: operators find what a plain scan of the folded texts finds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.text.folding import fold
from query import Index
from query.matching.matchers import (
    AndMatcher,
    MatchAll,
    Matcher,
    NearMatcher,
    NotMatcher,
    OrMatcher,
    TextMatcher,
)
from tests.query.conftest import lines_found


def scan(index: Index, wanted: Callable[[str], bool]) -> set[int]:
    """Collect the first lines of the paragraphs whose folded text is as wanted."""
    return {p.lines[0] for p in index.paragraphs() if wanted(fold(p.text))}


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("低空经济 OR 教育", lambda text: "低空经济" in text or "教育" in text),
        ("经济 -低空", lambda text: "经济" in text and "低空" not in text),
        (
            "经济 NOT (低空 OR 发展)",
            lambda text: "经济" in text and "低空" not in text and "发展" not in text,
        ),
        ("（低空｜教育）人才", lambda text: ("低空" in text or "教育" in text) and "人才" in text),
        ("-的", lambda text: "的" not in text),
        ("委员 -委员", lambda text: "委员" in text and "委员" not in text),
        ("NOT NOT 低空经济", lambda text: "低空经济" in text),
    ],
)
def test_operators_find_what_a_plain_scan_finds(
    page: Index, query: str, wanted: Callable[[str], bool]
) -> None:
    assert set(lines_found(page, query)) == scan(page, wanted)


def test_what_a_field_excludes_is_not_found(page: Index) -> None:
    rest = lines_found(page, "低空经济 -speaker:张艳丽")
    assert set(rest) == set(lines_found(page, "低空经济")) - set(
        lines_found(page, "低空经济", speaker="张艳丽")
    )


def docs(index: Index, matcher: Matcher) -> list[int]:
    (scorer,) = index.searcher.scorers()
    return matcher.match(scorer).docs.tolist()  # type: ignore[no-any-return]


def test_nothing_to_match_is_everything_for_and_and_nothing_for_or(small: Index) -> None:
    assert docs(small, AndMatcher(())) == docs(small, MatchAll()) == [0, 1, 2, 3]
    assert docs(small, OrMatcher(())) == docs(small, NotMatcher(MatchAll())) == []


def test_near_counts_the_units_between_two_texts_in_either_order(small: Index) -> None:
    needs, talent, education = TextMatcher("需要"), TextMatcher("人才"), TextMatcher("教育")
    assert docs(small, NearMatcher((needs,), (talent,), 0)) == [0]
    assert docs(small, NearMatcher((education,), (talent,), 3)) == []  # 人才要培养，教育
    assert docs(small, NearMatcher((education,), (talent,), 4)) == [1]
    assert docs(small, NearMatcher((needs, education), (talent,), 4)) == [0, 1]
