"""What the head of a page says of its article: its titles, and the day on which it was published."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Any

from lxml import html
from msgspec import Struct

__all__ = ["Metadata", "read_metadata"]

_TITLES = frozenset(
    "og:title twitter:title articletitle title dc.title dcterms.title citation_title headline".split()
)
_DATES = frozenset(
    (
        "article:published_time og:published_time og:pubdate pubdate publishdate publish-date publish_date"
        " publication_date pub_date published_time published published-date releasedate date_published"
        " datepublished dc.date dc.date.issued dc.date.created dcterms.date dcterms.issued dcterms.created"
        " sailthru.date parsely-pub-date article.published citation_date citation_publication_date livetime"
        " weibo:article:create_at"
    ).split()
)
_DAY = re.compile(
    r"\s*((?:19|20)\d\d)(?:[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})|(\d\d)(\d\d))(?!\d{1,3}(?:\D|$))"
)
_JAVA_DAY = re.compile(r"[A-Z][a-z]{2},? ([A-Z][a-z]{2}) (\d{1,2}) [\d:]{8} (?:[A-Z]{3,4} )?((?:19|20)\d\d)$")
_MAIL_DAY = re.compile(r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) ((?:19|20)\d\d)\b")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_OLDEST = date(1900, 1, 2)  # template days such as 1900-01-01 and 1970-01-01 are none
_TEMPLATE_DAYS = frozenset({date(1970, 1, 1), date(2000, 1, 1), date(1980, 1, 1)})
_DAY_IN_JSON = re.compile(r'"(datePublished)"\s*:\s*"([^"]{1,60})"')
_MOST_TITLES = 10
_MOST_NESTED = 20  # levels of JSON-LD that are read
_ARTICLE_TYPE = re.compile(r"Article|Posting|Report|WebPage|Statement|Legislation|GovernmentService")


class Metadata(Struct):
    """The titles that a page gives itself, those of its article first, and its day (`YYYY-MM-DD`)."""

    titles: list[str]
    date: str | None = None


def read_metadata(tree: html.HtmlElement) -> Metadata:
    """Read the metadata of a page: meta tags, JSON-LD, `<time>` and `<title>`."""
    records = [record for record in _linked_data(tree) if _ARTICLE_TYPE.search(str(record.get("@type", "")))]
    metas = [(_meta_name(meta), meta.get("content", "")) for meta in tree.iter("meta")]
    headlines = [record.get("headline") for record in records]
    titles = [content for name, content in metas if name in _TITLES]
    titles += [title.text_content() for title in tree.iter("title")]
    days = chain(
        (content for name, content in metas if name in _DATES),
        (record.get("datePublished") for record in records),
        _times(tree),
    )
    found = next((day for value in days if isinstance(value, str) and (day := _read_day(value))), None)
    texts = [" ".join(title.split()) for title in [*headlines, *titles] if isinstance(title, str)]
    named = [text for text in dict.fromkeys(texts) if text]
    return Metadata(named[:_MOST_TITLES], found.isoformat() if found else None)


def _meta_name(meta: html.HtmlElement) -> str:
    return (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").strip().lower()


def _times(tree: html.HtmlElement) -> Iterator[str]:
    """Yield what the page marks as the time of publication; a `<time>` alone may be anybody's comment."""
    for element in tree.iterfind(".//*[@itemprop='datePublished']"):
        yield element.get("datetime") or element.get("content") or element.text_content()
    times = list(tree.iter("time"))
    published = [time for time in times if time.get("pubdate") is not None]
    for time in published or (times if len(times) == 1 else []):
        yield time.get("datetime", "")


def _read_day(value: str) -> date | None:
    """Read a day that stands in full at the beginning of a value; None when it is not plausible."""
    text = value.strip()[:60]
    if found := _DAY.match(text):
        year, month, day = (int(part) for part in found.groups() if part)
    elif found := _JAVA_DAY.match(text):
        year, month, day = int(found[3]), _month(found[1]), int(found[2])
    elif found := _MAIL_DAY.match(text):
        year, month, day = int(found[3]), _month(found[2]), int(found[1])
    else:
        return None
    try:
        read = date(year, month, day)
    except ValueError:
        return None
    tomorrow = datetime.now(tz=UTC).date() + timedelta(days=1)  # it is later in the east
    return read if _OLDEST <= read <= tomorrow and read not in _TEMPLATE_DAYS else None


def _month(name: str) -> int:
    return _MONTHS.index(name) + 1 if name in _MONTHS else 0


def _linked_data(tree: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the records of the page's JSON-LD, with those inside them."""
    for script in tree.iter("script"):
        if "ld+json" not in script.get("type", "").lower():
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):  # templates forget commas
            yield {"@type": "Article", **dict(_DAY_IN_JSON.findall(script.text or "")[:1])}
            continue
        yield from _records(data, _MOST_NESTED)


def _records(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    if depth:
        for value in values:
            yield from _records(value, depth - 1)
