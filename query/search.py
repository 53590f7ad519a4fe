"""An open index: search it, read its paragraphs, and ask what it was built from."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import starmap
from pathlib import Path
from types import TracebackType
from typing import Any, Self, Unpack

from whoosh.index import FileIndex
from whoosh.query import Query

from indexer.analysis import fingerprint, words
from indexer.errors import LianghuiError, SeedError
from indexer.models import Paragraph
from indexer.schema import FACETS, SCORED, SEPARATOR, paragraph_of, place
from indexer.seeds import Changes, changes, find_seeds
from indexer.storage import (
    Passport,
    build_command,
    current_generation,
    damaged,
    open_whoosh,
    read_passport,
)
from indexer.vocabulary import read_vocabulary
from query.collect import match_query, ranked_query
from query.filters import Filters, filter_query
from query.language import Leaf, parse
from query.results import Facet, Hit, Results

__all__ = ["Index", "open_index"]

SNIPPET = 120
"""Characters a snippet has at most, unless one sentence or match is longer."""


def open_index(path: str | os.PathLike[str] = "index") -> Index:
    """Open the index in a folder.

    Raise `IndexMissingError` when there is none, `IndexVersionError` when it is of another version.
    """
    return Index(Path(path))


class Index:
    """An index opened for reading. It answers from what it opened, also during a rebuild."""

    def __init__(self, path: Path) -> None:
        """Open the current generation of the index at `path`."""
        self.path = path
        self.passport, self._whoosh = _opened(path)
        try:
            self._searcher = self._whoosh.searcher()
            self._columns = self._held_open()
        except Exception as error:
            raise damaged(path, error) from error

    def __enter__(self) -> Self:
        """Return the index itself."""
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
        """Let go of the index's files."""
        self._searcher.close()
        self._whoosh.close()

    def search(self, query: str, *, limit: int = 10, page: int = 1, **filters: Unpack[Filters]) -> Results:
        """Return the paragraphs that hold every leaf of `query`, best first.

        A leaf is a word or a quoted phrase; a paragraph holds it exactly when it occurs in its text.
        A filter passes paragraphs with a value in which its text occurs, see `query.filters.Filters`;
        with one, the query may be empty. `page` counts from 1, `limit` is the number of hits on it.

        Raise `QueryError` for a query that cannot be understood, `LianghuiError` for such a filter.
        """
        if limit < 0 or page < 1:
            raise LianghuiError("limit counts from 0 and page from 1; give larger numbers")
        allowed = filter_query(self._searcher.reader(), filters)
        leaves = () if allowed is not None and not query.strip() else parse(query)
        scored = self._scored(leaves, allowed)
        return Results(
            query=query,
            rung="exact",
            words=tuple(dict.fromkeys(word for leaf in leaves for word in words(leaf.folded))),
            missing=() if scored else self._missing(leaves),
            total=len(scored),
            facets=self._facets([number for _, number in scored]),
            hits=self._hits(scored, leaves, limit=limit, page=page),
        )

    def values(
        self, field: str, query: str = "", *, by: str | None = None, **filters: Unpack[Filters]
    ) -> tuple[Facet, ...]:
        """Return the values of a facet field with the number of paragraphs, most frequent first.

        They are counted over the paragraphs that hold `query`, or over all. `by` names a second
        field, whose values are counted within each value of the first. Fields: see `FACETS`.

        Raise `LianghuiError` for a field that is no facet.
        """
        for name in filter(None, (field, by)):
            if name not in FACETS:
                raise LianghuiError(f"there is no facet {name!r}; there are {', '.join(FACETS)}")
        leaves = parse(query) if query.strip() else ()
        scored = self._scored(leaves, filter_query(self._searcher.reader(), filters))
        return self._counted([number for _, number in scored], field, by)

    def ids(self, query: str) -> set[str]:
        """Return the ids of all paragraphs that hold every leaf of `query`."""
        column = self._columns["id"]
        return {column[number].decode("utf-8") for _, number in self._scored(parse(query), None)}

    def paragraph(self, id_: str) -> Paragraph | None:
        """Return the paragraph with this id, if there is one."""
        found = self._found(id=id_)
        return found[0] if found else None

    def around(self, id_: str, context: int) -> list[Paragraph]:
        """Return the paragraph with this id between its `context` neighbours on either side."""
        found = self._found(id=id_)
        if found is None:
            return []
        paragraph, number = found
        before = [*self._run(paragraph.source, range(number - 1, max(-1, number - 1 - context), -1))]
        after = self._run(paragraph.source, range(number + 1, number + 1 + context))
        return [*reversed(before), paragraph, *after]

    def _run(self, source: str, numbers: Iterable[int]) -> Iterator[Paragraph]:
        """Yield the paragraphs of a source with these numbers, up to the first that is not there."""
        for number in numbers:
            found = self._found(place=place(source, number))
            if found is None:
                return
            yield found[0]

    def _found(self, **key: str) -> tuple[Paragraph, int] | None:
        """Return the paragraph with a key, and its number in its source."""
        if any("\ud800" <= char <= "\udfff" for value in key.values() for char in value):
            return None  # bytes that are no text name nothing
        stored = self._searcher.document(**key)
        return paragraph_of(stored) if stored else None

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield every paragraph, headings and bylines among them, in reading order."""
        column = self._columns["place"]
        numbers = sorted(self._searcher.reader().all_doc_ids(), key=column.__getitem__)
        for number in numbers:
            yield paragraph_of(self._searcher.stored_fields(number))[0]

    @property
    def seeds(self) -> Path:
        """The folder of the seeds, as seen from the working directory where it lies below."""
        folder = self.passport.seeds_folder(self.path)
        with suppress(ValueError):
            folder = folder.relative_to(Path.cwd())
        return folder

    def update_command(self) -> str:
        """Return the command that brings the index up to date."""
        return build_command(self.path, self.seeds)

    def changes(self, *, thorough: bool = False) -> Changes:
        """Return how the seeds differ from what the index was built from.

        A file whose size and time are unchanged counts as unchanged unless `thorough`. When the
        seeds folder is gone, all of it counts as removed.
        """
        try:
            seeds = find_seeds(self.seeds)
        except SeedError:
            seeds = {}
        return changes(seeds, self.passport.sources, thorough=thorough)

    def recut(self) -> str:
        """Return how text is cut differently now than when the index was built, or nothing."""
        then = self.passport.analysis
        now = fingerprint() | read_vocabulary(self.seeds).fingerprint()
        return ", ".join(
            f"{name} was {then.get(name, 'absent')[:12]} and is {now.get(name, 'absent')[:12]}"
            for name in now | then
            if then.get(name) != now.get(name)
        )

    def _scored(self, leaves: Sequence[Leaf], allowed: Query | None) -> list[tuple[float, int]]:
        """Return the score and Whoosh number of every paragraph that matches, best first."""
        found = self._searcher.search(ranked_query(leaves), limit=None, filter=allowed)
        if not leaves:
            return [(0.0, number) for _, number in found.top_n]
        return [(float(score), number) for score, number in found.top_n]

    def _hits(
        self, scored: list[tuple[float, int]], leaves: Sequence[Leaf], *, limit: int, page: int
    ) -> tuple[Hit, ...]:
        """Return one page of hits; equal scores stand in reading order."""
        first, end = (page - 1) * limit, page * limit
        if first >= len(scored) or not limit:
            return ()
        # Equals that straddle the end of the page have to be put in order before it is cut.
        last_score = scored[min(end, len(scored)) - 1][0]
        column = self._columns["place"]
        contenders = [pair for pair in scored if pair[0] >= last_score]
        contenders.sort(key=lambda pair: (-pair[0], column[pair[1]]))
        return tuple(
            Hit.of(
                paragraph_of(self._searcher.stored_fields(number))[0],
                rank=rank,
                score=round(score, 6),
                leaves=leaves,
                length=SNIPPET,
            )
            for rank, (score, number) in enumerate(contenders[first:end], start=first + 1)
        )

    def _facets(self, numbers: Sequence[int]) -> dict[str, tuple[Facet, ...]]:
        """Count the values of the facet fields over some paragraphs."""
        return {name: self._counted(numbers, name) for name in FACETS}

    def _counted(self, numbers: Sequence[int], field: str, by: str | None = None) -> tuple[Facet, ...]:
        """Count the values of a field over some paragraphs, and of another within each of them."""
        column = self._columns[field]
        counts: Counter[str] = Counter()
        inner: defaultdict[str, Counter[str]] = defaultdict(Counter)
        if by is None:
            entries = Counter((column[number], b"") for number in numbers)
        else:
            within = self._columns[by]
            entries = Counter((column[number], within[number]) for number in numbers)
        for (entry, other), count in entries.items():
            for value in _values_of(entry):
                counts[value] += count
                for within_it in _values_of(other):
                    inner[value][within_it] += count
        return tuple(
            Facet(value, count, tuple(starmap(Facet, _ranked(inner[value]))))
            for value, count in _ranked(counts)
        )

    def _missing(self, leaves: Sequence[Leaf]) -> tuple[str, ...]:
        """Return the leaves that occur nowhere in the index."""
        return tuple(
            leaf.text
            for leaf in leaves
            if next(iter(self._searcher.docs_for_query(match_query(leaf.folded))), None) is None
        )

    def _held_open(self) -> dict[str, Any]:
        """Open every file of the generation now, while it is there; return its columns.

        Whoosh opens columns, lengths and stored fields when they are first asked for, and a rebuild
        may have removed the files by then.
        """
        for leaf, _ in self._searcher.leaf_searchers():
            reader = leaf.reader()
            reader.stored_fields(0)
            for name in SCORED:
                reader.doc_field_length(0, name)
        reader = self._searcher.reader()
        return {name: reader.column_reader(name, translate=False) for name in (*FACETS, "id", "place")}


def _opened(path: Path) -> tuple[Passport, FileIndex]:
    """Open the generation that answers; when a rebuild removes it under our hands, the next one."""
    while True:
        generation = current_generation(path)
        try:
            passport, whoosh = read_passport(path), open_whoosh(generation)
        except LianghuiError:
            if generation == current_generation(path):
                raise
            continue
        if generation == current_generation(path):
            return passport, whoosh
        whoosh.close()


def _values_of(entry: bytes) -> set[str]:
    return set(entry.decode("utf-8").split(SEPARATOR)) - {""}


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
