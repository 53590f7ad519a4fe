"""What kind of document an article is: by its title, by its shape, and by what is said in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from indexer.extraction.speakers.reader import ParagraphPeople
from indexer.extraction.word_lists import OFFICIAL_DOCUMENTS
from indexer.models import SPEAKING_KINDS
from indexer.pages.document_head import is_head_label
from indexer.pages.line_shapes import is_news_lead
from indexer.pages.piece import Piece
from indexer.text.folding import fold_in_place

__all__ = ["document_type", "official_type"]

_SHORT_TITLE_LENGTH = 12  # 政府工作报告, with blanks between the characters
_MIN_TURNS = 3
_TURNS_SHARE = 1 / 3  # of the paragraphs of a transcript begin with the name of who has the floor
_LISTED_SHARE = 1 / 2  # of the pieces of a list of names
_OPENING = 200  # characters of a paragraph that show who speaks and what it begins

_BLANKS = re.compile(r"\s+")
_TITLE_OF_DOCUMENT = re.compile(r"关于|上的|决议$|公报$")
_NEWS_OF_DOCUMENT = re.compile(r"讨论|审议|听取|学习|传达|发表|会见|主持|贯彻|并作|出席")
_RECORD_TITLE = re.compile(r"议事录|会议[纪记]录|[纪记]要")
_TRANSCRIPT_TITLE = re.compile(r"速[记纪]|实录|过程.{0,4}[纪记]录|逐字")
_REPORTS = re.compile(r"现在.{0,30}向(?:大会|常委会|会议)(?:报告|作).{0,20}(?:工作|报告)")
_TURN = re.compile(r"\s*(?P<who>[^\s,。:;!?、「」“”()]{1,12})(?:\([^()]{1,12}\))?:\S")
_ASKER = re.compile(r"[问答]|.*(?:记者|提问|[报台网社刊])|南都")
_DAY_OF_NEWS = re.compile(
    r"[今昨前]日|[今昨前]天|今[早晚]|昨晚|近日|日前|[傍早]晚|周[一二三四五六日]|星期[一二三四五六日]|\d日|[上下]午"
)


def document_type(
    title: str | None, pieces: Sequence[Piece], people: Sequence[ParagraphPeople], *, is_signed: bool
) -> str | None:
    """Return 报道, 报告, 决议, 议事录, 速记, 公告, 名单, 提案, 讲话, 答问 …, or None where nothing shows it.

    `people` are those of each piece, in the same order; an article that `is_signed` has reporters.
    """
    heading = fold_in_place(_BLANKS.sub("", title or ""))
    said = [fold_in_place(piece.opening[:_OPENING]) for piece in pieces if piece.kind in SPEAKING_KINDS]
    found = _record_type(heading, pieces, said) or _report_type(said) or official_type(title)
    if found or not said:
        return found
    if _is_list(pieces):
        return "名单"
    if any(who.how == "delivered" for each in people for who in each.speakers):
        return "讲话"
    return "报道" if is_signed or _is_news(said, people) else None


def official_type(title: str | None) -> str | None:
    """Return what a document calls itself at the end of its title, such as 决议 or 报告, None if it does not.

    A headline that ends alike but reports what was done with the document (讨论…报告) has none.
    """
    heading = fold_in_place(_BLANKS.sub("", title or ""))
    if not heading or not (_TITLE_OF_DOCUMENT.search(heading) or len(heading) <= _SHORT_TITLE_LENGTH):
        return None
    if _NEWS_OF_DOCUMENT.search(heading):
        return None
    return next((kind for kind in OFFICIAL_DOCUMENTS if heading.endswith(kind)), None)


def _record_type(heading: str, pieces: Sequence[Piece], said: Sequence[str]) -> str | None:
    """Tell minutes, a transcript and an interview apart by title, head and turns; None for others."""
    turns = [turn["who"] for text in said if (turn := _TURN.match(text))]
    in_turns = len(turns) >= max(_MIN_TURNS, _TURNS_SHARE * len(said))
    if any(piece.kind == "attendance" or _is_label(piece) for piece in pieces):
        return "议事录" if _RECORD_TITLE.search(heading) or not turns else "速记"
    if in_turns and sum(1 for who in turns if _ASKER.fullmatch(who)) > 1:
        return "答问"
    is_transcript = _TRANSCRIPT_TITLE.search(heading) or (in_turns and len(turns) > len(set(turns)))
    return "速记" if is_transcript else None


def _is_label(piece: Piece) -> bool:
    return piece.kind == "head" and is_head_label(piece.text)


def _report_type(said: Sequence[str]) -> str | None:
    """Return 报告 for a text that begins as a report to a session does."""
    return "报告" if any(map(_REPORTS.search, said[:2])) else None


def _is_list(pieces: Sequence[Piece]) -> bool:
    """Tell whether most of a text are lines that only name somebody."""
    text = [piece for piece in pieces if piece.kind in (*SPEAKING_KINDS, "attendance")]
    listed = sum(1 for piece in text if piece.kind == "attendance" or piece.is_listed)
    return listed > len(text) * _LISTED_SHARE


def _is_news(said: Sequence[str], people: Iterable[ParagraphPeople]) -> bool:
    """Tell whether an article opens as news does, or gives in its own words what others say."""
    return (
        any(map(is_news_lead, said))
        or any(map(_DAY_OF_NEWS.search, said[:1]))
        or any(who.how in ("explicit", "quoted", "pronoun") for each in people for who in each.speakers)
    )
