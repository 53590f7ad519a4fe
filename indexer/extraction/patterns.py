"""Patterns of how a page writes who says something, over text folded in place (`folding.fold_in_place`).

Groups: `names` (one name or several), `role` (the part in the session), `post` (organisation and
office), `says` (the words of saying, the end of the evidence).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from indexer.extraction.names import NAMES, WORD_START
from indexer.extraction.word_lists import (
    ADVERBS,
    CONTINUATIONS,
    GROUNDS,
    OFFICES,
    ORGANISATIONS,
    POSITION_MODIFIERS,
    POSITIONS,
    SAYING,
    any_of,
)
from indexer.text.han import HAN, HAN_RANGES

__all__ = [
    "CARRIES_ON",
    "INTERPELLATION",
    "ITEM_OR_DECISION",
    "MEETING_SAYS",
    "OFFICE_COLON",
    "ORGANISATION_SAYS",
    "POSITION",
    "POST_PARTS",
    "SEAT",
    "SEAT_SAYS",
    "STAGE_DIRECTION",
    "Rule",
]


def _first_character(words: Iterable[str]) -> str:
    """Write a look-ahead for the first characters of words: most positions fail at it, and fast."""
    return f"(?=[{''.join(sorted({word[0] for word in words}))}])"


POSITION = (
    rf"(?:{_first_character((*POSITION_MODIFIERS, *POSITIONS))}"
    rf"(?:{any_of(POSITION_MODIFIERS)}){{0,4}}(?:{any_of(POSITIONS)}))"
)
# Behind these somebody is spoken to or about: 对某某市长提出.
_OBJECT = r"(?!对|向|给|请|由|经|与|同|和|把|将|致|会见|听取|批)"
_POST = rf"(?P<post>{_OBJECT}(?:[{HAN_RANGES}a-z0-9()·]{{0,40}}?{POSITION}、?){{1,4}})"
# Not the levels of `sessions`: with 自治区 among them, two more characters could stand before 自治区.
_LEVEL = rf"(?:(?:[驻住在]{HAN}{{1,2}})?全国|{HAN}{{0,6}}?(?:省|市|区|县|州|盟|旗))"
_TITLE = r"(?:代表|委员|议员|常委)"
_GROUP = (
    r"(?:基层|一线|农民|工人|教师|青年|企业|企业家|妇女|市民|居民|村民|群众|职工|家长|学生|新任|新当选|领衔|老|女"
    rf"|{HAN}{{2,4}}党)"
)
SEAT = rf"(?:(?P<role>{_GROUP}?{_LEVEL}?(?:政协|人大|立法会|立法|议会)?(?:常务)?{_TITLE})(?!会|团|们|小组))"
_QUOTE = r"“[^”]*”"
_CLAUSE = rf"(?:{_QUOTE}|[^。!?;“”])"
# What may stand between a speaker and the words of saying: 代表[围绕…,]提出, 委员[还]建议.
_GAP = (
    rf"(?:(?:围绕|针对|结合|[就从对]){_CLAUSE}{{1,160}}?|在{_CLAUSE}{{1,40}}?[时中上后下里,]"
    rf"|代表{HAN}{{2,20}}?(?=发言)"
    r"|(?:质询|发言|审议|讨论|座谈|答复|受访|调研)时|答询|备询"
    rf"|(?:用|以){HAN}{{1,8}}?(?=[说称道])|{HAN}{{1,2}}着{HAN}{{0,6}}?(?=[说称道])"
    rf"|(?:参加|出席|听取|接受|主持|看望){_CLAUSE}{{1,40}}?[时后]"
    rf"|{any_of(ADVERBS)}){{0,3}}?,?"
)
# 建议 and its like are nouns behind 这个 and 的; 提出的 and 说明 are no speech.
SAYS = (
    rf"(?={_GAP}(?<![的个该此些项条份])"
    rf"(?P<says>(?:{any_of(SAYING)})(?![的明服])|说明(?=[,:])|发出[^,。“”]{{0,8}}?(?:赞叹|感叹|感慨|呼吁)|(?:深表|十分|非常|感慨|感触|由衷){HAN}{{0,10}}:“))"
)


class Rule(Struct, frozen=True):
    """A slow pattern, and a fast one that must match somewhere in a text for the slow one to be tried."""

    needs: re.Pattern[str]
    pattern: re.Pattern[str]

    def finditer(self, folded: str) -> Iterator[re.Match[str]]:
        """Find all matches in a text that is folded in place."""
        return self.pattern.finditer(folded) if self.needs.search(folded) else iter(())


def _rule(needs: str, pattern: str) -> Rule:
    return Rule(re.compile(needs), re.compile(pattern))


_AND_OTHERS = r"(?:等?(?:[\d两三四五六七八九十]{1,3}[位名])?)?"
_HOME = rf"(?:{HAN}{{2,14}}?的|在|据|根据)"
# A seat before the name, behind it, and either before a colon.
SEAT_SAYS = (
    _rule(
        _TITLE,
        rf"{WORD_START}(?:{_HOME})?{SEAT}[、,\s]{{0,2}}{_POST}?[、\s]?(?P<names>{NAMES}){_TITLE}?{SAYS}",
    ),
    _rule(_TITLE, rf"{WORD_START}{_HOME}?{_POST}?(?P<names>{NAMES}){_AND_OTHERS}(?P<role>{_TITLE}){SAYS}"),
    _rule(
        rf"{_TITLE}的",
        rf"{WORD_START}{_POST}?(?P<names>{NAMES})(?P<role>{_TITLE})(?=(?P<says>的(?:建议|提案|议案|观点)[是为]))",
    ),
    _rule(
        "^[^:]{2,50}:",
        rf"^{SEAT}?{_POST}?\s?(?P<names>{NAMES}){_TITLE}?(?:\([^()]{{1,20}}\))?(?P<says>:)(?=.*[。!?…])",
    ),
)
# 本院陈委员朝容,针对… and 本院委员赖某等31人拟具: — who asks or moves in a minute.
INTERPELLATION = re.compile(
    rf"本院(?P<surname>{HAN}{{1,2}}?)(?P<role>委员)(?P<given>{HAN}{{1,3}}?)(?=[,、](?P<says>{any_of(GROUNDS)}))"
)
# 行政长官: — an office speaks, its holder is not named.
OFFICE_COLON = re.compile(
    rf"^(?P<names>{any_of(OFFICES)}|{HAN}{{2,10}}[局署司处部厅]长)(?P<says>:)(?=.*[。!?…])"
)
ORGANISATION_SAYS = re.compile(
    rf"{WORD_START}(?P<names>(?:{any_of(ORGANISATIONS)})(?:(?:(?![和及与的等对向在]){HAN}){{0,12}}?(?:委|会|中央|支部))?)"
    rf"(?=(?:(?:提交|提出)的{HAN}{{0,6}}(?:提案|发言))?{_GAP}(?P<says>{any_of(SAYING)}))"
)
MEETING_SAYS = re.compile(
    rf"{WORD_START}(?P<names>会议|大会)(?=[还同时并]{{0,2}}(?P<says>认为|强调|号召|指出|要求|提出|希望))"
)
CARRIES_ON = re.compile(rf"(?:{any_of(CONTINUATIONS)})")
# In minutes: the next item that somebody moves, and what was decided of one.
ITEM_OR_DECISION = re.compile(
    r"\s*(?:[一二三四五六七八九十百\d]+[、.]\s*(?=.{0,4}本院|.{2,8}函)|(?:决定|决议|审查结果)\s*:)"
)
STAGE_DIRECTION = re.compile(r"\s*\([^()]*\)\s*$")
POST_PARTS = re.compile(rf"(?P<organisation>.*?)(?P<position>{POSITION}(?:、{POSITION})*)$")
