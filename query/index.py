"""An open index: search it, count its values, read its paragraphs and its words."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
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
from indexer.text.folding import readable
from query.arguments import check_facets, check_page, check_sort, parse_query
from query.hits import HitPage
from query.language.fields import Filters, check_filter_names
from query.language.quotations import mend_quotations
from query.language.segmenter import QuerySegmenter
from query.language.syntax_tree import Tree
from query.matching.collector import Matches, Sort
from query.matching.compiler import Compiler
from query.matching.facets import count_facet, count_facet_within
from query.matching.filters import compile_filters
from query.matching.searcher import Searcher
from query.paragraphs import find_paragraph, first_containing, neighbours, paragraphs_in_order
from query.results import Facet, Hit, Results
from query.rewriting.expansion import Expansion
from query.rewriting.fillers import asks_who, without_fillers
from query.rewriting.forgiveness import forgive_filters
from query.rewriting.pinyin import PinyinNames
from query.rewriting.query_words import QueryWords
from query.rewriting.relaxation import Answer, Relaxation
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
            taken: dict[str, tuple[str, ...]] = {}
            if not strict:
                filters, taken = forgive_filters(filters, self.searcher, self._sounds)
            relaxation = self._relaxation(query, tree, filters, strict=strict)
            relaxation.expansion.meant.update(taken)
            answer, below = relaxation.answer(tree)
            shown = HitPage(self.searcher, page, limit, sort, collapse, explain)
            matches = shown.matches(answer)
            return _results(
                query,
                tree,
                relaxation,
                answer,
                matches=matches,
                facets=self._facets(matches),
                hits=shown.hits(answer, matches),
                near=shown.near(answer, matches, below),
            )

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
        self, field: str, query: str = "", *, by: str | None = None, **filters: Unpack[Filters]
    ) -> Results:
        """Answer a query as `search` with `strict` does, with all `values` of one facet field and no hits.

        Raise `LianghuiError` for a field that is no facet, and else what `search` raises.
        """
        check_facets((field, by) if by else (field,))
        tree = parse_query(query, optional=True)
        check_filter_names(filters)
        with self._guard():
            relaxation = self._relaxation(query, tree, filters, ranked=False)
            answer = relaxation.exact(tree)
            docs, table = answer.matches.by_segment(), self.searcher.table
            if by is None:
                values = count_facet(docs, field, table(field))
            else:
                values = count_facet_within(docs, field, table(field), by, table(by))
            return _results(query, tree, relaxation, answer, matches=answer.matches, facets={field: values})

    def ids(self, query: str) -> set[str]:
        """Return the ids of all paragraphs that match `query` as asked.

        Raise `QueryError` for a query that cannot be parsed, `TypeError` for one that is no str.
        """
        tree = parse_query(query)
        with self._guard():
            matches = self._relaxation(query, tree, {}, ranked=False).exact(tree).matches.by_segment()
            return {self._ids[segment.name][number] for segment, docs in matches for number in docs.tolist()}

    @cached_property
    def _ids(self) -> dict[str, list[str]]:
        """The ids of the paragraphs of each segment, by its name."""
        return {segment.name: read_strings(segment.file, "id") for segment in self.generation.segments}

    def paragraph(self, id_: str) -> Paragraph | None:
        """Find the paragraph with this id; None when there is none."""
        with self._guard():
            return find_paragraph(self.searcher, id_)

    def around(self, id_: str, context: int) -> list[Paragraph]:
        """Find the paragraph with this id and its `context` neighbours on either side; [] for no such id."""
        with self._guard():
            return neighbours(self.searcher, id_, context)

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

    def _relaxation(
        self, query: str, tree: Tree, filters: Filters, *, ranked: bool = True, strict: bool = True
    ) -> Relaxation:
        """Prepare to answer a query; without `ranked`, its matches have no scores and can only be counted."""
        return Relaxation(
            query,
            asks_who(tree),
            self.searcher,
            QueryWords(self.segmenter),
            Compiler(query, self.searcher, self.segmenter if ranked else None),
            Expansion(self._synonyms, self.searcher, self._sounds, strict),
            compile_filters(self.searcher, filters),
        )

    def _facets(self, matches: Matches) -> dict[str, tuple[Facet, ...]]:
        """Count the most frequent values of each facet field over the matches."""
        docs, table = matches.by_segment(), self.searcher.table
        return {name: count_facet(docs, name, table(name), _MAX_FACET_VALUES) for name in FACETS}

    @cached_property
    def _synonyms(self) -> Synonyms:
        """The user's synonyms as they are in the seeds now: they take effect without a build."""
        return read_synonyms(self.staleness.seeds)


def _results(
    query: str,
    tree: Tree,
    relaxation: Relaxation,
    answer: Answer,
    *,
    matches: Matches,
    facets: dict[str, tuple[Facet, ...]],
    hits: Sequence[Hit] = (),
    near: Sequence[Hit] = (),
) -> Results:
    """Put facets and hits together with how they were found, and why the answer is empty or not as asked."""
    asked = tree if relaxation.expansion.strict else without_fillers(tree)
    missing = () if answer.is_as_asked else relaxation.missing_leaves(asked)
    needs_counts = not (answer.matches.total or answer.unfiltered or missing)
    return Results(
        query=query,
        rung=answer.rung,
        words=tuple(map(readable, answer.words)),
        missing=tuple(leaf.text for leaf in missing),
        suggestions=relaxation.suggest_names(missing),
        meant=relaxation.expansion.meant,
        mended=mend_quotations(query),
        total=matches.total,
        facets=facets,
        hits=tuple(hits),
        near=tuple(near),
        tree=tree,
        unfiltered=answer.unfiltered,
        counts=relaxation.count_leaves(tree) if needs_counts else (),
    )
