"""What a line of a page is by itself: its shape, and the names, leads and titles that it is read for."""

from __future__ import annotations

import re
from typing import Literal

from indexer.analysis.segmenter import Segmenter
from indexer.extraction.names import is_name_list, listed_people, split_names
from indexer.extraction.word_lists import COLUMN_NOUNS, OFFICIAL_DOCUMENTS, any_of
from indexer.models import Kind
from indexer.text.folding import fold_in_place
from indexer.text.han import HAN

__all__ = [
    "SIGNATURES",
    "Shape",
    "addresses_all",
    "can_be_heading",
    "is_debris",
    "is_listed_line",
    "is_news_lead",
    "is_official_title",
    "is_record_title",
    "is_salutation",
    "line_shape",
    "signed_names",
]

Shape = Kind | Literal["heading"]
"""The shape of a line: a kind, or a heading, whose kind the lines around it show."""

SIGNATURES: tuple[Kind, ...] = ("byline", "credit")
"""The kinds that say who wrote or photographed an article."""

_HEADING_LENGTH = 60  # characters; the title of a resolution, with the full name of its session
_COMMA_HEADING_LENGTH = 30  # a heading with commas in it is shorter
_LABEL_LENGTH = 8
_SHORT_LIST = 12  # characters of a line of names that may be a heading with blanks in it
_MIN_ATTENDEES = 3  # names that make a list of attendance

_DATE = r"\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}\s*日?"
_PATTERNS: dict[Kind, re.Pattern[str]] = {
    "formula": re.compile(rf"[（(]\s*{_DATE}.*通\s*过\s*[）)]"),
    "dateline": re.compile(
        rf"(?:发布(?:时间|日期)|刊[载发]日期)[：:]\s*{_DATE}.{{0,20}}|(?:[^，。！？：“”\d]{{1,12}}[─—\s]+)?[（(]?{_DATE}[^，。！？：“”]{{0,20}}[）)]?"
    ),
    "credit": re.compile(r"[^，。！？：]{0,40}(?:摄影报道|摄影|[\s/／]摄|文/图|图/文|供图)\s*[）)]?"),
    "byline": re.compile(
        r"[■□◎●◆（(\s]*(?:(?:本报|本网|本台)?(?:首席|见习|实习|特约|全媒体|融媒体)*(?:记者|通讯员|特派员|撰稿)"
        r"|(?:文|图|摄影|责编|编辑|责任编辑|来源|稿源)(?=\s*[/／：:\s])"
        r"|(?:发布[人者]|作者|版式设计|版面设计|制图|校对|审核)\s*[：:])[^，。！？]{0,60}"
    ),
    "subheadline": re.compile(rf"(?:——|--|──|―)[^。]{{0,30}}{HAN}[^。]{{0,30}}"),
}
_SOURCE = r"(?:(?:稿件|信息)?来源|稿源)"
_PUBLISHED = re.compile(  # of a web page, folded: 2025-01-20 15:00 来源：某网; 来源：某网 2025-01-20
    rf"(?:{_SOURCE}\s*:\s*[^\s:]{{1,20}}\s+)?(?:(?:发布|更新|发表|刊登|刊发|建立)?(?:时间|日期)\s*:\s*)?"
    rf"{_DATE}(?:[T\s]*\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?[\s|]*"
    rf"(?:(?:{_SOURCE}|作者|(?:责任)?编辑|字体|字号|浏览次数|点击)\s*:.{{0,80}})?"
)
_REPORTERS = re.compile(  # of a paper that is named, in either script
    rf"{HAN}{{1,6}}[报网台社](?:首席|见习|实习|特约|全媒体|融媒体)*(?:记者|通讯员)[\s:]*"
    r"(?P<names>[^,。!?:;]{2,40}?)\s*(?P<shot>摄(?:影报道)?)?(?:综合)?(?:报道|报导)?"
)
_ATTENDANCE = re.compile(
    r"(?:出席|列席|请假|缺席|旁听|参加|主持|记录)\s*(?:委员|人员|代表|议员|单位|者|人)?[\s:]+"
)
_SALUTATION = re.compile(r"(?:尊敬的)?(?:各位|同志们|女士们|先生们|朋友们|同学们|乡亲们)[^。]{0,24}[！!：:]")
_ADDRESS = re.compile(r"(?:尊敬的)?(?:各位|同志们|女士们|先生们|朋友们)[^。，！：,!:]{0,12}[，！：,!:]")
_LEAD_IN = re.compile(r"(?:必须|如下|包括|以及|(?<![纪纲摘提概])要|是|(?<!行)为)$")
_VOTES = re.compile(r"(?:赞成|反对|弃权)(?:者|票)?:\s*\d")
_LISTED_NAME = re.compile(rf"{HAN}{{2,4}}|[^\s,。:;]*[·‧•．.][^\s,。:;]*")
_OFFICE = r"(?:议员|委员|代表|主席|部长|局长|司长|先生|女士|議員|委員|部長|局長|司長)"
_NO_HEADING = re.compile(
    rf"[^，。：:；]{{0,10}}{_OFFICE}[：:].*[，,]"  # somebody has the floor
    r"|[<＜〈].*[>＞〉]$"  # a remark of who took the minutes
    r"|[\d.,，]+\s*[亿万千億萬]?[元人天个個项項吨亩倍%％]?$"  # a number
    r"|(?:记者|記者|问|問|答|主持人)[：:]"  # asks or answers
    rf"|{HAN}{{2,4}}[（(].*[时時]"  # was there from when to when
    r"|[^：，]{1,8}[：:][^：]*、"  # a label and what is listed under it
    r"|.{0,12}(?:制图|製圖|图片|圖片|资料图|資料圖)$"  # a picture stood here
    r"|单位[：:]|單位[：:]|.*[{}]"  # of a table, of a style sheet
)
_HAN = re.compile(HAN)
_SIGN_OFF = re.compile(r"[。！？”…][（(]([^（）()]{2,30})[）)]\s*$")
_NEWS_LEAD = re.compile(r"[^，。；：“”\s]{0,12}?(?:讯|电|消息)(?=[\s\u3000（(：])")
_COLUMN = re.compile(rf"两会\S{{1,5}}|\S{{0,5}}(?:{any_of(COLUMN_NOUNS)})")
_OFFICIAL_TITLE = re.compile(rf"(?:关于.*|.*决)(?:{any_of(OFFICIAL_DOCUMENTS)})$|.*决议$")
_RECORD_TITLE = re.compile(
    r"[^。，,;；：:]{0,30}第\S{1,4}[次会]\S{0,8}会议?(?:议事录|会议[纪记]录|[纪记]要|[纪记]录|速记录?|公报)"
)


