"""What the address of a page asks for: a query, filters, an order, a page; and addresses that ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, get_args
from urllib.parse import quote, quote_plus

from msgspec import Struct
from msgspec.structs import replace

from indexer import LianghuiError
from query.choices import Sort
from query.language.fields import FILTERS

__all__ = ["VALUE_SORTS", "Asked", "path_of"]

VALUE_SORTS = ("count", "value")
"""Orders of values in a list: the most frequent first, or in the order of their text."""

_MAX_PAGE = 1_000_000
_MAX_TEXTS = 20  # of all filters together
_LONG = 80  # characters of a query
_MAX_LENGTH = 2_000  # characters of a filter
_FILTER_NAMES = tuple(each.name for each in FILTERS)
_SWITCHES = ("collapse", "strict", "share")
_PERIODS = ("month", "year")
_LANGUAGES = ("zh", "en")


class Asked(Struct, frozen=True):
    """A query with its filters, by their names, and how its answer is shown.

    `sort` is "" and `limit` 0 where the view decides; `contains` is what the names in a list have to hold.
    `by` is the period of the timeline, "" for the one that fits; `share` shows it relative to how much there
    is. `language` is "" unless the address names one.
    """

    query: str = ""
    filters: Mapping[str, tuple[str, ...]] = {}
    sort: str = ""
    page: int = 1
    limit: int = 0
    contains: str = ""
    collapse: bool = False
    strict: bool = False
    by: str = ""
    share: bool = False
    language: str = ""

    @classmethod
    def read(cls, parameters: Iterable[tuple[str, str]], *, most: int) -> Asked:
        """Read the parameters of an address; a page may have `most` hits or values.

        Raise `LianghuiError` for one that cannot be understood; those of other names are passed over.
        """
        found: dict[str, list[str]] = {}
        for name, text in parameters:
            if text:
                found.setdefault(name, []).append(text)
        last = {name: texts[-1] for name, texts in found.items()}
        return cls(
            query=last.get("q", ""),
            filters=_filters(found),
            sort=_choice("sort", last, (*get_args(Sort), *VALUE_SORTS)),
            page=_number("page", last, 1, _MAX_PAGE),
            limit=_number("limit", last, 0, most),
            contains=last.get("name", "")[:_MAX_LENGTH],
            by=_choice("by", last, _PERIODS),
            language=_choice("lang", last, _LANGUAGES),
            **{name: _choice(name, last, ("1",)) == "1" for name in _SWITCHES},
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return not self.query.strip() and not self.filters

    @property
    def is_long(self) -> bool:
        """Whether the query is too long to stand in each of the hundred addresses of a page."""
        return len(self.query) > _LONG

    def with_filter(self, name: str, value: str) -> Asked:
        """Ask for the paragraphs that have exactly this value, too, in place of the filter of this name."""
        return replace(self, filters={**self.filters, name: (f"={value}",)}, page=1)

    def without_filter(self, name: str, text: str | None = None) -> Asked:
        """Leave out a text of a filter, or the whole filter."""
        left = tuple(each for each in self.filters.get(name, ()) if text is not None and each != text)
        others = {key: texts for key, texts in self.filters.items() if key != name}
        return replace(self, filters={**others, name: left} if left else others, page=1)

    def arguments(self) -> dict[str, Any]:
        """Return the filters, and whether the search is strict, as `Index.search` takes them."""
        return {"strict": self.strict, **{name: list(texts) for name, texts in self.filters.items()}}

    def url(self, path: str = "/", **changes: Any) -> str:
        """Compose the address that asks for this at a path; what is the default is left out."""
        asked = replace(self, **changes) if changes else self
        pairs = [(name, text) for name, text in (("q", asked.query), ("name", asked.contains)) if text]
        pairs += [(name, text) for name, texts in asked.filters.items() for text in texts]
        pairs += [(name, getattr(asked, name)) for name in ("sort", "by") if getattr(asked, name)]
        pairs += [(name, "1") for name in _SWITCHES if getattr(asked, name)]
        pairs += [("page", str(asked.page))] if asked.page != 1 else []
        pairs += [("limit", str(asked.limit))] if asked.limit else []
        pairs += [("lang", asked.language)] if asked.language else []
        return f"{path}?{'&'.join(f'{name}={_quoted(text)}' for name, text in pairs)}" if pairs else path


def path_of(kind: str, name: str) -> str:
    """Compose the path of the page of a paragraph (p), a speaker, a topic or a session."""
    return f"/{kind}/{quote(name, safe='')}"


@lru_cache(4096)
def _quoted(text: str) -> str:
    """Quote a text for an address: a page has dozens of them with the same query."""
    return quote_plus(text)


def _filters(found: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    filters = {name: tuple(dict.fromkeys(found[name])) for name in _FILTER_NAMES if name in found}
    texts = [text for several in filters.values() for text in several]
    if len(texts) > _MAX_TEXTS:
        raise LianghuiError(f"there are {len(texts)} filters and there may be {_MAX_TEXTS}; leave some out")
    if any(len(text) > _MAX_LENGTH for text in texts):
        raise LianghuiError(f"a filter may have {_MAX_LENGTH} characters; give a part of it")
    return filters


def _choice(name: str, given: Mapping[str, str], choices: tuple[str, ...]) -> str:
    text = given.get(name, "")
    if text and text not in choices:
        raise LianghuiError(f"there is no {name} {text!r}; there are {', '.join(choices)}")
    return text


def _number(name: str, given: Mapping[str, str], default: int, most: int) -> int:
    if name not in given:
        return default
    text = given[name]
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and 1 <= int(text) <= most):
        raise LianghuiError(f"{name} is a number from 1 to {most}; write {name}=1")
    return int(text)
