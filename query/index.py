"""An open index: search it, count its values, read its paragraphs and its words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Self, Unpack

from indexer.errors import IndexClosedError
from indexer.models import Paragraph
from indexer.reader import Generation, open_generation, report_damage
from indexer.seeds.user_files import Synonyms, read_synonyms
from indexer.segments.schema import FACETS
from indexer.staleness import Staleness
from indexer.store.strings import read_strings
from query.arguments import check_facets, check_page, check_sort, parse_query
from query.hits import HitPage
from query.language.fields import Filters, check_filter_names
from query.language.segmenter import QuerySegmenter
from query.language.syntax_tree import Tree
from query.matching.collector import Matches, Sort
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
from query.results import Facet, Results
from query.rewriting.pinyin import PinyinNames
from query.words import Word, list_words

__all__ = ["Index", "open_index"]

_MAX_FACET_VALUES = 20  # of each facet that a search counts; `Index.values` lists all


def open_index(path: str | os.PathLike[str] = "index") -> Index:
    """Open the index in a folder.

    Raise `IndexMissingError` when there is none, `IndexVersionError` when it is of another version,
    and `IndexDamagedError` when its files cannot be read.
    """
    return Index(open_generation(Path(path)))


class Index:
    """An index opened for reading: one generation, which answers also while the next one is built.

    `searcher` holds its segments, `segmenter` cuts queries into words, and `staleness` compares the
    index with its seeds. A method that reads the files raises `IndexClosedError` after `close`, and
    `IndexDamagedError` when a file is not as it was written.
    """

    def __init__(self, generation: Generation) -> None:
        """Search an opened generation.

        Raise `IndexDamagedError` when a file is not as it was written.
        """
        self.path = generation.index
        self.generation = generation
        self.staleness = Staleness(generation.index, generation.manifest)
        self.segmenter = QuerySegmenter(generation.dictionary, generation.learned)
        self._closed = False
        with report_damage(self.path):
            self.searcher = Searcher(generation.segments, generation.values)
        self._sounds = PinyinNames(self.searcher)

    def __enter__(self) -> Self:
        """Return the index itself; raise `IndexClosedError` when it was closed."""
        self._refuse_closed()
        return self

    def __exit__(self, *_: object) -> None:
        """Close the index."""
        self.close()

    def close(self) -> None:
        """Close the files of the index; what reads them from then on raises `IndexClosedError`."""
        self._closed = True
        for file in (*(segment.file for segment in self.generation.segments), self.generation.values):
            file.close()

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
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

        `page` counts from 1 and has `limit` hits, in the order of `sort`: best first, newest first, or as
        in the seeds. `collapse` shows equal texts once, with their number; `explain` adds to every hit
        what each term adds to its score.

        Raise `QueryError` for a query that cannot be parsed, `LianghuiError` for a filter that cannot
        be, an unknown order, or a page or limit out of range; `TypeError` for arguments of other types
        and for an unknown filter.
        """
        check_page(limit, page)
        check_sort(sort)
        tree = parse_query(query, optional=any(filters.values()))
        check_filter_names(filters)
        with self._guard():
            question = self._question(query, tree, filters, strict=strict)
            answer, below = question.relaxation.answer(question.tree)
            shown = HitPage(self.searcher, page, limit, sort, collapse, explain)
            matches = shown.matches(answer)
            hits, near = shown.hits(answer, matches), shown.near(answer, matches, below)
            return question.results(answer, matches, self._facets(matches), hits, near)

    def values(
        self, field: str, query: str = "", *, by: str | None = None, **filters: Unpack[Filters]
    ) -> tuple[Facet, ...]:
        """Count the values of a facet field over the paragraphs that match `query`, or over all.

        The most frequent come first. `by` names a second field, whose values are counted within each
        value of the first; the facet fields are those of `FACETS`.

        Raise `LianghuiError` for a field that is no facet, and else what `search` raises.
        """
        return self.count_values(field, query, by=by, **filters).facets[field]

    def count_values(
        self,
        field: str,
        query: str = "",
        *,
        by: str | None = None,
        strict: bool = False,
        **filters: Unpack[Filters],
    ) -> Results:
        """Answer a query on the first rung alone, with all `values` of one facet field and no hits.

        Filters forgive as in `search`, unless they are `strict`.

        Raise `LianghuiError` for a field that is no facet, and else what `search` raises.
        """
        check_facets((field, by) if by else (field,))
        tree = parse_query(query, optional=True)
        check_filter_names(filters)
        with self._guard():
            question = self._question(query, tree, filters, strict=strict, ranked=False)
            answer = question.relaxation.exact(question.tree)
            docs, table = answer.matches.by_segment(), self.searcher.table
            if by is None:
                values = count_facet(docs, field, table(field))
            else:
                values = count_facet_within(docs, field, table(field), by, table(by))
            return question.results(answer, answer.matches, {field: values})

    def ids(self, query: str) -> set[str]:
        """Return the ids of all paragraphs that match `query` as asked.

        Raise `QueryError` for a query that cannot be parsed, `TypeError` for one that is no str.
        """
        tree = parse_query(query)
        with self._guard():
            question = self._question(query, tree, {}, strict=True, ranked=False)
            matches = question.relaxation.exact(tree).matches.by_segment()
            return {self._ids[segment.name][number] for segment, docs in matches for number in docs.tolist()}

    @cached_property
    def _ids(self) -> dict[str, list[str]]:
        """The ids of the paragraphs of each segment, by its name."""
        return {segment.name: read_strings(segment.file, "id") for segment in self.generation.segments}

    def paragraph(self, id_: str) -> Paragraph | None:
        """Find the paragraph with this id; None when there is none."""
        with self._guard():
            return find_paragraph(self.searcher, id_)

    def locate(self, place: str) -> Paragraph:
        """Find the paragraph at a place: an id, the beginning of one, or FILE:LINE.

        Raise `LianghuiError` when there is none, or when the place may mean several.
        """
        with self._guard():
            segment, number = find_place(self.searcher, place)
            return segment.paragraph(number)

    def around(self, id_: str, context: int) -> list[Paragraph]:
        """Find the paragraph with this id and its `context` neighbours on either side; [] for no such id."""
        with self._guard():
            found = find_id(self.searcher, id_)
            return neighbours(found, context) if found else []

    def article(self, id_: str) -> list[Paragraph]:
        """Find the article that the paragraph with this id stands in, in reading order; [] for no such id."""
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
        with self._guard():
            return first_containing(self.searcher, text)

    def lexicon(self, *words: str) -> tuple[Word, ...]:
        """List the user's words, then the learned ones, most frequent first; only `words` where given."""
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

    def _facets(self, matches: Matches) -> dict[str, tuple[Facet, ...]]:
        """Count the most frequent values of each facet field over the matches."""
        docs, table = matches.by_segment(), self.searcher.table
        return {name: count_facet(docs, name, table(name), _MAX_FACET_VALUES) for name in FACETS}

    @cached_property
    def _synonyms(self) -> Synonyms:
        """The user's synonyms as they are in the seeds now: they take effect without a build."""
        return read_synonyms(self.staleness.seeds)