def line_shape(text: str, segmenter: Segmenter) -> Shape:
    """Classify a line, which is not blank and has no white space around it."""
    kind = _kind_by_pattern(text, segmenter)
    if kind:
        return kind
    if text[0] in "（(" and text[-1] in "）)":
        return "byline" if is_name_list(text[1:-1], segmenter) else "body"
    if is_salutation(text):
        return "body"
    if len(_people_listed(text)) >= _MIN_ATTENDEES:
        return "attendance"
    if len(text) <= _LABEL_LENGTH and _COLUMN.fullmatch(text):
        return "label"
    return "heading" if _is_heading(text) else "body"


def _kind_by_pattern(text: str, segmenter: Segmenter) -> Kind | None:
    """Return the kind of a line that says nothing but when, by whom or how it was adopted."""
    folded = fold_in_place(text)
    if _PUBLISHED.fullmatch(folded):
        return "dateline"
    simplified = _in_simplified(text, folded)
    for kind, pattern in _PATTERNS.items():
        if pattern.fullmatch(simplified):
            return kind
    reporters = _REPORTERS.fullmatch(folded)
    if reporters and is_name_list(text[slice(*reporters.span("names"))], segmenter):
        return "credit" if reporters["shot"] else "byline"
    return None


def _in_simplified(text: str, folded: str) -> str:
    """Write a text in Simplified characters, with its own punctuation."""
    if text == folded:
        return text
    pairs = zip(text, folded, strict=True)
    simplified = "".join(other if "\u3400" <= char <= "\u9fff" else char for char, other in pairs)
    return simplified.replace("︰", "：").replace("╱", "/")


def is_salutation(text: str) -> bool:
    """Tell whether a line only addresses those who listen: 各位代表！."""
    return _SALUTATION.fullmatch(text) is not None


def addresses_all(text: str) -> bool:
    """Tell whether a paragraph begins by addressing those who listen: 各位代表，…."""
    return _ADDRESS.match(text) is not None


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


def is_debris(text: str) -> bool:
    """Tell whether a line is no text but what an extraction left: of a style sheet, a script, a counter."""
    count = len(_HAN.findall(text))
    return count == 0 or (count * 4 < len(text) and re.search(r"[{};=]", text) is not None)


def is_listed_line(text: str) -> bool:
    """Tell whether a line only counts votes, or names people with blanks between."""
    if _VOTES.match(fold_in_place(text)):
        return True
    names = text.split()
    return len(names) > 1 and len(text) > _SHORT_LIST and all(map(_LISTED_NAME.fullmatch, names))


def can_be_heading(text: str) -> bool:
    """Tell whether a line of any length has nothing that a heading cannot have."""
    if text[-1] in "。；，、：;,:" or "。" in text or _LEAD_IN.search(text) or is_listed_line(text):
        return False
    return _HAN.search(text) is not None and not _NO_HEADING.match(text)


def _is_heading(text: str) -> bool:
    if len(text) > _HEADING_LENGTH or not can_be_heading(text):
        return False
    return len(text) <= _COMMA_HEADING_LENGTH or not re.search("[，,！？!?]", text)


def _people_listed(text: str) -> list[str]:
    """List the people in a line that says who is present, absent or sits in (出席委員　…)."""
    label = _ATTENDANCE.match(fold_in_place(text))
    return listed_people(text[label.end() :]) if label else []
