"""An open index: search it, read its paragraphs, and ask what it was built from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from functools import cached_property
from numbers import Integral
from pathlib import Path
from types import TracebackType
from typing import Self, Unpack, get_args

from indexer.errors import IndexClosedError, LianghuiError
from indexer.models import Paragraph
from indexer.reader import Generation, open_generation, report_damage
from indexer.seeds.user_files import Synonyms, read_synonyms
from indexer.segments.schema import FACETS
from indexer.staleness import Staleness
from indexer.store.strings import read_strings
from query.language.fields import Filters, check_names
from query.language.parser import parse
from query.language.quotations import mended
from query.language.segmenter import QuerySegmenter
from query.language.syntax_tree import EVERYTHING, Tree
from query.matching.collector import Match, Matches, Sort
from query.matching.compiler import Compiler
from query.matching.explain import explain_score
from query.matching.facets import count_facet, count_facet_within
from query.matching.filters import filter_of
from query.matching.searcher import Searcher
from query.paragraphs import first_holding, in_reading_order, paragraphs_around, with_id
from query.results import Facet, Hit, Results
from query.rewriting.expansion import Expansion
from query.rewriting.pinyin import PinyinNames
from query.rewriting.relaxation import Answer, Relaxation
from query.snippets import highlights, snippet
from query.words import Word, lexicon

__all__ = ["Index", "open_index"]

FACET_VALUES = 20
"""Values of a facet that a search returns; `Index.values` returns all."""

SNIPPET = 120
"""Characters a snippet has at most, unless one sentence or match is longer."""


def open_index(path: str | os.PathLike[str] = "index") -> Index:
    """Open the index in a folder.

    Raise `IndexMissingError` when there is none, `IndexVersionError` when it is of another version.
    """
    return Index(open_generation(Path(path)))


class Index:
    """An index opened for reading. It answers from its `generation`, also during a rebuild.

    `searcher` goes through its segments and `segmenter` cuts what is asked; `staleness` tells whether
    the index still is what its seeds say.
    """

    def __init__(self, generation: Generation) -> None:
        """Answer from an opened generation."""
        self.path = generation.index
        self.generation = generation
        self.staleness = Staleness(generation.index, generation.manifest)
        self.segmenter = QuerySegmenter(generation.dictionary, generation.learned)
        self._closed = False
        with report_damage(self.path):
            self.searcher = Searcher(generation.segments, generation.values)
        self._sounds = PinyinNames(self.searcher)

    def __enter__(self) -> Self:
        """Return the index itself."""
        self._refuse_closed()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the index."""
        self.close()

    def close(self) -> None:
        """Let go of the index's files. Whatever reads them from then on raises `IndexClosedError`."""
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
        """Return the paragraphs that match `query`, best first; `query.language.parser` says what it can be.

        A paragraph matches a word or a quoted phrase exactly when it occurs in its text. Where none
        matches as asked, and unless `strict`, the search steps down: see `query.rewriting.relaxation`.
        A filter passes paragraphs with a value in which its text occurs, see `query.language.fields`; with
        one, the query may be empty. `page` counts from 1, `limit` is the number of hits on it. `sort` puts
        the newest first, or what stands first in the seeds; `collapse` shows equal texts once, with a
        count; `explain` tells of every hit what its score is made of.

        Raise `QueryError` for a query that cannot be understood, `LianghuiError` for such a filter.
        """
        _check_page(limit, page)
        if sort not in get_args(Sort):
            raise LianghuiError(f"there is no order {sort!r}; there are {', '.join(get_args(Sort))}")
        tree = _tree(query, optional=any(filters.values()))
        check_names(filters)
        with self._reading():
            ladder = self._ladder(query, filters)
            answer = ladder.answer(tree, strict=strict)
            order = self.searcher.table("source").ranks
            found = answer.found.collapsed(order) if collapse else answer.found
            first, end = (page - 1) * limit, page * limit
            hits = tuple(
                self._hit(each, rank, answer, explain=explain)
                for rank, each in enumerate(found.best(first, end, order, sort), start=first + 1)
            )
            results = _results(query, tree, ladder, answer)
            return replace(results, total=found.total, facets=self._facets(found), hits=hits)

    def values(
        self, field: str, query: str = "", *, by: str | None = None, **filters: Unpack[Filters]
    ) -> tuple[Facet, ...]:
        """Return the values of a facet field with the number of paragraphs, most frequent first.

        They are counted over the paragraphs that hold `query`, or over all. `by` names a second
        field, whose values are counted within each value of the first. Fields: see `FACETS`.

        Raise `LianghuiError` for a field that is no facet.
        """
        return self.count_values(field, query, by=by, **filters).facets[field]

    def count_values(
        self, field: str, query: str = "", *, by: str | None = None, **filters: Unpack[Filters]
    ) -> Results:
        """Answer a query with all values of one facet field, as `values` returns them, and without hits."""
        for name in filter(None, (field, by)):
            if name not in FACETS:
                raise LianghuiError(f"there is no facet {name!r}; there are {', '.join(FACETS)}")
        tree = _tree(query, optional=True)
        check_names(filters)
        with self._reading():
            ladder = self._ladder(query, filters, ranked=False)
            answer = ladder.exact(tree)
            found, table = answer.found.by_segment(), self.searcher.table
            if by is None:
                values = count_facet(found, field, table(field))
            else:
                values = count_facet_within(found, field, table(field), by, table(by))
            return replace(_results(query, tree, ladder, answer), facets={field: values})

    def ids(self, query: str) -> set[str]:
        """Return the ids of all paragraphs that match `query`."""
        tree = _tree(query)
        with self._reading():
            found = self._ladder(query, {}, ranked=False).exact(tree).found.by_segment()
            return {self._ids[segment.name][number] for segment, docs in found for number in docs.tolist()}

    @cached_property
    def _ids(self) -> dict[str, list[str]]:
        return {segment.name: read_strings(segment.file, "id") for segment in self.generation.segments}

    def paragraph(self, id_: str) -> Paragraph | None:
        """Return the paragraph with this id, if there is one."""
        with self._reading():
            return with_id(self.searcher, id_)

    def around(self, id_: str, context: int) -> list[Paragraph]:
        """Return the paragraph with this id between its `context` neighbours on either side."""
        with self._reading():
            return paragraphs_around(self.searcher, id_, context)

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield every paragraph, headings and bylines among them, in reading order."""
        with self._reading():
            for paragraph in in_reading_order(self.searcher):
                yield paragraph
                self._refuse_closed()  # it may have been meanwhile

    def first(self, text: str) -> Paragraph | None:
        """Return the first paragraph in reading order in which a text occurs, if there is one."""
        with self._reading():
            return first_holding(self.searcher, text)

    def lexicon(self, *words: str) -> tuple[Word, ...]:
        """Return the user's words and the learned ones, most frequent first; where `words` are given, these.

        They are compared folded.
        """
        own, learned = self.generation.dictionary.own, self.generation.learned
        with self._reading():
            return tuple(lexicon(own, learned, self.searcher, words))

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Say until the end of the block of what goes wrong that the index is closed, or damaged."""
        self._refuse_closed()
        with report_damage(self.path):
            yield

    def _refuse_closed(self) -> None:
        if self._closed:
            raise IndexClosedError(f"the index at {self.path} was closed; open it again with open_index")

    def _ladder(self, query: str, filters: Filters, *, ranked: bool = True) -> Relaxation:
        """Prepare to answer a query; what is not `ranked` is only counted."""
        return Relaxation(
            self.searcher,
            self.segmenter,
            Compiler(query, self.searcher, self.segmenter if ranked else None),
            Expansion(self._synonyms, self.searcher, self._sounds),
            filter_of(self.searcher, filters),
        )

    def _hit(self, found: Match, rank: int, answer: Answer, *, explain: bool) -> Hit:
        paragraph = found.segment.paragraph(found.number)
        lit = highlights(paragraph.text, answer.leaves)
        start, end = snippet(paragraph.text, lit, SNIPPET)
        return Hit(
            **{each.name: getattr(paragraph, each.name) for each in fields(Paragraph)},
            rank=rank,
            score=round(found.score, 6),
            snippet=paragraph.text[start:end],
            highlights=tuple(lit),
            repeats=found.repeats,
            explanation=explain_score(self.searcher, answer.node, found) if explain else (),
        )

    def _facets(self, found: Matches) -> dict[str, tuple[Facet, ...]]:
        """Count the values of the facet fields over what was found."""
        pairs = found.by_segment()
        return {name: count_facet(pairs, name, self.searcher.table(name), FACET_VALUES) for name in FACETS}

    @cached_property
    def _synonyms(self) -> Synonyms:
        return read_synonyms(self.staleness.seeds)


