"""Find the sessions that a text names in any spelling: the body, its level and place, term and sitting."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from indexer.extraction.word_lists import any_of
from indexer.models import Session
from indexer.text.folding import fold_in_place
from indexer.text.han import HAN
from indexer.text.numerals import NUMERAL, parse_numeral

__all__ = [
    "find_sessions",
    "is_compatible",
    "parse_partial_session",
    "parse_session",
    "places_by_level",
    "sessions_in",
]

_LEVELS = "省 自治区 市 州 盟 县 旗 区".split()
_LEVEL = rf"(?:{any_of(_LEVELS)})"
_PLACE = rf"(?P<place>全国|{HAN}{{0,12}}?{_LEVEL})"
_CPPCC = r"(?:中国人民政治协商会议|人民政协|政协)"
_NPC = r"(?:人民代表大会|人大)"
_STANDING = r"(?:常务委员会|常委会)"
_TERM = rf"第?(?P<term>{NUMERAL})届"
_SITTING = rf"第?(?P<sitting>{NUMERAL})次(?:全体)?(?:会议|大会|全会)"
_PERIOD = rf"第?(?P<period>{NUMERAL})会期"
_SPELLINGS = tuple(
    (body, re.compile(pattern))
    for body, pattern in (
        (
            "立法院",
            rf"(?P<place>)(?:立法院|本院){_TERM}{_PERIOD}(?:第?(?P<special>{NUMERAL})次临时会)?{_SITTING}",
        ),
        ("立法会", rf"(?P<place>){_TERM}立法会(?:{_SITTING})?"),
        ("议会", rf"{_PLACE}议会{_TERM}第?(?P<sitting>{NUMERAL})次(?:定期|临时)(?:会|大会)"),
        ("政协常委会", rf"{_CPPCC}{_TERM}{_PLACE}委员会{_STANDING}{_SITTING}"),
        ("政协常委会", rf"{_CPPCC}?{_PLACE}(?:政协)?{_TERM}(?:委员会)?{_STANDING}{_SITTING}"),
        ("人大常委会", rf"{_TERM}{_PLACE}{_NPC}{_STANDING}{_SITTING}"),
        ("人大常委会", rf"{_PLACE}{_TERM}{_NPC}{_STANDING}{_SITTING}"),
        ("人大常委会", rf"{_PLACE}{_NPC}{_STANDING}{_TERM}{_SITTING}"),
        ("人大常委会", rf"(?P<term>)(?P<place>全国){_NPC}{_STANDING}{_SITTING}"),
        ("政协", rf"{_CPPCC}{_TERM}{_PLACE}委员会{_SITTING}"),
        ("政协", rf"{_CPPCC}{_PLACE}{_TERM}(?:委员会)?{_SITTING}"),
        ("政协", rf"{_PLACE}政协{_TERM}(?:委员会)?{_SITTING}"),
        ("人大", rf"{_TERM}{_PLACE}{_NPC}{_SITTING}"),
        ("人大", rf"{_PLACE}{_TERM}{_NPC}{_SITTING}"),
        ("人大", rf"{_PLACE}{_NPC}{_TERM}{_SITTING}"),
    )
)
_PARTIAL = re.compile(
    rf"(?P<place>全国)?(?:{_TERM})?(?P<body>{_CPPCC}|{_NPC})(?P<standing>{_STANDING})?(?:{_SITTING})?"
)
_PARTIAL_YUAN = re.compile(
    rf"(?:立法院)?{_TERM}(?:{_PERIOD}(?:第?(?P<special>{NUMERAL})次临时会)?(?:{_SITTING})?)?"
)
_MARKS = ("届", "屆", "常委会第", "常务委员会第")
_BLANKS = re.compile(r"\s+")
# The place is the last one named: 山西省太原市 is 太原市, but 贵州省 is whole; 出席市 is 市.
_LAST_PLACE = re.compile(rf"(?:.*{_LEVEL})?(?P<own>{HAN}+?{_LEVEL})$")
_WORDS_BEFORE = any_of(
    "出席 参加 列席 召开 举行 关于 围绕 完成 落实 执行 按照 根据 经过 提交 通过 作为 当选 担任"
    " 以及 以来 本次 以上".split()
)
# One of these alone may belong to the name: 和平区, 自贡市, 从化区; not where a whole name is left.
_BEFORE_PLACE = re.compile(
    rf".*(?:{_WORDS_BEFORE}|[在的和与是为了于自从由向对把将我本该](?={HAN}{{2,}}{_LEVEL}$|{_LEVEL}$))"
)


def sessions_in(text: str, places: dict[str, str] | None = None) -> tuple[Session, ...]:
    """List the sessions named in a text, each once, in the order of their first occurrence.

    `places` completes a level without a place (市政协 → 太原市): see `places_by_level`.
    """
    if not any(mark in text for mark in _MARKS):
        return ()
    folded = fold_in_place(_BLANKS.sub("", text))
    by_start = {start: session for start, _, session in find_sessions(folded, places)}
    return tuple(dict.fromkeys(by_start[start] for start in sorted(by_start)))


def find_sessions(folded: str, places: dict[str, str] | None = None) -> Iterator[tuple[int, int, Session]]:
    """Find the sessions named in a text that is folded in place and without blanks: start, end, session."""
    taken: list[range] = []
    for body, spelling in _SPELLINGS:
        for match in spelling.finditer(folded):
            if not any(match.start("sitting") in other or match.start("term") in other for other in taken):
                taken.append(range(match.start("term"), match.end()))
                yield _name_start(match), match.end(), _session(body, match, places or {})


def parse_session(text: str) -> Session | None:
    """Return the first session that a text names, None if it names none."""
    return next(iter(sessions_in(text)), None)


def parse_partial_session(text: str) -> Session | None:
    """Return the session that a text names, also one that lacks something: 十二届人大三次会议, 第9屆第4會期.

    None for a text that says anything else.
    """
    session = parse_session(text)
    folded = fold_in_place(_BLANKS.sub("", text))
    yuan = _PARTIAL_YUAN.fullmatch(folded) if session is None else None
    if yuan:
        numbers = {name: parse_numeral(number) for name, number in yuan.groupdict().items() if number}
        return Session(
            name="",
            body="立法院" if "period" in numbers or "立法院" in folded else None,
            term=numbers["term"],
            sitting=numbers.get("sitting"),
            period=numbers.get("period"),
            special=numbers.get("special"),
        )
    match = _PARTIAL.fullmatch(folded) if session is None else None
    if match is None or not any(match[number] for number in ("term", "sitting")):
        return session
    body = "人大" if "人" in match["body"] and "政" not in match["body"] else "政协"
    return Session(
        name="",
        body=body + ("常委会" if match["standing"] else ""),
        level="全国" if match["place"] else None,
        term=parse_numeral(match["term"]) if match["term"] else None,
        sitting=parse_numeral(match["sitting"]) if match["sitting"] else None,
    )


def places_by_level(sessions: Iterable[Session]) -> dict[str, str]:
    """Map each level to the place that most of a page's sessions have at it: {"市": "太原市"}."""
    counts = Counter(
        (session.level, session.place) for session in sessions if session.level and session.place
    )
    return {level: place for (level, place), _ in reversed(counts.most_common())}


