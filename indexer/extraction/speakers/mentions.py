"""Find who may speak in a paragraph: names, surnames with titles, pronouns, organisations."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from indexer.extraction.speakers.cues import BRACKET, TITLES_OF_ADDRESS, Cue
from indexer.extraction.speakers.page_text import PageParagraph
from indexer.extraction.speakers.people import NamePosition, PagePeople, office_before
from indexer.extraction.speakers.split_names import SplitName
from indexer.extraction.word_lists import COMPOUND_SURNAMES, SURNAMES

__all__ = ["Mention", "mentions_in", "says_near"]

_PRONOUN = re.compile(r"(?<![其吉利排])[他她](?!们|国|人|日|处|山|乡|妈|娘|俩)")
_CLAUSE_START = re.compile(r"^|[,。;:!?”\s(而但由惟]")
_BEFORE_OFFICE = frozenset(",。;:!?”) 而但由惟")
_NOT_ALONE = frozenset("和与于从向时都能那后但有应全通及经由将为并则即又曾连言而且还另当就此")
_CHAIR = re.compile(r"\s*(主席)\s*(?:\([^()]*\)\s*)?:")
_POLITE = frozenset(("先生", "女士", "小姐", "太太", "阿姨", "大爷", "师傅", "同学", "奶奶", "爷爷", "大妈"))
_NEAR = 4  # characters between a short name and the word of saying
_LATEST = 24  # people named before a place who are looked at
_LATELY = 12  # people named last of whom one may be called by the surname alone
_CLAUSE = re.compile(r"[^,。;:!?“”]+")
_BEFORE_CLAUSE = frozenset(",。;:!?”)")
_ORGANISATION = re.compile(
    r"(?P<name>(?:(?:住房|工业|文化|资源|发展|卫生|林业|广播电视|创新|运输|劳工|商务|政制|食物|民政|环境|财经事务|选举)[和及]|(?![,。、:;“”()!?《》‘’\s]|表示|认为|指出|称|透露|但|而|又|就|在|对|向|由|被|据|经|与|和|及|为|至|从|将|把|因|若|如|是|有|等|的|并|亦|也|则|只|以|其|该|这|那|各|多|每|某|两|一些|日|时|后).){2,18}"
    r"(?:局(?![长面])|署(?!长)|部(?![长门])|厅(?!长)|委(?!员)|会(?![议见谈长])|院(?![长士])|司(?![长机令])|庭(?!长)|台(?!湾)|军(?![官队人])|党(?!员)|社(?![会区])|联(?!合)|盟(?!友)|办(?![公法理])|警方|军方|卫队|警区|工程处|事务处|武装|公司|集团|银行|央行|法院|秘书处|办公室|办公厅|协会|学会|大学|工会|政府|力量|阵线|民[盟建进革]|中心|组织|联合会|基金会|研究所|新闻社|报社|医院|学校|商会|组织|机构|部门|日报|时报|通讯社|书店|出版社|商店|学会|特首办|国台办|中联办|港澳办|民建联|工联会|公民党|经民联|当局|港铁|北韩|使馆|领馆|外交部|白宫))"
    r"(?P<office>(?:相关|有关|新闻)?(?:发言人|方面|代表|负责人))?(?:(?:昨|今|周|上周|星期|[近日]日|\d{1,2}日)[^,。:“”]{0,6}?)?"
)
_ORGANISATION_REACH = 6
_CUES_TRIED = 2  # words of saying in a clause, one of which may be part of a name: 街道办
_GROUP = re.compile(
    r"主持|出席|举行|^(?:今|昨|网上|想当初|现时|当中|我们)|^(?:会议|大会|全会|与会|本报|记者|新华社|中新社|本次|此次|委员会|常委会|全国|今天|政府|社会|国会|法院|警方)$|大会$|会议$|座谈会$|论坛$|例会$|发布会$|听证会$|记者会$|茶话会$"
)
_ADVERBS = re.compile(
    r"(?:另外|其后|不过|此外|但|而|惟|之后|随后|至于|同时|其中|其实|当时|目前|近日|日前|今天|昨天|今日|昨日|据悉|对此|根据|按照|来自|所属的?|现任|前|时任|据)+"
)


class Mention(Struct, frozen=True):
    """A place that stands for somebody: the full name (or the organisation), and the form of the mention.

    Forms are full, split (the title inside the name), called (surname and title), post (a title alone),
    short (the beginning of the name), office (the chair), org and pronoun; whom a pronoun stands for is told
    later.
    """

    start: int
    end: int
    name: str
    form: str


def mentions_in(
    paragraph: PageParagraph,
    people: PagePeople,
    before: Sequence[str],
    chair: str | None,
    cues: Sequence[Cue],
) -> list[Mention]:
    """Find the mentions of a paragraph, in order.

    `before` are the people named last, the latest last; `chair` is whoever is in the chair.
    """
    text, places = paragraph.normalised, paragraph.name_positions
    found = [Mention(place.start, place.end, place.name, "full") for place in places]
    taken = bytearray(len(text))
    for place in places:
        taken[place.start : place.end] = b"\1" * (place.end - place.start)
    for more in (
        _split(paragraph.split_names, people),
        _called(text, places, people, before, cues),
        _post(text, places, people, before, cues),
        _short(text, places, people, before, cues),
        _office(text, chair),
        _organisations(text, cues),
    ):
        for mention in more:
            if not any(taken[mention.start : mention.end]):
                found.append(mention)
                taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    if "他" in text or "她" in text:
        found += [Mention(match.start(), match.end(), "", "pronoun") for match in _PRONOUN.finditer(text)]
    return sorted(found, key=lambda mention: mention.start)


def _split(splits: Iterable[SplitName], people: PagePeople) -> Iterator[Mention]:
    """Make mentions of names with the title inside: 刘委员某某."""
    for split in splits:
        if split.name in people.by_name:
            yield Mention(split.start, split.end, split.name, "split")


def _called(
    text: str, places: Sequence[NamePosition], people: PagePeople, before: Sequence[str], cues: Sequence[Cue]
) -> Iterator[Mention]:
    """Find surnames with a title, 王局长: for somebody whose full name the page has, or 王女士 alone."""
    for match in TITLES_OF_ADDRESS.finditer(text):
        end = match.start() - (text[match.start() - 1 : match.start()] == "副")
        if not end:
            continue
        start = end - (2 if text[max(0, end - 2) : end] in COMPOUND_SURNAMES else 1)
        who = None
        if text[end - 1] in people.first:
            who = people.called(text[start:end], _known(places, before, start))
        if (
            not who
            and match[0] in _POLITE
            and text[start:end] in SURNAMES
            and says_near(cues, match.end(), match.end() + _NEAR)
        ):
            who = text[start : match.end()]
        if who:
            yield Mention(start, match.end(), who, "called")


def _post(
    text: str, places: Sequence[NamePosition], people: PagePeople, before: Sequence[str], cues: Sequence[Cue]
) -> Iterator[Mention]:
    """Find offices that open a clause with a word of saying behind: 总统表示, for whom the page calls so."""
    for end in {cue.start - gap for cue in cues for gap in range(_NEAR)}:
        match = office_before(text, end) if end > 1 else None
        if match and (not match.start() or text[match.start() - 1] in _BEFORE_OFFICE):
            who = people.holder(match[0], _known(places, before, match.start()))
            if who:
                yield Mention(match.start(), match.end(), who, "post")


def _known(places: Sequence[NamePosition], before: Sequence[str], start: int) -> list[str]:
    """Return the last who are named before a place, the latest last."""
    last = bisect_right(places, start, key=lambda place: place.end)
    return [*before, *(place.name for place in places[max(0, last - _LATEST) : last])]


def _short(
    text: str, places: Sequence[NamePosition], people: PagePeople, before: Sequence[str], cues: Sequence[Cue]
) -> Iterator[Mention]:
    """Find the beginnings of names that open a clause with a word of saying behind."""
    starts = {cue.start - gap for cue in cues for gap in range(1, _NEAR + 4)}
    for match in _CLAUSE_START.finditer(text):
        start = match.end()
        if start in starts and text[start] in people.first:
            known = _known(places, before, start)
            length = _short_length(text, start, people, known, cues)
            who = people.called(text[start : start + length], known) if length else None
            if who:
                yield Mention(start, start + length, who, "short")


def _short_length(
    text: str, start: int, people: PagePeople, known: Sequence[str], cues: Sequence[Cue]
) -> int:
    """Return how long the short name is that begins here; 0 where none does."""
    for length in (3, 2, 1):
        end = start + length
        part = text[start:end]
        if len(part) < length or (length == 1 and part in _NOT_ALONE):
            continue
        who = people.called(part, known)
        if not who or (length == 1 and who not in known[-_LATELY:]):
            continue
        if says_near(cues, end, end + _NEAR) and not people.segmenter.is_word(text[start : end + 1]):
            return length
    return 0


def _office(text: str, chair: str | None) -> Iterator[Mention]:
    """Find the chair of a transcript."""
    match = _CHAIR.match(text) if chair else None
    if match and chair:
        yield Mention(match.start(1), match.end(1), chair, "office")


def _organisations(text: str, cues: Sequence[Cue]) -> Iterator[Mention]:
    """Find organisations at the beginning of a clause with a word of saying behind."""
    number = 0
    for clause in _CLAUSE.finditer(text) if cues else ():
        while number < len(cues) and cues[number].start < clause.start():
            number += 1
        if number == len(cues):
            return
        if clause.start() and text[clause.start() - 1] not in _BEFORE_CLAUSE:
            continue
        limits = [cue.start for cue in cues[number : number + _CUES_TRIED] if cue.start < clause.end()]
        if text[clause.end() : clause.end() + 1] == "(":
            limits.append(clause.end())
        match = next(
            filter(None, (_organisation(text, clause.start(), limit, cues) for limit in limits)), None
        )
        if match:
            yield Mention(match.start(), match.end("name"), match["name"], "org")


def _organisation(text: str, start: int, end: int, cues: Sequence[Cue]) -> re.Match[str] | None:
    """Match an organisation between two places, with a word of saying near behind, or behind a bracket."""
    adverbs = _ADVERBS.match(text, start, end)
    match = _ORGANISATION.match(text, adverbs.end() if adverbs else start, end)
    if not match or _GROUP.search(match["name"]):
        return None
    bracket = BRACKET.match(text, match.end())
    behind = bracket.end() if bracket else match.end()
    return match if says_near(cues, behind, behind + _ORGANISATION_REACH) else None


def says_near(cues: Sequence[Cue], first: int, last: int) -> bool:
    """Tell whether a word of saying begins between two places."""
    at = bisect_left(cues, (first,))
    return at < len(cues) and cues[at].start <= last
