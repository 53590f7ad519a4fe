"""The head of a document: what its first lines say of when and in which session it was said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from msgspec import Struct

from indexer.extraction.dates import days_in, first_date
from indexer.extraction.delivery_line import DAY, SITTING, delivery_line
from indexer.extraction.patterns import POSITION
from indexer.extraction.sessions import sessions_in
from indexer.models import SPEAKING_KINDS, Session
from indexer.pages.line_shapes import is_debris
from indexer.pages.piece import Piece
from indexer.text.folding import fold_in_place

__all__ = ["DocumentHead", "begins_business", "is_head_label", "is_head_line", "read_head"]

_LABEL = re.compile(
    r"(?:时\s*间|地\s*点|主\s*席|出\s*席|列\s*席|请\s*假|缺\s*席|[纪记]\s*录|委员(?:出席|请假))(?:\s|:|委员|人员|官员|议员|\d|$)"
)
_REPUBLIC = re.compile(r"\d{2,3}\s*年")  # of the Republic, which the first line has named
_TIME = re.compile(r"(?:开会|会议)?时\s*间[\s:]")
_UNTIL_DAY = re.compile(r"至\s*([12]?\d|3[01])\s*日")  # in the same month, past midnight
_BUSINESS = re.compile(
    r"[一二三四五六]、(?:听取|审议|讨论|通过|宣读|传达|研究|审查)|(?:[甲乙丙丁壹贰叁]、)?\s*(?:报\s*告|讨\s*论|质\s*询|选\s*举|其\s*他|临\s*时)\s*(?:事\s*项|提\s*案)"
)
# --2015年3月5日在某某会议上; 国务院总理 李克强.
_DELIVERIES = (
    re.compile(rf"[(\s—-]*{DAY}[,\s]*在{SITTING}上?[)\s]*"),
    re.compile(rf"[(\s—-]*{SITTING}[,\s]*{DAY}[)\s]*"),
)
_DELIVERER = re.compile(rf"[^,。;:!?]{{0,24}}{POSITION}\s+\S(?:\s?\S){{1,3}}")
_LONGEST = 60  # characters of such a line


class DocumentHead(Struct, frozen=True):
    """What the head of a document says of all that stands below it.

    `date` and `date_end` are the first and the last day, both `YYYY-MM-DD`; `date_end` only of several.
    """

    date: str | None = None
    date_end: str | None = None
    sessions: tuple[Session, ...] = ()


def is_head_label(text: str) -> bool:
    """Tell whether a line labels a part of the head of a record: 時間, 出席委員, 主席 …."""
    return _LABEL.match(fold_in_place(text[:_LONGEST])) is not None


def begins_business(text: str) -> bool:
    """Tell whether a line ends the head of a record: 報告事項."""
    return _BUSINESS.match(fold_in_place(text[:_LONGEST])) is not None


def is_head_line(text: str) -> bool:
    """Tell whether a line says when, in which session and by whom a text was delivered."""
    folded = fold_in_place(text)
    if len(text) <= _LONGEST and any(each.fullmatch(folded) for each in (*_DELIVERIES, _DELIVERER)):
        return True
    return delivery_line(folded) is not None


def read_head(pieces: Sequence[Piece], year: int | None, places: dict[str, str]) -> DocumentHead:
    """Read the pieces of an article above its text; `year` and `places` are those of the page."""
    text = (piece for piece in pieces if not is_debris(piece.text))
    head = [*takewhile(lambda piece: piece.kind not in SPEAKING_KINDS, text)]
    texts = [piece.text for piece in head if piece.kind != "attendance"]
    days = [*_sitting_days(texts)] or [*_days_delivered(texts, year)]
    title = "".join(piece.text for piece in head if piece.kind in ("headline", "subheadline"))
    named = (session for text in (title, *texts) for session in sessions_in(text, places))
    sessions = tuple(dict.fromkeys(named))
    first, last = (min(days), max(days)) if days else (None, None)
    return DocumentHead(first, last if last != first else None, sessions)


def _sitting_days(texts: Sequence[str]) -> Iterator[str]:
    """Yield the days behind the label 時間, and of the lines below that begin with one."""
    year = None
    for text in texts:
        folded = fold_in_place(text)
        label = _TIME.match(folded)
        if label is None and year is None:
            continue
        told = text[label.end() if label else 0 :]
        days = days_in(f"民國{told}" if _REPUBLIC.match(told) else told, year)
        if not days or (label is None and not folded[:1].isdigit()):
            return
        year = int(days[0][:4])
        yield from days
        for until in _UNTIL_DAY.findall(fold_in_place(told))[-1:]:
            yield f"{days[-1][:8]}{int(until):02}"


def _days_delivered(texts: Sequence[str], year: int | None) -> Iterator[str]:
    """Yield the day of the line that says in which session a text was delivered."""
    for text in texts:
        folded = fold_in_place(text)
        short = len(text) <= _LONGEST and any(each.fullmatch(folded) for each in _DELIVERIES)
        day = first_date(text, year) if short or delivery_line(folded) else None
        if day:
            yield day
            return
