"""An open index: search it, count its values, read its paragraphs and its words."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Self, Unpack, cast

from indexer.errors import IndexClosedError, LianghuiError
from indexer.models import Paragraph
from indexer.reader import Generation, open_generation, report_damage
from indexer.seeds.user_files import Synonyms, read_synonyms
from indexer.segments.reader import count_live_values
from indexer.segments.schema import FACETS
from indexer.staleness import Staleness
from indexer.store.generations import state_of_current
from indexer.store.strings import read_strings
from indexer.text.folding import fold
from query.arguments import check_filters, check_number, check_sort, check_text, facet_field, parse_query
from query.choices import Sort
from query.hits import HitPage
from query.language.fields import Filters
from query.language.segmenter import QuerySegmenter
from query.language.syntax_tree import Tree
from query.matching.collector import Matches
from query.matching.facets import count_facet, count_facet_within
from query.matching.searcher import Searcher
from query.paragraphs import (
    article_around,
    find_paragraph,
    first_containing,
    neighbours,
    paragraphs_in_order,
)
from query.places import find_id, find_place
from query.question import Asked, Question
from query.results import Facet, Period, Results
from query.rewriting.pinyin import PinyinNames
from query.rewriting.relaxation import Answer
from query.status import Status, status_of
from query.suggestions import Suggester, Suggestion
from query.words import Word, list_words

__all__ = ["Index", "open_index"]

_Asked = tuple[str, bool, date, tuple[tuple[str, tuple[str, ...]], ...]]
_MAX_FACET_VALUES = 20  # of each facet that a search counts; `Index.values` lists all


def open_index(path: str | os.PathLike[str] = "index") -> Index:
    """Open the index in a folder.

    Raise `IndexMissingError` when there is none, `IndexVersionError` when it is of another version,
    and `IndexDamagedError` when its files cannot be read.
    """
    state = state_of_current(Path(path))  # before it is opened: what is built meanwhile is noticed
    return Index(open_generation(Path(path)), state)


class Index:
    """An index opened for reading: one generation, which answers also while the next one is built.

    `searcher` holds its segments, `segmenter` cuts queries into words, and `staleness` compares the
    index with its seeds. A method that reads the files raises `IndexClosedError` after `close`, and
    `IndexDamagedError` when a file is not as it was written.
    """

    def __init__(self, generation: Generation, state: tuple[int, int] | None = None) -> None:
        """Search an opened generation; `state` is that of `state_of_current` when it was opened.

        Raise `IndexDamagedError` when a file is not as it was written.
        """
        self.path = generation.index
        self.generation = generation
        self.staleness = Staleness(generation.index, generation.manifest)
        self.segmenter = QuerySegmenter(generation.dictionary, generation.learned)
        self._state = state
        self._closed = False
        self._last: tuple[_Asked, Question, Answer] | None = None
        self._counted: dict[str, dict[str, int]] = {}
        with report_damage(self.path):
            self.searcher = Searcher(generation.segments, generation.values)
        self._sounds = PinyinNames(self.searcher, generation.sounds)

    def __enter__(self) -> Self:
        """Return the index itself; raise `IndexClosedError` when it was closed."""
        self._refuse_closed()
        return self

    def __exit__(self, *_: object) -> None:
        """Close the index."""
        self.close()

    def __len__(self) -> int:
        """Return the number of paragraphs, headings and bylines included."""
        return sum(segment.live_count for segment in self.searcher.segments)

    def __repr__(self) -> str:
        """Name the folder, and count what is in it."""
        return f"<Index of {len(self)} paragraphs at {self.path}>"

    def close(self) -> None:
        """Close the files of the index; what reads them from then on raises `IndexClosedError`."""
        self._closed = True
        for file in (*(segment.file for segment in self.generation.segments), self.generation.values):
            file.close()

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
        with self._guard():
            question = self._question(query, tree, filters, strict=strict)
            answer, below = question.relaxation.answer(question.tree)
            self._last = _asked(query, filters, strict=strict), question, answer
            shown = HitPage(self.searcher, page, limit, sort, collapse, explain)
            matches = shown.matches(answer)
            hits, near = shown.hits(answer, matches), shown.near(answer, matches, below)
            facets, sizes = self._facets(matches)
            return question.results(answer, matches, facets, sizes, hits, near)

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
        with self._guard():
            question, answer = self._answer(query, tree, filters, strict=strict)
            docs, table = answer.matches.by_segment(), self.searcher.table
            among = table(field).containing(fold(containing)) if containing else None
            if by is None:
                values, size = count_facet(docs, field, table(field), limit, among)
            else:
                values, size = count_facet_within(docs, field, table(field), by, table(by), limit, among)
            return question.results(answer, answer.matches, {field: values}, {field: size})

    def timeline(
        self,
        query: str = "",
        *,
        by: str = "month",
        strict: bool = False,
        **filters: Unpack[Filters],
    ) -> tuple[Period, ...]:
        """Count the paragraphs that match `query` by month or year, in order, and all there are of each.

        Periods without a match are left out, and paragraphs without a date; one of which only the year is
        known is counted in a month that is called as the year.

        Raise `LianghuiError` unless `by` is month or year, and else what `search` raises.
        """
        if by not in ("month", "year"):
            raise LianghuiError(f"there is no timeline by {by!r}; there are month and year")
        counted = self.values(by, query, strict=strict, **filters)
        with self._guard():
            totals = self._totals(by)
        return tuple(
            sorted((Period(each.value, each.count, totals[each.value]) for each in counted), key=_value)
        )

    def ids(self, query: str, **filters: Unpack[Filters]) -> set[str]:
        """Return the ids of all paragraphs that match `query` as asked; raise what `search` raises."""
        check_filters(filters)
        tree = parse_query(query, optional=any(filters.values()))
        with self._guard():
            question = self._question(query, tree, filters, strict=True, ranked=False)
            matches = question.relaxation.exact(tree).matches.by_segment()
            return {self._ids[segment.name][number] for segment, docs in matches for number in docs.tolist()}

    @cached_property
    def _ids(self) -> dict[str, list[str]]:
        """The ids of the paragraphs of each segment, by its name."""
        return {segment.name: read_strings(segment.file, "id") for segment in self.generation.segments}

    def paragraph(self, id_: str) -> Paragraph | None:
        """Find the paragraph with this id; None when there is none."""
        check_text("id", id_)
        with self._guard():
            return find_paragraph(self.searcher, id_)

    def locate(self, place: str) -> list[Paragraph]:
        """Find the paragraphs at a place: an id, the beginning of one, FILE:LINE, FILE:FIRST-LAST, or FILE.

        Raise `LianghuiError` when there is none, or when the place may mean several.
        """
        check_text("place", place)
        with self._guard():
            return [segment.paragraph(number) for segment, number in find_place(self.searcher, place)]

    def around(self, id_: str, context: int) -> list[Paragraph]:
        """Find the paragraph with this id and its `context` neighbours on either side; [] for no such id."""
        check_text("id", id_)
        check_number("context", context, 0)
        with self._guard():
            found = find_id(self.searcher, id_)
            return neighbours(found, context) if found else []

    def article(self, id_: str) -> list[Paragraph]:
        """Find the article that the paragraph with this id stands in, in reading order; [] for no such id."""
        check_text("id", id_)
        with self._guard():
            found = find_id(self.searcher, id_)
            return article_around(found) if found else []

    def paragraphs(self) -> Iterator[Paragraph]:
        """Iterate over every paragraph, headings and bylines included, in reading order."""
        with self._guard():
            for paragraph in paragraphs_in_order(self.searcher):
                yield paragraph
                self._refuse_closed()  # it may have been closed meanwhile

    def first(self, text: str) -> Paragraph | None:
        """Find the first paragraph in reading order that contains a text; None when there is none."""
        check_text("text", text)
        with self._guard():
            return first_containing(self.searcher, text)

    def suggest(self, text: str, *, limit: int = 4) -> tuple[Suggestion, ...]:
        """Suggest names, topics, sessions, headlines for what is being typed, at most `limit` of each.

        They begin with `text`, hold it, or are spelled so in pinyin or by its initials (zhangyanli, zyl);
        the most frequent come first. Nothing is suggested for no text.
        """
        check_text("text", text)
        check_number("limit", limit, 1)
        with self._guard():
            return self._suggester.suggest(text, limit)

    def status(self, *, thorough: bool = False) -> Status:
        """Say what is indexed, when it was built, and whether its seeds have changed since.

        A seed whose size and time are unchanged counts as unchanged unless `thorough`, which reads it.
        """
        return status_of(self.staleness, thorough=thorough)

    def is_current(self) -> bool:
        """Tell whether `open_index` would open the same: False once the index was built anew, or is gone."""
        return state_of_current(self.path) == self._state

    def lexicon(self, *words: str) -> tuple[Word, ...]:
        """List the user's words, then the learned ones, most frequent first; only `words` where given."""
        for word in words:
            check_text("word", word)
        own, learned = self.generation.dictionary.user_words, self.generation.learned
        with self._guard():
            return tuple(list_words(own, learned, self.searcher, words))

    @contextmanager
    def _guard(self) -> Iterator[None]:
        """Refuse a closed index, and turn damage found in the block into `IndexDamagedError`."""
        self._refuse_closed()
        with report_damage(self.path):
            yield

    def _refuse_closed(self) -> None:
        if self._closed:
            raise IndexClosedError(f"the index at {self.path} was closed; open it again with open_index")

    def _question(
        self, query: str, tree: Tree, filters: Filters, *, strict: bool, ranked: bool = True
    ) -> Question:
        asked = Asked(self.searcher, self.segmenter, self._synonyms, self._sounds)
        return Question.understand(asked, query, tree, filters, strict=strict, ranked=ranked)

    def _answer(self, query: str, tree: Tree, filters: Filters, *, strict: bool) -> tuple[Question, Answer]:
        """Answer a question, or recall the answer if it is the last one that was asked.

        Who shows an answer asks several times: for hits, by month, by speaker.
        """
        asked, last = _asked(query, filters, strict=strict), self._last
        if last is not None and last[0] == asked:
            return last[1:]
        question = self._question(query, tree, filters, strict=strict)
        answer, _ = question.relaxation.answer(question.tree)
        self._last = asked, question, answer
        return question, answer

    def _totals(self, field: str) -> dict[str, int]:
        """Count the live paragraphs with each value of a field, when first asked for."""
        if field not in self._counted:
            table = self.searcher.table(field)
            counts = count_live_values(self.searcher.segments, field, len(table)).tolist()
            self._counted[field] = {table.shown(number): count for number, count in enumerate(counts)}
        return self._counted[field]

    def _facets(self, matches: Matches) -> tuple[dict[str, tuple[Facet, ...]], dict[str, int]]:
        """Count the most frequent values of each facet field over the matches, and how many values it has."""
        docs, table = matches.by_segment(), self.searcher.table
        counted = {name: count_facet(docs, name, table(name), _MAX_FACET_VALUES) for name in FACETS}
        return {name: top for name, (top, _) in counted.items()}, {
            name: size for name, (_, size) in counted.items()
        }

    @cached_property
    def _suggester(self) -> Suggester:
        return Suggester(self.searcher, self.generation.sounds)

    @cached_property
    def _synonyms(self) -> Synonyms:
        """The user's synonyms as they are in the seeds now: they take effect without a build."""
        return read_synonyms(self.staleness.seeds)


def _asked(query: str, filters: Filters, *, strict: bool) -> _Asked:
    """Return what tells a question from others; the day is a part of it, from which 去年 is counted."""
    given = cast("dict[str, str | Sequence[str]]", {name: value for name, value in filters.items() if value})
    texts = {name: (value,) if isinstance(value, str) else (*value,) for name, value in given.items()}
    return query, strict, date.today(), tuple(sorted(texts.items()))  # noqa: DTZ011


def _value(period: Period) -> str:
    return period.value
