"""What a line of a page is by itself: its shape, and the names, leads and titles that it is read for."""

from __future__ import annotations

import re
from typing import Literal

from indexer.analysis.segmenter import Segmenter
from indexer.extraction.names import is_name_list, listed_people, split_names
from indexer.extraction.word_lists import COLUMN_NOUNS, OFFICIAL_DOCUMENTS, any_of
from indexer.models import Kind
from indexer.text.folding import fold_in_place

__all__ = [
    "SIGNATURES",
    "Shape",
    "is_news_lead",
    "is_official_title",
    "is_record_title",
    "line_shape",
    "official_type",
    "signed_names",
]

Shape = Kind | Literal["heading"]
"""The shape of a line: a kind, or a heading, whose kind the lines around it show."""

SIGNATURES: tuple[Kind, ...] = ("byline", "credit")
"""The kinds that say who wrote or photographed an article."""

_HEADING_LENGTH = 60  # characters; the title of a resolution, with the full name of its session
_COMMA_HEADING_LENGTH = 30  # a heading with commas in it is shorter
_LABEL_LENGTH = 8
_SHORT_TITLE_LENGTH = 12  # 政府工作报告, with blanks between the characters
_MIN_ATTENDEES = 3  # names that make a list of attendance

_DATE = r"\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}\s*日?"
_PATTERNS: dict[Kind, re.Pattern[str]] = {
    "formula": re.compile(rf"[（(]\s*{_DATE}.*通\s*过\s*[）)]"),
    "dateline": re.compile(rf"[（(]?{_DATE}[^，。！？：“”]{{0,20}}[）)]?"),
    "credit": re.compile(r"[^，。！？：]{0,40}(?:摄影报道|摄影|[\s/／]摄|文/图|图/文|供图)\s*[）)]?"),
    "byline": re.compile(
        r"[■□◎●◆（(\s]*(?:(?:本报|本网|本台)?(?:首席|见习|实习|特约|全媒体|融媒体)*(?:记者|通讯员|特派员|撰稿)"
        r"|(?:文|图|摄影|责编|编辑|责任编辑|来源|稿源)(?=\s*[/／：:\s]))[^，。！？]{0,60}"
    ),
    "subheadline": re.compile(r"(?:——|--|──|―)[^。]{0,60}"),
}
_ATTENDANCE = re.compile(
    r"(?:出席|列席|请假|缺席|旁听|参加|主持|记录)\s*(?:委员|人员|代表|议员|单位|者|人)?[\s:]+"
)
_BLANKS = re.compile(r"\s+")
_SALUTATION = re.compile(r"(?:尊敬的)?(?:各位|同志们|女士们|先生们|朋友们|同学们|乡亲们)[^。]{0,24}[！!：:]")
_LEAD_IN = re.compile(r"(?:必须|如下|包括|以及|要|是|为)$")
_SIGN_OFF = re.compile(r"[。！？”…][（(]([^（）()]{2,30})[）)]\s*$")
_NEWS_LEAD = re.compile(r"[^，。；：“”\s]{0,12}?(?:讯|电|消息)(?=[\s\u3000（(：])")
_COLUMN = re.compile(rf"两会\S{{1,5}}|\S{{0,5}}(?:{any_of(COLUMN_NOUNS)})")
_OFFICIAL_TITLE = re.compile(rf"(?:关于.*|.*决)(?:{any_of(OFFICIAL_DOCUMENTS)})$|.*决议$")
_RECORD_TITLE = re.compile(
    r"[^。，,;；：:]{0,30}第\S{1,4}[次会]\S{0,8}会议?(?:议事录|会议[纪记]录|速记录?|公报)"
)
_TITLE_OF_DOCUMENT = re.compile(r"关于|關於|上的|决议$|決議$|公报$")
_NEWS_OF_DOCUMENT = re.compile(r"讨论|审议|听取|学习|传达|发表|会见|主持|贯彻|并作|出席|討論|審議")


def line_shape(text: str, segmenter: Segmenter) -> Shape:
    """Classify a line, which is not blank and has no white space around it."""
    for kind, pattern in _PATTERNS.items():
        if pattern.fullmatch(text):
            return kind
    if text[0] in "（(" and text[-1] in "）)":
        return "byline" if is_name_list(text[1:-1], segmenter) else "body"
    if _SALUTATION.fullmatch(text):
        return "body"
    if len(_people_listed(text)) >= _MIN_ATTENDEES:
        return "attendance"
    if len(text) <= _LABEL_LENGTH and _COLUMN.fullmatch(text):
        return "label"
    return "heading" if _is_heading(text) else "body"


def signed_names(text: str, segmenter: Segmenter) -> list[str]:
    """List the reporters in brackets at the end of a paragraph: …。（name name）."""
    match = _SIGN_OFF.search(text)
    return split_names(match[1], segmenter) if match else []


def is_news_lead(text: str) -> bool:
    """Tell whether a paragraph opens as a news report does: 本报讯, 新华社太原电, …消息."""
    return _NEWS_LEAD.match(text) is not None


def is_official_title(text: str) -> bool:
    """Tell whether a heading has the form of a document's title: 关于…的报告, …决议."""
    return _OFFICIAL_TITLE.fullmatch(text) is not None


def is_record_title(text: str) -> bool:
    """Tell whether a line names the session whose minutes or transcript begins: 某某會第3次會議議事錄."""
    return _RECORD_TITLE.fullmatch(fold_in_place(text)) is not None


def official_type(title: str | None) -> str | None:
    """Return what a document calls itself at the end of its title, such as 决议 or 报告, None if it does not.

    A headline that ends alike but reports what was done with the document (讨论…报告) has none.
    """
    title = _BLANKS.sub("", title or "")
    if not title or not (_TITLE_OF_DOCUMENT.search(title) or len(title) <= _SHORT_TITLE_LENGTH):
        return None
    if _NEWS_OF_DOCUMENT.search(title):
        return None
    return next((kind for kind in OFFICIAL_DOCUMENTS if title.endswith(kind)), None)


def _is_heading(text: str) -> bool:
    if text[-1] in "。；，、：;,:" or "。" in text or len(text) > _HEADING_LENGTH or _LEAD_IN.search(text):
        return False
    return len(text) <= _COMMA_HEADING_LENGTH or not re.search("[，,！？!?]", text)


def _people_listed(text: str) -> list[str]:
    """List the people in a line that says who is present, absent or sits in (出席委員　…)."""
    label = _ATTENDANCE.match(fold_in_place(text))
    return listed_people(text[label.end() :]) if label else []