def is_compatible(one: Session, other: Session) -> bool:
    """Tell whether two spellings can mean one session: they are equal in all that both of them say."""
    pairs = (
        (one.body, other.body),
        (one.level, other.level),
        (one.place, other.place),
        (one.term, other.term),
        (one.period, other.period),
        (one.sitting, other.sitting),
        (one.special or 0, other.special or 0),
    )
    return all(left == right or left is None or right is None for left, right in pairs)


def _name_start(match: re.Match[str]) -> int:
    """Return where a name begins, past the words that the pattern took for its place: 出席|太原市…."""
    if not match["place"] or match.start("place") > match.start():
        return match.start()
    level, place = _level_and_place(match["place"])
    return match.end("place") - len(place or level)


def _session(body: str, match: re.Match[str], places: dict[str, str]) -> Session:
    level, place = _level_and_place(match["place"]) if match["place"] else (None, None)
    session = Session(
        name="",
        body=body,
        level=level,
        place=place or places.get(level or ""),
        term=parse_numeral(match["term"]) if match["term"] else None,
        period=parse_numeral(match["period"]) if "period" in match.groupdict() else None,
        special=parse_numeral(match["special"]) if match.groupdict().get("special") else None,
        sitting=parse_numeral(match["sitting"]) if match["sitting"] else None,
    )
    return replace(session, name=_canonical(session))


def _level_and_place(text: str) -> tuple[str, str | None]:
    if text == "全国":
        return "全国", None
    stripped = _BEFORE_PLACE.sub("", text) or text
    own = _LAST_PLACE.match(stripped)
    place = own["own"] if own else stripped
    level = next(level for level in _LEVELS if place.endswith(level))
    return level, place if place != level else None


def _canonical(session: Session) -> str:
    """Write the one spelling that a session is shown in."""
    where = session.place or session.level or ""
    term, sitting = _chinese(session.term), _chinese(session.sitting)
    if session.body in ("政协", "政协常委会"):
        standing = "常务委员会" if session.body == "政协常委会" else ""
        return f"政协第{term}届{where}委员会{standing}第{sitting}次会议"
    if session.body == "立法院":
        special = f"第{_chinese(session.special)}次临时会" if session.special else ""
        return f"立法院第{term}届第{_chinese(session.period)}会期{special}第{sitting}次会议"
    if session.body == "立法会":
        return f"第{term}届立法会" + (f"第{sitting}次会议" if session.sitting else "")
    if session.body == "议会":
        return f"{where}议会第{term}届第{sitting}次会议"
    body = "人民代表大会常务委员会" if session.body == "人大常委会" else "人民代表大会"
    number = f"第{term}届" if session.term else ""
    if session.level == "全国":
        return f"{number}全国{body}第{sitting}次会议"
    return f"{where}{number}{body}第{sitting}次会议"


def _chinese(value: int | None) -> str:
    """Write a number from 0 to 99 in Chinese numerals, larger ones in digits."""
    digits = "零一二三四五六七八九"
    if value is None or value > 99:
        return str(value)
    tens, ones = divmod(value, 10)
    prefix = "" if tens == 0 else "十" if tens == 1 else digits[tens] + "十"
    return prefix + (digits[ones] if ones or not tens else "")
