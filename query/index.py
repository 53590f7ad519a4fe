"""An open index: search it, count its values, read its paragraphs and its words."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Unpack

from indexer.models import Paragraph
from indexer.store.address import ClusterAddress, place_of
from query.arguments import (
    check_filters,
    check_number,
    check_period,
    check_sort,
    check_text,
    facet_field,
    parse_query,
)
from query.choices import Sort
from query.hits import HitPage
from query.language.fields import Filters
from query.opening import OpenIndex, open_at
from query.paragraphs import article_around, find_paragraph, first_containing, neighbours
from query.places import find_place
from query.results import Facet, Period, Results
from query.status import Status, status_of
from query.suggestions import Suggestion
from query.words import Word, list_words

__all__ = ["Index", "open_index"]


def open_index(path: str | os.PathLike[str] | ClusterAddress = "index") -> Index:
    """Open the index in a folder, or at an address in a cluster: opensearch://HOST:PORT/NAME.

    Raise `IndexMissingError` when there is none, `IndexVersionError` when it is of another version,
    and `IndexDamagedError` when its files cannot be read.
    """
    return Index(open_at(place_of(path)))


class Index(OpenIndex):
    """An index opened for reading: what it may be asked. How it is held open: see `OpenIndex`."""

    def search(
        self,
        query: str,
        *,
        limit: int | None = 10,
        page: int = 1,
        strict: bool = False,
        sort: Sort = "score",
        collapse: bool = False,
        explain: bool = False,
        **filters: Unpack[Filters],
    ) -> Results:
        """Find the paragraphs that match `query`, best first; its syntax: see `query.language.parser`.

        A paragraph matches a word or a quoted phrase exactly when its text contains it. Where none
        matches as asked, the search relaxes the query step by step, unless it is `strict`: see
        `query.rewriting.relaxation`. What the steps below add stands in `near`, where a page has room. A
        filter passes paragraphs with a value that contains its text, see `query.language.fields`; with a
        filter, the query may be empty.

        `page` counts from 1 and has `limit` hits, all where that is None, in the order of `sort`: best first,
        newest or oldest first, or as in the seeds. `collapse` shows equal texts once, with their number;
        `explain` adds to every hit what each term adds to its score.

        Raise `QueryError` for a query that cannot be parsed, `LianghuiError` for a filter that cannot
        be, an unknown order, or a page or limit out of range; `TypeError` for arguments of other types
        and for an unknown filter.
        """
        limit = sys.maxsize if limit is None else limit
        check_number("limit", limit, 0)
        check_number("page", page, 1)
        check_sort(sort)
        check_filters(filters)
        tree = parse_query(query, optional=any(texts or texts == "" for texts in filters.values()))

        def answered() -> Results:
            question, answer, below = self._answers.find(query, tree, filters, strict=strict)
            shown = HitPage(self.finder, page, limit, sort, collapse, explain)
            matches = shown.matches(answer)
            hits, near = shown.hits(answer, matches), shown.near(answer, matches, below)
            facets, sizes = self._counts.frequent(matches)
            return question.results(answer, matches, facets, sizes, hits, near)

        return self._ask(answered)

    def values(
        self,
        field: str,
        query: str = "",
        *,
        by: str | None = None,
        limit: int | None = None,
        containing: str = "",
        strict: bool = False,
        **filters: Unpack[Filters],
    ) -> tuple[Facet, ...]:
        """Count the values of a facet field over the paragraphs that match `query`, or over all.

        The most frequent come first, all or at most `limit`, and only those that hold `containing`. `by`
        names a second field, whose values are counted within each value of the first; the facet fields are
        those of `FACETS`.

        Raise `LianghuiError` for a field that is no facet, and else what `search` raises.
        """
        counted = self.count_values(
            field, query, by=by, limit=limit, containing=containing, strict=strict, **filters
        )
        return counted.facets[facet_field(field)]

    def count_values(
        self,
        field: str,
        query: str = "",
        *,
        by: str | None = None,
        limit: int | None = None,
        containing: str = "",
        strict: bool = False,
        **filters: Unpack[Filters],
    ) -> Results:
        """Answer a query as `search` does, with the `values` of one facet field and no hits.

        Raise `LianghuiError` for a field that is no facet, and else what `search` raises.
        """
        field, by = facet_field(field), facet_field(by) if by else None
        tree = parse_query(query, optional=True)
        check_filters(filters)

        def answered() -> Results:
            question, answer = self._answers.recall(query, tree, filters, strict=strict)
            values, size = self._counts.values(answer.matches, field, by, limit, containing)
            return question.results(answer, answer.matches, {field: values}, {field: size})

        return self._ask(answered)

    def timeline(
        self, query: str = "", *, by: str = "month", strict: bool = False, **filters: Unpack[Filters]
    ) -> tuple[Period, ...]:
        """Count the paragraphs that match `query` by month or year, in order, and all there are of each.

        Periods without a match are left out; what is only known to be of a year counts in a month called so.

        Raise `LianghuiError` unless `by` is month or year, and else what `search` raises.
        """
        check_period(by)
        counted = self.values(by, query, strict=strict, **filters)
        return self._ask(lambda: self._counts.periods(counted, by))

    def ids(self, query: str, **filters: Unpack[Filters]) -> set[str]:
        """Return the ids of all paragraphs that match `query` as asked; raise what `search` raises."""
        check_filters(filters)
        tree = parse_query(query, optional=any(filters.values()))

        def answered() -> set[str]:
            question = self._answers.question(query, tree, filters, strict=True, ranked=False)
            return self.finder.ids(question.relaxation.exact(tree).matches)

        return self._ask(answered)

    def paragraph(self, id_: str) -> Paragraph | None:
        """Find the paragraph with this id; None when there is none."""
        check_text("id", id_)
        return self._ask(lambda: find_paragraph(self.finder, id_))

    def locate(self, place: str) -> list[Paragraph]:
        """Find the paragraphs at a place: an id, the beginning of one, FILE:LINE, FILE:FIRST-LAST, or FILE.

        Raise `LianghuiError` when there is none, or when the place may mean several.
        """
        check_text("place", place)
        return self._ask(
            lambda: [segment.paragraph(number) for segment, number in find_place(self.finder, place)]
        )

    def around(self, id_: str, context: int) -> list[Paragraph]:
        """Find the paragraph with this id and its `context` neighbours on either side; [] for no such id."""
        check_text("id", id_)
        check_number("context", context, 0)

        def answered() -> list[Paragraph]:
            found = self.finder.find(id_)
            return neighbours(found, context) if found else []

        return self._ask(answered)

    def article(self, id_: str) -> list[Paragraph]:
        """Find the article that the paragraph with this id stands in, in reading order; [] for no such id."""
        check_text("id", id_)

        def answered() -> list[Paragraph]:
            found = self.finder.find(id_)
            return article_around(found) if found else []

        return self._ask(answered)

    def paragraphs(self) -> Iterator[Paragraph]:
        """Iterate over every paragraph, headings and bylines included, in reading order."""
        with self._guard():
            for paragraph in self.finder.paragraphs():
                yield paragraph
                self._refuse_closed()  # it may have been closed meanwhile

    def first(self, text: str) -> Paragraph | None:
        """Find the first paragraph in reading order that contains a text; None when there is none."""
        check_text("text", text)
        return self._ask(lambda: first_containing(self.finder, text))

    def suggest(self, text: str, *, limit: int = 4) -> tuple[Suggestion, ...]:
        """Suggest names, topics, sessions, headlines for what is being typed, at most `limit` of each.

        They begin with `text`, hold it, or are spelled so in pinyin or by its initials (zhangyanli, zyl).
        """
        check_text("text", text)
        check_number("limit", limit, 1)
        return self._ask(lambda: self._suggester.suggest(text, limit))

    def status(self, *, thorough: bool = False) -> Status:
        """Say what is indexed, and whether its seeds have changed since; `thorough` as in `Staleness`."""
        return status_of(self.staleness, thorough=thorough)

    def lexicon(self, *words: str) -> tuple[Word, ...]:
        """List the user's words, then the learned ones, most frequent first; only `words` where given."""
        for word in words:
            check_text("word", word)
        own, learned = self.generation.dictionary.user_words, self.generation.learned
        return self._ask(lambda: tuple(list_words(own, learned, self.finder, words)))