def _results(query: str, tree: Tree, ladder: Relaxation, answer: Answer) -> Results:
    """Return all that is to be said of an answer but its facets and hits."""
    missing = () if answer.is_as_asked else ladder.missing(tree)
    in_vain = not (answer.found.total or answer.unfiltered or missing)
    return Results(
        query=query,
        rung=answer.rung,
        words=answer.words,
        missing=tuple(leaf.text for leaf in missing),
        suggestions=ladder.suggestions(missing),
        meant=ladder.meaning.said,
        mended=mended(query),
        total=answer.found.total,
        facets={},
        hits=(),
        tree=tree,
        unfiltered=answer.unfiltered,
        counts=ladder.counts(tree) if in_vain else (),
    )


def _tree(query: str, *, optional: bool = False) -> Tree:
    """Parse a query. An empty one that is `optional` asks for everything."""
    if not isinstance(query, str):
        raise TypeError(f"a query is a str and not {query!r}")
    return EVERYTHING if optional and not query.strip() else parse(query)


def _check_page(limit: int, page: int) -> None:
    """Raise an error for numbers that no page of an answer has."""
    for name, number in (("limit", limit), ("page", page)):
        if not isinstance(number, Integral):
            raise TypeError(f"{name} is a whole number and not {number!r}")
    if limit < 0 or page < 1:
        raise LianghuiError("limit counts from 0 and page from 1; give larger numbers")
