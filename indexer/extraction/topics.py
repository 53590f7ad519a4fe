"""Find what a paragraph is about: proposals, headings, categories, keywords, in the order of trust."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import dropwhile, pairwise

from indexer.analysis.segmenter import Segmenter
from indexer.extraction.word_lists import POSITIONS, SESSION_WORDS
from indexer.models import Topic
from indexer.text.folding import fold, fold_in_place
from indexer.text.han import BMP_HAN

__all__ = ["proposals", "quoted_terms", "topics"]

_OFFICES = tuple(POSITIONS)
_MOST = 5  # topics of a paragraph, the categories that it names apart
_OFTEN = 3  # times a long word stands in a paragraph, if it is a keyword by itself
_OFTEN_IN = 400  # characters of a long paragraph in which a keyword stands once more
_LONG = 4  # characters of a word that is no common one
_DENSE = 0.12  # of the characters of a paragraph that a shorter word fills, if it is a keyword by itself
_TELLING_PAIR = 11.0  # the least idf of both words of a pair that is a keyword: 经济建设 is none
_CLAUSE = re.compile(
    r"[的了呢吗吧啥嗎不們们我你他她佢唔咗嘅嘢啦個个到好都]"
)  # in quotation marks: somebody's words, no term
_TELLING = 5.3  # the least idf of a word that is a keyword by itself: 农业 is one, 企业 none
_COUNTED = re.compile(
    r"^\s*(?:[（(][一二三四五六七八九十百\d]{1,4}[）)]|[一二三四五六七八九十百\d]{1,4}[、.．]|第[一二三四五六七八九十百\d]{1,4}[章节部分]{1,2}[、\s])\s*"
)
_COLUMN_NAME = re.compile(r"^(?:【[^】]{1,14}】|\[[^\]]{1,6}\]|[标標][题題][：:])+")
_NO_TOPIC = re.compile(
    r"(?:工作报告|議事錄|议事录|[会會][议議][纪紀记記][录錄]|四?件事|快讯|要闻|简讯|[报報]告事[项項]|[讨討][论論]事[项項]|工作回顾|[答质質][复復询詢]部分|第.{1,3}[款项項].{0,12}|[质質][询詢]事[项項](?:[（(].*)?|核心阅读|照片|圖片|图片|(?:重点|政府)工作(?:任务|安排)?|工作的建议|主要任务|总体部署|年的?工作|其[他它]事[项項]|(?:法案|案)名[称稱]|者[：:]\d+人)$"
    r"|^各位|^(?:贊成|反對|棄權)者|^mso-|[{}]|^[讨討][论論]事|总体要求(?:和|、|$)|总体部署"
)
_MAX_KEYWORDS = 3  # a paragraph's own words beside what its headings say
_DOCUMENT = r"(?:建议|提案|议案|意见|提議|建議|議案)"
_PROPOSALS = (
    re.compile(rf"[“「]([^“”「」]{{6,60}}?)(?:的{_DOCUMENT})?[”」]的{_DOCUMENT}"),
    re.compile(r"(?:拟具|擬具)[「“]([^「」“”]{4,60})[」”]"),
    re.compile(rf"《((?:关于|關於)[^《》]{{4,60}}?)的?{_DOCUMENT}》"),
    re.compile(
        rf"(?<![“《「])((?:关于|關於)[^，。；：“”《》]{{4,40}}?)的(?:集体)?{_DOCUMENT}(?!工作|办理|审查)"
    ),
)
# The five parts of the national plan (五位一体), as reports sort proposals by them.
_CATEGORY = re.compile(r"(经济|政治|文化|社会|生态文明)建设(?:方面|领域|类)")
_QUOTED_TERM = re.compile(  # “…”的建议 is the title of a proposal
    rf"[“「]({BMP_HAN}{{3,8}})[”」](?!的?(?:建议|提案|议案))"
)
_SESSION_NAME = re.compile(r"中国人民政治协商会议|(?:中国人民政治协商会议|政协|第)\S*(?:会议|委员会)")


def topics(
    text: str,
    segmenter: Segmenter,
    *,
    title: str | None,
    section: str | None,
    carried: Sequence[Topic] = (),
    people: Sequence[str] = (),
) -> tuple[Topic, ...]:
    """List the topics of a paragraph under `title` and `section`, the most trusted first.

    `carried` are proposals made before that its speaker still speaks of; `people` are names and
    posts, which are never keywords.
    """
    named = (
        *proposals(text),
        *carried,
        *_heading_topic(section, "section", people),
        *_heading_topic(title, "title", people),
    )
    found = (*[*dict.fromkeys(named)][:_MOST], *_categories(text))
    keywords = _keywords(text, people, segmenter)
    return tuple(dict.fromkeys((*found, *keywords[: max(0, _MOST - len(found))])))


def quoted_terms(text: str) -> list[str]:
    """List the terms that a text sets in quotation marks, each as often as it occurs."""
    return _QUOTED_TERM.findall(text)


def proposals(text: str) -> list[Topic]:
    """List the formal titles of the proposals that a paragraph names."""
    found = [(match.start(), match[1]) for pattern in _PROPOSALS for match in pattern.finditer(text)]
    return [Topic(label, "proposal") for label in dict.fromkeys(label for _, label in sorted(found))]


def _categories(text: str) -> list[Topic]:
    """List the official categories that a paragraph names."""
    return [Topic(label + "建设", "category") for label in dict.fromkeys(_CATEGORY.findall(text))]


def _heading_topic(heading: str | None, from_: str, people: Sequence[str]) -> list[Topic]:
    """Make a topic of a heading, without a number, a column and the session that stand before its subject.

    What documents of a kind have alike is none (政府工作报告, 2014年工作回顾, 国内快讯), nor is who speaks.
    """
    if heading is None:
        return []
    heading = _COUNTED.sub("", _COLUMN_NAME.sub("", heading))
    *names, last = heading.split() or [""]
    parts = [*dropwhile(_SESSION_NAME.fullmatch, names), last]
    label = " ".join(parts)
    is_topic = label and label not in people and not _NO_TOPIC.search("".join(parts))
    return [Topic(label, from_)] if is_topic else []


def _keywords(text: str, names: Sequence[str], segmenter: Segmenter) -> list[Topic]:
    """Choose the keywords of a paragraph: repeated nouns and pairs of nouns, and quoted terms, by TF-IDF.

    People's `names` and posts, and words that every session has, are left out.
    """
    folded = fold(text)
    excluded = [fold(name) for name in names]
    counts = _repeated_nouns(segmenter.cut(folded), segmenter)
    quoted = (tuple(segmenter.cut(fold(word))) for word in quoted_terms(text) if not _CLAUSE.search(word))
    counts.update(term for term in quoted if _is_term(term, folded, segmenter))
    weights = {
        term: count * sum(map(segmenter.idf, term))
        for term, count in counts.items()
        if not any(name in "".join(term) or "".join(term) in name for name in excluded)
        and _tells(term, count, len(folded), segmenter)
    }
    chosen: list[tuple[str, ...]] = []
    for term in sorted(weights, key=lambda term: (-weights[term], folded.find(term[0]))):
        if not any(_overlap(term, other) for other in chosen):
            chosen.append(term)
        if len(chosen) == _MAX_KEYWORDS:
            break
    return [Topic(_as_printed("".join(term), text), "keyword") for term in chosen]


def _repeated_nouns(words: Sequence[str], segmenter: Segmenter) -> Counter[tuple[str, ...]]:
    """Count the nouns that occur again, and the pairs of neighbouring nouns that do.

    A noun that occurs once tells little, however high its idf. One in a pair counts in the pair only.
    """
    is_noun = segmenter.is_noun
    again = {word for word, count in Counter(words).items() if count > 1 and len(word) > 1}
    kept = {word for word in again if is_noun(word) and not _is_stop_word(word)}
    nouns = [word if word in kept else "" for word in words]
    pairs = _occurring_again(pair for pair in pairwise(nouns) if all(pair))
    paired = {noun for pair in pairs for noun in pair}
    return pairs + _occurring_again((noun,) for noun in nouns if noun and noun not in paired)


def _tells(term: tuple[str, ...], count: int, length: int, segmenter: Segmenter) -> bool:
    """Tell whether words are a keyword: a rare pair, a long word, often enough, or what fills a text."""
    if count * _OFTEN_IN < length - _OFTEN_IN:
        return False
    if len(term) > 1:
        return sum(map(segmenter.idf, term)) >= _TELLING_PAIR
    (word,) = term
    is_often = len(word) >= _LONG and count >= _OFTEN
    return is_often or (count * len(word) >= _DENSE * length and segmenter.idf(word) >= _TELLING)


def _is_term(quoted: tuple[str, ...], folded: str, segmenter: Segmenter) -> bool:
    """Tell whether what stands in quotation marks is a term: a noun, coined, or there again."""
    is_coined = not all(map(segmenter.is_word, quoted))
    return is_coined or segmenter.is_noun(quoted[-1]) or folded.count("".join(quoted)) > 1


@lru_cache(1 << 16)
def _is_stop_word(noun: str) -> bool:
    """Tell whether a noun is no keyword of any text: every session has it, or it is an office."""
    return noun in SESSION_WORDS or noun.endswith(_OFFICES)


def _occurring_again(terms: Iterable[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    return Counter({term: count for term, count in Counter(terms).items() if count > 1})


def _overlap(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    one, other = "".join(left), "".join(right)
    return one in other or other in one or not set(left).isdisjoint(right)


def _as_printed(term: str, text: str) -> str:
    """Return a folded term as the text spells it, unless a blank stands inside it there."""
    start = fold_in_place(text).find(term)
    return text[start : start + len(term)] if start >= 0 else term
