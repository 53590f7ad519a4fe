"""Documents that one person delivers: reports, speeches and letters whose head names who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.extraction.delivery_line import delivery_line
from indexer.extraction.names import is_name
from indexer.extraction.patterns import POSITION
from indexer.extraction.speakers.page_text import TRANSCRIPT, PageParagraph, PageText
from indexer.extraction.speakers.split_names import without_blanks
from indexer.models import SPEAKING_KINDS

__all__ = ["deliveries"]

_HEAD = 6  # pieces of an article above its text
_LONGEST = 40  # characters of a line that names who delivers
_SPOKEN = re.compile(
    r"(?:报\s*告|讲\s*话|致\s*[辞词]|演\s*讲|发\s*言|贺信|贺词|献词|公开信|述职|祝酒[辞词])(?:\(.*\))?\s*$"
)
_SALUTATION = re.compile(
    r"\s*(?:(?:尊敬的|亲爱的)?(?:各位|同志们|女士们|先生们|朋友们|乡亲们|同学们|主席|主任)[^。,:]{0,30}[:,!]"
    r"|现在,?(?:请允许)?我(?:受|代表)|(?:受|我代表).{2,24}委托)"
)
_POST = re.compile(
    rf"(?:^|.*?)(?:{POSITION}|院长|检察长|代表|书记)[\s:]*(?P<name>\S{{2,3}}|\S\s{{1,4}}\S|\S+·\S+|(?<=\s)\S{{4,6}})\s*$"
)
_NAME_AND_POST = re.compile(rf"(?P<name>\S{{2,3}}|\S\s{{1,4}}\S|\S+·\S+){POSITION}$")
_SIGNS = ("记者", "通讯员", "摄", "编辑", "作者")


def deliveries(page: PageText) -> dict[int, tuple[str, int]]:
    """Map each article that somebody delivers to the name, and the number of the paragraph with it.

    Nobody delivers a transcript, in which several speak.
    """
    found: dict[int, tuple[str, int]] = {}
    if page.transcript > TRANSCRIPT:
        return found
    for article, head, opening in _heads(page):
        spoken = any(_SPOKEN.search(paragraph.normalised) for _, paragraph in head[:2])
        greets = any(_SALUTATION.match(paragraph.normalised) for paragraph in opening)
        for number, paragraph in head if spoken or greets else ():
            who = _named(paragraph, page, bare_name=spoken and greets)
            who = who or (_named_in_sentence(paragraph, page) if greets else None)
            if who and article not in found:
                found[article] = who, number
    return found


def _heads(page: PageText) -> Iterator[tuple[int, list[tuple[int, PageParagraph]], list[PageParagraph]]]:
    """Yield of each article its number, what stands above its text, and the first paragraphs of that."""
    paragraphs, start = page.paragraphs, 0
    while start < len(paragraphs):
        end = start
        while (
            end < len(paragraphs)
            and paragraphs[end].article == paragraphs[start].article
            and (end - start) < _HEAD
            and not _is_text(paragraphs[end])
        ):
            end += 1
        article = paragraphs[start].article
        yield (
            article,
            [*enumerate(paragraphs[start:end], start)],
            [paragraph for paragraph in paragraphs[end : end + 2] if paragraph.article == article],
        )
        while start < len(paragraphs) and paragraphs[start].article == article:
            start += 1


def _is_text(paragraph: PageParagraph) -> bool:
    return paragraph.kind in SPEAKING_KINDS and (
        len(paragraph.normalised) > _LONGEST or _SALUTATION.match(paragraph.normalised) is not None
    )


def _named(paragraph: PageParagraph, page: PageText, *, bare_name: bool) -> str | None:
    """Return who alone is named in a line, behind an office, or by nothing but the name."""
    text = paragraph.normalised.strip(" ()-—")
    if len(text) > _LONGEST or paragraph.split_names or any(sign in text for sign in _SIGNS):
        return None
    if bare_name and without_blanks(text) in page.people.by_name:
        return without_blanks(text)
    match = _POST.fullmatch(text)
    name = without_blanks(match["name"]) if match else ""
    apart = match.string[match.start("name") - 1 : match.start("name")].isspace() if match else False
    known = (
        name in page.people.by_name
        or is_name(name, page.people.segmenter)
        or (apart and not page.people.segmenter.is_word(name))
    )
    return name if name and known else None


def _named_in_sentence(paragraph: PageParagraph, page: PageText) -> str | None:
    """Return who is named in a line that says when, in which session and by whom a text was delivered."""
    line = delivery_line(paragraph.normalised)
    who = ((line["before"] or line["behind"] or "") if line else "").removesuffix("同志")
    match = _POST.fullmatch(who) or _NAME_AND_POST.fullmatch(who)
    name = without_blanks(match["name"]) if match else ""
    return name if name and not page.people.segmenter.is_word(name) else None
