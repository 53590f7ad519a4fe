"""The names of a page: what the tagger sees, what stands in the place of a name, cut at the right ends."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence

from indexer.analysis.segmenter import Segmenter
from indexer.extraction.names import is_name
from indexer.extraction.patterns import POSITION
from indexer.extraction.speakers.cues import SAYING, SEATS, TITLES_OF_ADDRESS, cues_in
from indexer.extraction.speakers.foreign_names import OF_OTHER_COUNTRIES, SOUNDS, names_by_sound
from indexer.extraction.speakers.split_names import SplitName, holds_saying, is_surname, without_blanks
from indexer.extraction.speakers.tagger import Name
from indexer.extraction.speakers.word_matcher import WordMatcher
from indexer.extraction.word_lists import COMPOUND_SURNAMES, PARTICLES, SURNAMES

__all__ = ["names_of"]

_HAN = r"[一-鿿㐀-䶿]"  # `text.han.BMP_HAN` without the hexagrams between its two blocks
_SURE = 12.0  # margin of a name that is seen once
_SPLIT_MARGIN = 40.0
_FOREIGN = re.compile(f"[{SOUNDS}]{{2,7}}")
_GIVEN = rf"(?:{_HAN}{{1,8}}(?:·{_HAN}{{1,8}})+|{_HAN}\s{{1,4}}{_HAN}|{_HAN}{{2,4}}?)"
# A name between a title and a word of saying, or a colon: also one that the tagger does not know.
_SAID = re.compile(
    "表示|说|认为|建议|指出|提出|称|坦言|介绍|强调|呼吁|质疑|批评|回应|透露|希望|提议|发言|谈|感慨|分享|直言|讲述|反映|告诉|:"
)
_BETWEEN = (
    r"(?:,?(?:今日|昨日|今天|昨天|当天|当日|同一天|\d{1,2}日"
    r"|还|也|则|又|都|就|再|亦|进一步|先后|分别|联名|代表.{2,12}){0,2}时?)$"
)
_AND_OTHERS = r"(?:等?[\d两三四五六七八九十]{1,3}[位名])?"
_OFFICE = re.compile(rf"{POSITION}|党人|领导人")
_FRAMED = (
    (
        SEATS,
        re.compile(rf"(?:^\s*|[,。;”\s、])(?P<name>{_GIVEN}){_AND_OTHERS}(?:代表|委员|议员|常委){_BETWEEN}"),
    ),
    (SEATS, re.compile(rf"(?:代表|委员|议员|常委)、?(?P<name>{_GIVEN}){_BETWEEN}")),
    (_OFFICE, re.compile(rf"(?:{POSITION}|党人|领导人)(?P<name>{_GIVEN}|{_HAN}{{2,6}}?){_BETWEEN}")),
)
_LATIN = re.compile("[a-z] [a-z]")
_LATIN_WORDS = r"(?P<name>[a-z][a-z'.-]+(?: [a-z][a-z'.-]+){1,3})"
_LATIN_SAID = "表示|说|认为|建议|指|称|强调|批评|质疑|回应|直言|坦言"
_LATIN_NAME = re.compile(
    rf"(?<![a-z'.-])(?<![a-z] ){_LATIN_WORDS}\s?(?:\([^()]{{1,20}}\))?"
    rf"(?=:(?!//)|[^,。:;a-z]{{0,4}}(?:{_LATIN_SAID}))"
)
_TITLES = frozenset(
    "委员 代表 议员 主席 常委 法官 先生 女士 小姐 大妈 大爷 大叔 大娘 大姐 大哥"
    " 老师 师傅 同志 教授 医生 律师 阿姨 同学".split()
)
_DIFFERENT = 2  # what stands behind the last character of a name that was cut short
_NOT_LAST = re.compile(
    "[的地得了们着时在和与等是也还则又都就再亦将已曾为以及对向从被把由并先总局院部主委代议校省市县书同女老教会出当指说称问]"
)
_REST_OF_ITEM = re.compile(rf"{_HAN}(?=[、,。;为任]|同志|等[^等])")
_NEVER_LAST = "的地得了们着时"
_WINDOW = 24  # characters before a word of saying in which such a name may stand
_NEAR = 9  # characters before a word of saying in which the tagger has seen a name
_OPENING = re.compile(
    rf"(?:^\s*|[。;”])(?P<name>{_HAN}{{2,7}}?)(?=(?:首先|则|也|还|同时|随后)?(?:表示|说|认为|建议|指出|提出|称|强调|介绍))"
)
_REST = re.compile(
    rf"(?:{_HAN}{{1,2}}(?=委员|代表|议员)|[{SOUNDS}]{{1,3}})(?=委员|代表|议员|同志|先生|女士|等|和|、|[,。:“(]|表示|说|认为|指出|强调|建议|称)"
)
_NOT_IN_NAMES = re.compile(r"[,。、:;“”()0-9a-zA-Z《》‘’!?]|委员|议员|代表|主席|书记|记者")


def names_of(
    texts: Sequence[str],
    tagged: Sequence[Sequence[Name]],
    split: Sequence[Sequence[SplitName]],
    segmenter: Segmenter,
) -> tuple[dict[str, list[float]], dict[str, str]]:
    """Return the names of a page with the margins they are seen with, and those spelt with blanks in them."""
    margins: defaultdict[str, list[float]] = defaultdict(list)
    spelt: dict[str, str] = {}
    vouched: set[str] = set()
    for text, names, splits in zip(texts, tagged, split, strict=True):
        for each in splits:
            margins[each.name].append(_SPLIT_MARGIN)
        for name in names:
            if not any(each.start < name.end and each.end > name.start for each in splits):
                form = _to_end_of_item(text, name.start, name.end)
                form = _without_place(form, text[name.start + len(form) : name.start + len(form) + 1])
                margins[without_blanks(form)].append(name.margin)
                if without_blanks(form) != form:
                    spelt[form] = without_blanks(form)
        for between in _framed(text, [name for name in names if name.margin >= _SURE], segmenter):
            margins[between].append(_SURE)
            vouched.add(between)
    for foreign in (*names_by_sound(texts, segmenter), *_latin_names(texts)):
        margins[without_blanks(foreign)].append(_SURE)
        vouched.add(without_blanks(foreign))
        if without_blanks(foreign) != foreign:
            spelt[foreign] = without_blanks(foreign)
    for opening in _opening(texts, margins, segmenter):
        margins[opening].append(_SURE)
    _lengthen(margins, texts, segmenter)
    good = _without_pieces(_settled(margins, texts, vouched, segmenter), vouched, texts)
    return {name: margins[name] for name in good}, {
        form: name for form, name in spelt.items() if name in good
    }


def _latin_names(texts: Iterable[str]) -> Iterator[str]:
    """Yield the names in Latin letters before a word of saying or a colon, or behind an office."""
    for text in texts:
        if _LATIN.search(text):
            for match in _LATIN_NAME.finditer(text):
                yield match["name"]


def _to_end_of_item(text: str, start: int, end: int) -> str:
    """Return a name of a list, with the one character that is left of its item where it was cut short."""
    rest = _REST_OF_ITEM.match(text, end) if end - start == 2 and text[start - 1 : start] == "、" else None
    return text[start : end + 1] if rest and not _NOT_LAST.match(text, end) else text[start:end]


def _without_place(form: str, behind: str) -> str:
    """Cut 市 off a name where it belongs to the title 市长, and 委 where it belongs to 委员."""
    cut = form[-1:] + behind in _TITLES or (behind == "长" and form[-1:] in "省市区县州局厅部院校处科司议")
    return form[:-1] if cut else form


def _framed(text: str, names: Sequence[Name], segmenter: Segmenter) -> Iterator[str]:
    """Yield the names that stand between a title and a word of saying where the tagger is sure of none."""
    number = 0
    for said in _SAID.finditer(text):
        end = said.start()
        while number < len(names) and names[number].end <= end - _NEAR:
            number += 1
        if end < 2 or (number < len(names) and names[number].start < end):
            continue
        window = text[max(0, end - _WINDOW) : end]
        for needs, pattern in _FRAMED:
            match = pattern.search(window) if needs.search(window) else None
            name = without_blanks(match["name"]) if match else ""
            if name and (
                _may_be_name(name, segmenter) or _is_foreign(name, window) or _has_surname(name, needs)
            ):
                yield name
                break


def _may_be_name(name: str, segmenter: Segmenter) -> bool:
    """Tell whether what stands in the place of a name can be one: Chinese, dotted, or written by sound."""
    if "·" in name or (_FOREIGN.fullmatch(name) and not segmenter.is_word(name)):
        return True
    return is_name(name, segmenter) and name[0] not in PARTICLES and name[-1] not in _NEVER_LAST


def _opening(texts: Sequence[str], known: dict[str, list[float]], segmenter: Segmenter) -> set[str]:
    """Return those who open a clause with a word of saying behind, and stand behind an office elsewhere."""
    names = {match["name"] for text in texts for match in _OPENING.finditer(text)}
    names = {name for name in names if not _begins_with(name, known) and not segmenter.is_word(name)}
    if not names:
        return names
    longest = max(map(len, names))
    ends = [(text, match.end()) for text in texts for match in _OFFICE.finditer(text)]
    return names & {text[end : end + length] for text, end in ends for length in range(2, longest + 1)}


def _is_foreign(name: str, window: str) -> bool:
    """Tell whether a word written by sound stands behind an office of other countries: 总统普京."""
    return _FOREIGN.fullmatch(name) is not None and OF_OTHER_COUNTRIES.search(window) is not None


def _has_surname(name: str, needs: re.Pattern[str]) -> bool:
    """Tell whether three characters between an office and a word of saying begin as a name does."""
    return needs is _OFFICE and len(name) == 3 and name[0] in SURNAMES and name[-1] not in _NEVER_LAST


def _begins_with(name: str, known: Container[str]) -> bool:
    """Tell whether a known name stands at the beginning: 李某某在会后 is none."""
    return any(name[:length] in known for length in range(2, len(name) + 1))


def _lengthen(margins: dict[str, list[float]], texts: Iterable[str], segmenter: Segmenter) -> None:
    """Give names that were cut short their ends: the last part of a dotted name, two behind two surnames."""
    short = {name for name in margins if "·" in name or (len(name) == 2 and is_surname(name[0]))}
    behind: dict[str, list[str]] = {}
    matcher = WordMatcher(short)
    for text in texts if short else ():
        for at, name in matcher.all_in(text):
            behind.setdefault(name, []).append(text[at + len(name) : at + len(name) + 4])
    for name, rests in sorted(behind.items()):
        if "·" in name:
            longer = name + _rest_of_dotted(rests)
        elif is_surname(name[1]):
            longer = name + _rest_of_double(rests, segmenter)
        else:
            longer = name + _rest_of_short(rests)
        if longer not in margins:
            margins[longer] = margins[name]
            if "·" in name or all(rest.startswith(longer[len(name) :]) for rest in rests):
                del margins[name]


def _rest_of_dotted(rests: Iterable[str]) -> str:
    found = [match[0] for rest in sorted({*rests}) if (match := _REST.match(rest))]
    return found[0] if found else ""


def _rest_of_short(rests: Sequence[str]) -> str:
    """Return the character that stands behind a short name wherever it does, with different words behind."""
    last, behind = {rest[:1] for rest in rests}, {rest[1:2] for rest in rests}
    fits = len(last) == 1 and len(behind) > _DIFFERENT and re.fullmatch(_HAN, "".join(last))
    return "" if not fits or _NOT_LAST.match(rests[0]) or cues_in(rests[0])[:1] else last.pop()


def _rest_of_double(rests: Sequence[str], segmenter: Segmenter) -> str:
    """Return the given name that stands behind a surname of two, always or more than once."""
    given = Counter(_without_place(rest[:2], rest[2:3]) for rest in rests)
    [(likeliest, count)] = given.most_common(1)
    fits = (
        (len(given) == 1 or count > 1)
        and re.fullmatch(_HAN + "{1,2}", likeliest)
        and not holds_saying(likeliest)
        and not (len(likeliest) == 2 and segmenter.is_word(likeliest))
    )
    return likeliest if fits else ""


def _settled(
    margins: dict[str, list[float]], texts: Iterable[str], vouched: Container[str], segmenter: Segmenter
) -> set[str]:
    """Return the names that are sure enough, those cut too short or too long left out."""
    good = {
        name
        for name, each in margins.items()
        if _is_sure(each) and not _is_address(name) and (name in vouched or _is_clean(name, segmenter))
    }
    pairs = sorted((len(longer), longer[:-1], longer) for longer in good if longer[:-1] in good)
    if not pairs:
        return good
    counts: defaultdict[str, int] = defaultdict(int)
    forms = WordMatcher(form for _, *both in pairs for form in both)
    for text in texts:
        for _, form in forms.all_in(text):
            counts[form] += 1
    for _, name, longer in pairs:
        # Where the shorter one stands without the last character, that character belongs to what follows.
        good.discard(longer if counts[name] > counts[longer] else name)
    return good


def _without_pieces(names: set[str], vouched: Container[str], texts: Iterable[str]) -> set[str]:
    """Leave out the names that stand nowhere but inside a longer one that is vouched for: 迪克 in 多迪克."""
    longer = {name for name in names if name in vouched and _FOREIGN.fullmatch(name)}
    pieces = {name for name in names if any(name in each and name != each for each in longer)}
    if not pieces:
        return names
    matcher = WordMatcher({*longer, *pieces})
    alone = {name for text in texts for _, name in matcher.longest_in(text)}
    return names - (pieces - alone)


def _is_sure(margins: Sequence[float]) -> bool:
    return max(margins) >= _SURE or sum(margins) >= 2 * _SURE


def _is_address(name: str) -> bool:
    """Tell whether this is a surname and a title: 王校长."""
    title = TITLES_OF_ADDRESS.fullmatch(name, 2 if name[:2] in COMPOUND_SURNAMES else 1)
    return title is not None and (len(title[0]) > 1 or title[0] == "官")


def _is_clean(name: str, segmenter: Segmenter) -> bool:
    """Tell whether a name holds no mark, no title, and is no word."""
    if len(name) < 2 or _NOT_IN_NAMES.search(name) or (len(name) < 4 and segmenter.is_word(name)):
        return False
    return name[1] not in "则亦也又还就均指称说认都再曾将已并被" and (
        len(name) == 2 or name[1:] not in SAYING
    )
