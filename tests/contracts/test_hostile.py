"""Whatever is typed is answered or an error with a position, and never an endless wait."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from query import Index
from query.language.parser import QueryError
from tests.conftest import Counts, load

QUERIES = 10_000
PARTS = 4
LONGEST = 30.0  # seconds of computing; far more than any takes, far less than what grows without bound

_PARTS = (
    *'*?＊？()（）|｜-－"＂“”「」『』:：/\\ \t\n\0\u3000\u200b\u202e\ue000\uf8ff\U000f0000\ud800',
    *(
        "AND",
        "OR",
        "NOT",
        "NEAR",
        "NEAR/5",
        "ＮＥＡＲ／３",
        "NEAR/99999",
        "NEAR/",
        "speaker:",
        "发言人：",
        "日期：",
        "date:",
    ),
    *(
        "2025-02..",
        "pinyin:",
        "拼音：zhang",
        "会议：",
        "低空经济",
        "人才",
        "的",
        "a",
        "AI",
        "1",
        "２０２５",
        "张艳丽",
        "范照森",
    ),
    *(
        "市政协十四届四次会议",
        "zhangyanli",
        "谁说了什么？",
        "㎡",
        "ﬃ",
        "e\u0301",
        "🎉",
        "會議",
        "“",
        "((((",
        "))))",
        "-(",
        "-" * 9,
    ),
)


def hostile(draw: random.Random) -> str:
    """Make a query that nobody would type: nested, repeated, cut off, mixed."""
    part = str(draw.choice(_PARTS))
    size = int(10 ** draw.uniform(0, 3.5))
    some = [str(each) for each in draw.choices(_PARTS, k=min(size, 300))]
    any_characters = (
        chr(draw.choice((draw.randrange(0x110000), draw.randrange(0x4E00, 0x9FFF)))) for _ in some
    )
    shapes = (
        part * size,
        " ".join([part] * size),
        "(" * size + part + ")" * draw.choice((size, size - 1, 0)),
        draw.choice((" OR ", " NEAR ", "|", " NOT ", "*", "?")).join(some),
        "".join(any_characters),
        "的*" * min(size, 9) + draw.choice(("是", "?", "*", "")),
        "".join(some),
        " ".join(some),
    )
    return str(draw.choice(shapes))


def seconds_to_answer(page: Index, query: str) -> float:
    """Ask a query; return the seconds that this process computed, whatever else the machine does."""
    started = time.process_time()
    try:
        position = min(page.search(query).total, 0)
    except QueryError as error:
        position = error.position
    assert 0 <= position <= len(query)
    return time.process_time() - started


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.usefixtures("part")
def test_hostile_queries_are_answered_in_bounded_time(
    page: Index, draw: random.Random, counts: Counts
) -> None:
    for _ in range(load(QUERIES // PARTS)):
        query = hostile(draw)
        assert seconds_to_answer(page, query) <= LONGEST, query[:200]
        counts["hostile queries"] += 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_any_text_is_answered_or_an_error_with_a_position(page: Index, query: str) -> None:
    assert seconds_to_answer(page, query) <= LONGEST
