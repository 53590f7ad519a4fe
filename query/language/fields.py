"""The filters of a search: their names for a user, and the fields of the index that they look into.

Each filter is defined once in `FILTERS`, and repeated in `Filters` for type checkers. The options of
the commands with their help and completion, the field names inside a query, the labels of facets and
the reasons of learned words are all derived from that table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypedDict

from msgspec import Struct

__all__ = [
    "DATE",
    "FIELD_NAMES",
    "FILTERS",
    "INDEX_FIELDS",
    "LABELS",
    "PINYIN",
    "SUMMARY_FACETS",
    "FilterField",
    "Filters",
    "check_filter_names",
]

Texts = str | Sequence[str] | None


class Filters(TypedDict, total=False):
    """Type the filters of a search: a text, or several of which one has to match.

    `date` is a day, a month, a year, or a range FROM..TO open at either end: see `indexer.text.dates`.
    """

    speaker: Texts
    role: Texts
    how: Texts
    org: Texts
    topic: Texts
    session: Texts
    mentioned_session: Texts
    mentioned_date: Texts
    title: Texts
    section: Texts
    date: Texts
    type: Texts
    mentions: Texts
    reporter: Texts
    chair: Texts
    attendee: Texts
    source: Texts
    kind: Texts


class FilterField(Struct, frozen=True):
    """Define a filter: its `name` as an argument, in a query and as an option, and its index `field`.

    `chinese` is its other name in a query and its label in output, `help` the help of its option. The
    facet of one that is `summarised` is printed under the hits.
    """

    name: str
    field: str
    help: str
    chinese: str = ""
    summarised: bool = False


DATE = FilterField(
    "date", "date", "Day, month, quarter, year or range 日期: 2025-02.., 去年, 2月26日.", "日期"
)
"""The only filter that takes a single day or range of days, not texts."""

FILTERS = (
    FilterField("speaker", "speaker", "Who says it 发言人.", "发言人", summarised=True),
    FilterField("role", "role", "Part in the session 身份: 代表, 委员 …", "身份", summarised=True),
    FilterField("how", "how", "How the speaker is known: explicit …"),
    FilterField("org", "organisation", "Organisation or position 单位.", "单位"),
    FilterField("topic", "topic", "Topic 话题.", "话题"),
    FilterField("session", "session", "Session 会议, in any spelling.", "会议", summarised=True),
    FilterField(
        "mentioned_session",
        "mentioned_session",
        "Session that the text speaks of 提及会议.",
        "提及会议",
    ),
    FilterField("mentioned_date", "mentioned_date", "Day that the text speaks of 提及日期.", "提及日期"),
    FilterField("title", "title", "Headline 标题.", "标题"),
    FilterField("section", "section", "Heading inside the article 栏目.", "栏目"),
    DATE,
    FilterField("type", "document_type", "Document type: 报道, 决议 …", "文体"),
    FilterField("mentions", "mentions", "Somebody named who is silent 提到.", "提到"),
    FilterField("reporter", "reporter", "Who wrote or photographed it 记者.", "记者"),
    FilterField("chair", "chair", "Who presides over the meeting 主持.", "主持"),
    FilterField("attendee", "attendee", "Who takes part, as the text says 出席.", "出席"),
    FilterField("source", "source", "Path of the seed 来源.", "来源"),
    FilterField("kind", "kind", "Kind of piece: body, caption, headline …"),
)
"""All filters, in the order of the options."""

INDEX_FIELDS = {each.name: each.field for each in FILTERS if each is not DATE}
"""Filter names to fields of the index, without `date`, which is no field of values."""

LABELS = {each.field: each.chinese for each in FILTERS if each.chinese} | {"lead": "领起", "year": "年份"}
"""Fields of the index to the Chinese labels that output shows."""

SUMMARY_FACETS = (*(each.field for each in FILTERS if each.summarised), "year")
"""Fields of the index whose facets are printed under the hits."""

PINYIN = "pinyin"
"""The field of a query that is no filter: names given by their pinyin."""

FIELD_NAMES = {
    **{each.name: each.name for each in FILTERS},
    **{each.chinese: each.name for each in FILTERS if each.chinese},
    PINYIN: PINYIN,
    "拼音": PINYIN,
}
"""Field names that a query may use, folded, to filter names or `PINYIN`."""


def check_filter_names(filters: Iterable[str]) -> None:
    """Raise `TypeError` for a name that no filter has."""
    names = (*INDEX_FIELDS, DATE.name)
    for name in filters:
        if name not in names:
            raise TypeError(f"there is no filter {name!r}; there are {', '.join(names)}")
