"""Role, organisation and position of somebody, from the titles that stand at the mentions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Container, Iterable, Iterator

from msgspec import Struct

from indexer.extraction.delivery_line import delivery_line
from indexer.extraction.patterns import POSITION, POST_PARTS, SEAT
from indexer.extraction.speakers.cues import SEATS, TITLES
from indexer.extraction.speakers.mentions import Mention
from indexer.extraction.speakers.page_text import PageParagraph, PageText
from indexer.models import SPEAKING_KINDS

__all__ = ["Titles", "titles_of", "titles_start"]

_REACH = 60  # characters before a mention in which its titles stand

_CLAUSE = re.compile(r"[。;:!?“”()\s]|(?<![代委议常])[,](?!\s*$)")
_ROLE_LAST = re.compile(rf"(?<!委){SEAT},?$")
_ROLE_FIRST = re.compile(rf"(?:^|.*?)(?<!委){SEAT}[、,](?=.)")
_POST_LAST = re.compile(
    rf"(?:{POSITION}|特首|行政长官|发言人|召集人|副召集人|成员|党魁|干事|幹事|参选人|班长|理事|警司|主任委员|同学|主持人|农民|教授|老师|夫人|领袖|领导人|组长|会长|负责人)$"
)
_LEAD = re.compile(
    r"^(?:.*(?:应邀|会见|会晤|接见|欢迎|邀请|公布|宣布|陪同|询问|采访|参加|出席|当天|昨日|昨天|今日|今天|上午|下午|会上|据|由|另外|其后|不过|此外|至于|来自|身为|作为|身兼|对于|而)|.{0,12}的(?=.{3}))"
)
_INSIDE = re.compile(
    "委员|议员|代表|副?(?:议长|院长|部长|县长|市长|局长|处长|司长|署长|主任|主席|秘书长|次长)"
)
_BRACKETED_ROLE = re.compile(rf"\({SEAT}[,、)]")
_VERB = re.compile("(?<=[委议]员)代表$")  # 某某委员代表某党


class Titles(Struct, frozen=True):
    """What a person is called: the part in the session, the organisation and the office in it."""

    role: str | None = None
    organisation: str | None = None
    position: str | None = None

    def joined(self, other: Titles) -> Titles:
        """Return these titles, with what the others tell more."""
        organisation, position = (
            (self.organisation, self.position) if self.position else (other.organisation, other.position)
        )
        return Titles(_longer(self.role, other.role), organisation, position)


def _longer(one: str | None, two: str | None) -> str | None:
    return max(filter(None, (one, two)), key=len, default=None)


def _titles_at(text: str, mention: Mention, since: int) -> Titles:
    """Find the titles before a mention, from `since` on, and behind it."""
    if mention.form == "split":
        inside = _INSIDE.search(text[mention.start : mention.end])
        return Titles(inside[0]) if inside else Titles()
    before = _clause_before(text, mention, since)
    behind, bracket = TITLES.match(text, mention.end), _BRACKETED_ROLE.match(text, mention.end)
    called = _VERB.sub("", behind[0]) if behind else ""
    role = bracket["role"] if bracket else called if SEATS.search(called) else None
    first = _ROLE_FIRST.match(before)
    if first:
        return Titles(first["role"], *_posts(before[first.end() :])).joined(Titles(role))
    last = _ROLE_LAST.search(before)
    if last:
        return Titles(last["role"], *_posts(before[: last.start()]))
    return Titles(role, *_posts(before, called if not role else ""))


def titles_start(paragraph: PageParagraph, mention: Mention) -> int:
    """Find where the titles before a mention begin, the mention itself where there are none."""
    text, since = paragraph.normalised, _end_of_name_before(paragraph, mention)
    titles, before = _titles_at(text, mention, since), _clause_before(text, mention, since)
    parts = (titles.role, titles.organisation, titles.position)
    offsets = [at for at in (before.rfind(part) for part in parts if part) if at >= 0]
    end = len(text[: mention.start].rstrip(" 、"))
    return end - len(before) + min(offsets) if offsets else mention.start


def _end_of_name_before(paragraph: PageParagraph, mention: Mention) -> int:
    """Find where the last name before a mention ends: the titles of the next begin behind it."""
    positions = paragraph.name_positions
    number = bisect_right(positions, mention.start, key=lambda position: position.end)
    return positions[number - 1].end if number else 0


def _clause_before(text: str, mention: Mention, since: int) -> str:
    """Return what stands before a mention in its clause, from `since` on."""
    return _CLAUSE.split(text[max(since, mention.start - _REACH) : mention.start].rstrip(" 、"))[-1]


def _posts(before: str, called: str = "") -> tuple[str | None, str | None]:
    """Return the organisation and the office that a text ends with, else the office behind the name."""
    text = _LEAD.sub("", before)
    match = _POST_LAST.search(text)
    if not match:
        return None, called.split("等", maxsplit=1)[0] or None
    organisation, position = _post_parts(text)
    return (organisation, position) if position else (text[: match.start()] or None, match[0])


def titles_of(page: PageText, people: Collection[str], heads: Container[int]) -> dict[str, Titles]:
    """Collect the fullest titles that a page gives to each of some people, as printed.

    They stand in what speaks, and in the `heads`: the numbers of the lines that say who delivers a text.
    """
    known: dict[str, Titles] = {}
    for number, paragraph in enumerate(page.paragraphs):
        if number in heads:
            mentions = _mentions_in_head(paragraph, people)
        else:
            mentions = _mentions(paragraph) if paragraph.kind in SPEAKING_KINDS else iter(())
        for mention in mentions:
            if mention.name in people:
                since = _end_of_name_before(paragraph, mention)
                since = max(since, _start_of_who(paragraph)) if number in heads else since
                found = _titles_at(paragraph.normalised, mention, since)
                known[mention.name] = known.get(mention.name, Titles()).joined(_as_printed(found, paragraph))
    return known


def _start_of_who(paragraph: PageParagraph) -> int:
    """Find where a line that says when and by whom a text was delivered begins to say by whom."""
    line = delivery_line(paragraph.normalised)
    return line.start("before" if line["before"] else "behind") if line else 0


def _mentions(paragraph: PageParagraph) -> Iterator[Mention]:
    """Find the full names of a paragraph, then those with the title inside."""
    for position in paragraph.name_positions:
        yield Mention(position.start, position.end, position.name, "full")
    for split in paragraph.split_names:
        yield Mention(split.start, split.end, split.name, "split")


def _mentions_in_head(paragraph: PageParagraph, people: Iterable[str]) -> Iterator[Mention]:
    """Find in a line that says who delivers a text the people sought, also with blanks in their names."""
    for name in people:
        match = re.search(r"\s*".join(map(re.escape, name)), paragraph.normalised)
        if match:
            yield Mention(*match.span(), name, "full")


def _as_printed(titles: Titles, paragraph: PageParagraph) -> Titles:
    """Write titles in the characters of the page."""

    def spell(part: str | None) -> str | None:
        at = paragraph.normalised.find(part) if part else -1
        return paragraph.text[at : at + len(part)] if part and at >= 0 else part

    return Titles(spell(titles.role), spell(titles.organisation), spell(titles.position))


def _post_parts(post: str) -> tuple[str | None, str | None]:
    """Split a post into organisation and office; of several posts, the last one stands at the name."""
    parts = POST_PARTS.match(post.strip("、"))
    if parts is None:
        return None, None
    cut = parts.start("position")
    return post[:cut] or None, post[cut:].strip("、")
