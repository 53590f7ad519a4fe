"""An open index: search it, count its values, read its paragraphs and its words."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Self, TypeVar, Unpack

from indexer.errors import GenerationGoneError, IndexClosedError
from indexer.models import Paragraph
from indexer.reader import Generation, open_generation, report_damage
from indexer.seeds.user_files import Synonyms, read_synonyms
from indexer.segments.schema import FACETS
from indexer.staleness import Staleness
from indexer.store.address import ClusterAddress, place_of
from query.arguments import check_filters, check_number, check_sort, check_text, facet_field, parse_query
from query.choices import Sort
from query.hits import HitPage
from query.language.fields import Filters
from query.language.segmenter import QuerySegmenter
from query.language.syntax_tree import Tree
from query.matching.finder import Finder, Found
from query.matching.searcher import Searcher
from query.paragraphs import (
    article_around,
    find_paragraph,
    first_containing,
    neighbours,
)
from query.places import find_place
from query.question import Asked, Question
from query.results import Facet, Results
from query.rewriting.pinyin import PinyinNames
from query.words import Word, list_words

__all__ = ["Index", "open_index"]

_Answer = TypeVar("_Answer")

_MAX_FACET_VALUES = 20  # of each facet that a search counts; `Index.values` lists all


def open_index(path: str | os.PathLike[str] | ClusterAddress = "index") -> Index:
    """Open the index in a folder, or at an address in a cluster: opensearch://HOST:PORT/NAME.

    Raise `IndexMissingError` when there is none, `IndexVersionError` when it is of another version,
    and `IndexDamagedError` when its files cannot be read.
    """
    place = place_of(path)
    if isinstance(place, ClusterAddress):
        from query.cluster.opening import open_in_cluster  # noqa: PLC0415 - a folder needs nothing of it

        generation, finder = open_in_cluster(place)
        return Index(generation, finder)
    return Index(open_generation(place))


class Index:
    """An index opened for reading: one generation, which answers also while the next one is built.

    `finder` finds its paragraphs, `segmenter` cuts queries into words, and `staleness` compares the
    index with its seeds. A method that reads the files raises `IndexClosedError` after `close`, and
    `IndexDamagedError` when a file is not as it was written.
    """

    def __init__(self, generation: Generation, finder: Finder | None = None) -> None:
        """Search an opened generation, by the arrays of its folder or by another `finder`.

        Raise `IndexDamagedError` when a file is not as it was written.
        """
        self._open(generation, finder)
        self._closed = False

    def _open(self, generation: Generation, finder: Finder | None) -> None:
        self.path = generation.index
        self.generation = generation
        self.staleness = Staleness(generation.index, generation.manifest)
        self.segmenter = QuerySegmenter(generation.dictionary, generation.learned)
        with report_damage(self.path):
            self.finder: Finder = finder or Searcher(generation.segments, generation.values)
        self._sounds = PinyinNames(self.finder, generation.sounds)

    @property
    def searcher(self) -> Searcher:
        """The finder of an index in a folder, with its segments."""
        assert isinstance(self.finder, Searcher)
        return self.finder

    def __enter__(self) -> Self:
        """Return the index itself; raise `IndexClosedError` when it was closed."""
        self._refuse_closed()
        return self

    def __exit__(self, *_: object) -> None:
        """Close the index."""
        self.close()

    def __len__(self) -> int:
        """Return the number of paragraphs, headings and bylines included."""
        return len(self.finder)

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

        def answered() -> Results:
            shown = HitPage(self.finder, page, limit, sort, collapse, explain)
            question = self._question(query, tree, filters, strict=strict)
            answer, below = question.relaxation.answer(question.tree)
            matches = shown.matches(answer)
            hits, near = shown.hits(answer, matches), shown.near(answer, matches, below)
            facets, sizes = self._facets(matches)
            return question.results(answer, matches, facets, sizes, hits, near)

        return self._ask(answered)

    def values(
        self,
        field: str,
        query: str = "",
        *,
        by: str | None = None,
        strict: bool = False,
        **filters: Unpack[Filters],
    ) -> tuple[Facet, ...]:
        """Count the values of a facet field over the paragraphs that match `query`, or over all.

        The most frequent come first. `by` names a second field, whose values are counted within each
        value of the first; the facet fields are those of `FACETS`.

        Raise `LianghuiError` for a field that is no facet, and else what `search` raises.
        """
        return self.count_values(field, query, by=by, strict=strict, **filters).facets[facet_field(field)]

    def count_values(
        self,
        field: str,
        query: str = "",
        *,
        by: str | None = None,
        strict: bool = False,
        **filters: Unpack[Filters],
    ) -> Results:
        """Answer a query as `search` does, with all `values` of one facet field and no hits.

        Raise `LianghuiError` for a field that is no facet, and else what `search` raises.
        """
        field, by = facet_field(field), facet_field(by) if by else None
        tree = parse_query(query, optional=True)
        check_filters(filters)

        def answered() -> Results:
            question = self._question(query, tree, filters, strict=strict)
            answer, _ = question.relaxation.answer(question.tree)
            if by is None:
                values, _ = self.finder.facets(answer.matches, (field,))[field]
            else:
                values = self.finder.facets_within(answer.matches, field, by)
            return question.results(answer, answer.matches, {field: values}, {field: len(values)})

        return self._ask(answered)

    def ids(self, query: str, **filters: Unpack[Filters]) -> set[str]:
        """Return the ids of all paragraphs that match `query` as asked; raise what `search` raises."""
        check_filters(filters)
        tree = parse_query(query, optional=any(filters.values()))

        def answered() -> set[str]:
            question = self._question(query, tree, filters, strict=True, ranked=False)
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

    def lexicon(self, *words: str) -> tuple[Word, ...]:
        """List the user's words, then the learned ones, most frequent first; only `words` where given."""
        for word in words:
            check_text("word", word)
        own, learned = self.generation.dictionary.user_words, self.generation.learned
        return self._ask(lambda: tuple(list_words(own, learned, self.finder, words)))

    def _ask(self, answer: Callable[[], _Answer]) -> _Answer:
        """Return what `answer` returns once the finder knows all that it asks for.

        Where a build removed the generation that is open, ask the next one.
        """
        with self._guard():
            try:
                return self.finder.ask(answer)
            except GenerationGoneError:
                again = open_index(self.path)
                self._open(again.generation, again.finder)
                self.__dict__.pop("_synonyms", None)
                return self.finder.ask(answer)

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
        asked = Asked(self.finder, self.segmenter, self._synonyms, self._sounds)
        return Question.understand(asked, query, tree, filters, strict=strict, ranked=ranked)

    def _facets(self, matches: Found) -> tuple[dict[str, tuple[Facet, ...]], dict[str, int]]:
        """Count the most frequent values of each facet field over the matches, and how many values it has."""
        counted = self.finder.facets(matches, FACETS, _MAX_FACET_VALUES)
        return {name: top for name, (top, _) in counted.items()}, {
            name: size for name, (_, size) in counted.items()
        }

    @cached_property
    def _synonyms(self) -> Synonyms:
        """The user's synonyms as they are in the seeds now: they take effect without a build."""
        return read_synonyms(self.staleness.seeds)
