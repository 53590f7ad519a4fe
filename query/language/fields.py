"""The fields of a question: what a user types or gives, and the fields of the index that it looks into.

A filter stands once in `FILTERS`, and once more in `Filters`, which is there for type checkers. The
options of the commands with their help and completion, the names inside a query, the labels of
facets and the reasons of learned words all come from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict

__all__ = [
    "DATE",
    "FIELDS",
    "FIELD_NAMES",
    "FILTERS",
    "LABELS",
    "PINYIN",
    "SUMMARISED",
    "FilterField",
    "Filters",
    "check_names",
]

Texts = str | Sequence[str] | None


class Filters(TypedDict, total=False):
    """The filters of a search: a text, or several of which one is enough.

    `date` is a day, a month, a year, or a range FROM..TO open at either end.
    """

    speaker: Texts
    role: Texts
    how: Texts
    org: Texts
    topic: Texts
    session: Texts
    title: Texts
    section: Texts
    date: str | None
    type: Texts
    mentions: Texts
    reporter: Texts
    source: Texts
    kind: Texts


@dataclass(frozen=True, slots=True)
class FilterField:
    """A filter: its `name` in the library, in a query and as an option, and the `field` it looks into.

    `chinese` is another name of it in a query, and what readers are shown; `help` says what it is.
    A shell completes its values where it `completes`; where it is `summarised`, those of a facet
    stand under an answer in text.
    """

    name: str
    field: str
    help: str
    chinese: str = ""
    completes: bool = False
    summarised: bool = False


DATE = FilterField("date", "date", "Day, month, year or range 日期, open at either end.", "日期")
"""The one filter that takes no text but a day or a range of days, once."""

FILTERS = (
    FilterField("speaker", "speaker", "Who says it 发言人.", "发言人", completes=True, summarised=True),
    FilterField(
        "role", "role", "Part in the session 身份: 代表, 委员 …", "身份", completes=True, summarised=True
    ),
    FilterField("how", "how", "How the speaker is known: explicit …"),
    FilterField("org", "organisation", "Organisation or position 单位.", "单位", completes=True),
    FilterField("topic", "topic", "Topic 话题.", "话题", completes=True),
    FilterField(
        "session", "session", "Session 会议, in any spelling.", "会议", completes=True, summarised=True
    ),
    FilterField("title", "title", "Headline 标题.", "标题"),
    FilterField("section", "section", "Heading inside the article 栏目.", "栏目"),
    DATE,
    FilterField("type", "document_type", "Document type: 报道, 决议 …", "文体", completes=True),
    FilterField("mentions", "mentions", "Somebody named who is silent 提到.", "提到", completes=True),
    FilterField("reporter", "reporter", "Who wrote or photographed it 记者.", "记者", completes=True),
    FilterField("source", "source", "Path of the seed 来源.", "来源"),
    FilterField("kind", "kind", "Kind of piece: body, caption, headline …"),
)
"""All filters, in the order of the options."""

FIELDS = {each.name: each.field for each in FILTERS if each is not DATE}
"""The name of each filter on values, and the field of the index that it looks into."""

LABELS = {each.field: each.chinese for each in FILTERS if each.chinese}
"""What readers are shown as the name of a field of the index."""

SUMMARISED = tuple(each.field for each in FILTERS if each.summarised)
"""The facets that stand under an answer in text."""

PINYIN = "pinyin"
"""The field of a query that no filter is: names by their sound."""

FIELD_NAMES = {
    **{each.name: each.name for each in FILTERS},
    **{each.chinese: each.name for each in FILTERS if each.chinese},
    PINYIN: PINYIN,
    "拼音": PINYIN,
}
"""How a field may be called in a query, and the filter that it is."""


def check_names(filters: Iterable[str]) -> None:
    """Raise `TypeError` for a filter that there is not."""
    names = (*FIELDS, DATE.name)
    for name in filters:
        if name not in names:
            raise TypeError(f"there is no filter {name!r}; there are {', '.join(names)}")
