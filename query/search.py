"""An open index: search it, read its paragraphs, and ask what it was built from."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache, cached_property
from pathlib import Path
from types import TracebackType
from typing import Self, Unpack

from indexer.cutter import Segmenter, frozen_search_words, question_words
from indexer.errors import LianghuiError, SeedError
from indexer.fingerprint import fingerprint
from indexer.folding import fold, folding_version
from indexer.models import Paragraph
from indexer.schema import FACETS, NAMED
from indexer.seeds import Changes, changes, find_seeds
from indexer.segment import Segment
from indexer.storage import build_command
from indexer.values import ValueTable, texts_of
from indexer.vocabulary import VOCABULARY, read_vocabulary
from indexer.wordlist import WORDLIST, read_wordlist
from query.collect import Collected, Found, Sort, collect
from query.explain import explained
from query.facets import counted, cross_counted
from query.filters import Filters, check_names, filter_of
from query.ladder import Answer, Ladder
from query.language import parse
from query.lexicon import Word, lexicon
from query.meaning import Meaning
from query.nodes import Every, Not, Text
from query.opening import opened, reading
from query.plan import Planner
from query.results import Facet, Hit, Results
from query.scope import Statistics
from query.sounds import Sounds
from query.synonyms import Synonyms, read_synonyms
from query.tree import And

__all__ = ["Index", "open_index"]

FACET_VALUES = 20
"""Values of a facet that a search returns; `Index.values` returns all."""

SNIPPET = 120
"""Characters a snippet has at most, unless one sentence or match is longer."""


def open_index(path: str | os.PathLike[str] = "index") -> Index:
    """Open the index in a folder.

    Raise `IndexMissingError` when there is none, `IndexVersionError` when it is of another version.
    """
    return Index(Path(path))


class Index:
    """An index opened for reading. It answers from what it opened, also during a rebuild.

    `segments` are its parts, `statistics` what is counted over all of them for scoring.
    """

    def __init__(self, path: Path) -> None:
        """Open the current generation of the index at `path`."""
        self.path = path
        files = opened(path)
        self.passport, self.segments, self._values = files.passport, files.segments, files.values
        self._dictionary, self._learned = files.dictionary, files.learned
        with reading(path):
            self.statistics = Statistics(self.segments)
        self._tables: dict[str, ValueTable] = {}

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
        for file in (*(segment.file for segment in self.segments), self._values):
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
        """Return the paragraphs that match `query`, best first; see `query.language` for what it can say.

        A paragraph matches a word or a quoted phrase exactly when it occurs in its text. Where none
        matches as asked, and unless `strict`, the search steps down: see `query.ladder`.
        A filter passes paragraphs with a value in which its text occurs, see `query.filters.Filters`;
        with one, the query may be empty. `page` counts from 1, `limit` is the number of hits on it.
        `sort` puts the newest first, or what stands first in the seeds; `collapse` shows equal texts
        once, with a count; `explain` tells of every hit what its score is made of.

        Raise `QueryError` for a query that cannot be understood, `LianghuiError` for such a filter.
        """
        if limit < 0 or page < 1:
            raise LianghuiError("limit counts from 0 and page from 1; give larger numbers")
        # With a filter, the query may be empty: everything that passes is asked for.
        tree = And(()) if any(filters.values()) and not query.strip() else parse(query)
        check_names(filters)
        with reading(self.path):
            ladder = self._ladder(query, filters, cache(self.words))
            answer = ladder.answer(tree, strict=strict)
            missing = () if answer.found.total and answer.rung == "exact" else ladder.missing(tree)
            order = self.table("source").order
            found = answer.found.collapsed(order) if collapse else answer.found
            first, end = (page - 1) * limit, page * limit
            return Results(
                query=query,
                rung=answer.rung,
                words=answer.words,
                missing=tuple(leaf.text for leaf in missing),
                suggestions=ladder.suggestions(missing),
                meant=ladder.meaning.said,
                total=found.total,
                facets=self._facets(found),
                hits=tuple(
                    self._hit(each, rank, answer, explain=explain)
                    for rank, each in enumerate(found.best(first, end, order, sort), start=first + 1)
                ),
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
        tree = parse(query) if query.strip() else And(())
        check_names(filters)
        with reading(self.path):
            found = self._ladder(query, filters, _unranked).answer(tree, strict=True).found.by_segment()
            if by is None:
                return counted(found, field, self.table(field))
            return cross_counted(found, field, self.table(field), by, self.table(by))

    def ids(self, query: str) -> set[str]:
        """Return the ids of all paragraphs that match `query`."""
        tree = parse(query)
        with reading(self.path):
            found = self._ladder(query, {}, _unranked).answer(tree, strict=True).found.by_segment()
            return {self._ids[segment.name][number] for segment, docs in found for number in docs.tolist()}

    @cached_property
    def _ids(self) -> dict[str, list[str]]:
        return {segment.name: texts_of(segment.file, "id") for segment in self.segments}

    def paragraph(self, id_: str) -> Paragraph | None:
        """Return the paragraph with this id, if there is one."""
        with reading(self.path):
            found = self._found(id_)
            return found[0].paragraph(found[1]) if found else None

    def around(self, id_: str, context: int) -> list[Paragraph]:
        """Return the paragraph with this id between its `context` neighbours on either side."""
        with reading(self.path):
            found = self._found(id_)
            if found is None:
                return []
            segment, number = found
            source = segment.file["source.ids"]
            near = range(max(0, number - context), min(segment.size, number + context + 1))
            return [segment.paragraph(other) for other in near if source[other] == source[number]]

    def _found(self, id_: str) -> tuple[Segment, int] | None:
        """Return where the paragraph with an id is."""
        for segment in self.segments:
            number = segment.find(id_)
            if number is not None:
                return segment, number
        return None

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield every paragraph, headings and bylines among them, in reading order."""
        with reading(self.path):
            everything = collect(self.segments, self.statistics, Every())
            for found in everything.best(0, everything.total, self.table("source").order):
                yield found.segment.paragraph(found.number)

    def lexicon(self, *words: str) -> tuple[Word, ...]:
        """Return the user's words and the learned ones, most frequent first; where `words` are given, these.

        They are compared folded.
        """
        own, learned = self._dictionary.own, self._learned
        with reading(self.path):
            return tuple(lexicon(own, learned, asked=words, tables=self.table, count=self._count))

    def learn(self, path: Path) -> None:
        """Write the words that the texts teach, as a build does."""
        from indexer.learning import write_learned  # noqa: PLC0415 - a search need not wait for it

        write_learned(path, self._dictionary, self._values, self.segments)

    def first(self, text: str) -> Paragraph | None:
        """Return the first paragraph in reading order in which a text occurs, if there is one."""
        folded = fold(text)
        if not folded:
            return None
        with reading(self.path):
            unranked = collect(self.segments, self.statistics, Not(Not(Text(folded))))
            found = unranked.best(0, 1, self.table("source").order)
            return found[0].segment.paragraph(found[0].number) if found else None

    def _count(self, folded: str) -> int:
        """Return in how many paragraphs a folded text occurs."""
        return collect(self.segments, self.statistics, Text(folded)).total

    @property
    def seeds(self) -> Path:
        """The folder of the seeds, as seen from the working directory where it lies below."""
        folder = self.passport.seeds_folder(self.path)
        with suppress(ValueError):
            folder = folder.relative_to(Path.cwd())
        return folder

    def update_command(self) -> str:
        """Return the command that brings the index up to date."""
        return build_command(self.path, self.seeds, follow_links=self.passport.follow_links)

    def changes(self, *, thorough: bool = False) -> Changes:
        """Return how the seeds differ from what the index was built from.

        A file whose size and time are unchanged counts as unchanged unless `thorough`. When the
        seeds folder is gone, all of it counts as removed.
        """
        try:
            seeds = find_seeds(self.seeds, follow_links=self.passport.follow_links)
        except SeedError:
            seeds = {}
        return changes(seeds, self.passport.sources, thorough=thorough)

    def recut(self, *, thorough: bool = False) -> str:
        """Return how text is read differently now than when the index was built, or nothing.

        The index brings its own dictionary, so that a search only minds how text is folded and the
        user's topics and words; `thorough` minds jieba, too.
        """
        then = self.passport.analysis
        now = fingerprint() if thorough else folding_version()
        now |= read_vocabulary(self.seeds).fingerprint() | read_wordlist(self.seeds).fingerprint()
        return ", ".join(
            f"{name} was {then.get(name, 'absent')[:12]} and is {now.get(name, 'absent')[:12]}"
            for name in now | then
            if (thorough or name in {*now, VOCABULARY, WORDLIST}) and then.get(name) != now.get(name)
        )

    def _ladder(self, query: str, filters: Filters, words: Callable[[str], Sequence[str]]) -> Ladder:
        """Return what answers a query; `words` cuts a folded text into what ranks it."""
        return Ladder(
            self.segments,
            self.statistics,
            Planner(query, words, self.table),
            Meaning(self._synonyms, self.table, lambda: self._sounds),
            filter_of(self.table, filters),
            self._cut,
            words,
            lambda word: word in self._learned or bool(self._dictionary.get(word)),
        )

    def _cut(self, folded: str) -> list[str]:
        return self.parts(folded)  # which only waits for jieba when it is asked

    def _hit(self, found: Found, rank: int, answer: Answer, *, explain: bool) -> Hit:
        return Hit.of(
            found.segment.paragraph(found.number),
            rank=rank,
            score=round(found.score, 6),
            leaves=answer.leaves,
            length=SNIPPET,
            repeats=found.repeats,
            explanation=explained(answer.node, self.statistics, found) if explain else (),
        )

    def _facets(self, found: Collected) -> dict[str, tuple[Facet, ...]]:
        """Count the values of the facet fields over what was found."""
        pairs = found.by_segment()
        return {name: counted(pairs, name, self.table(name), FACET_VALUES) for name in FACETS}

    def table(self, field: str) -> ValueTable:
        """Return the table of the values of a field."""
        if field not in self._tables:
            self._tables[field] = ValueTable(self._values, field)
        return self._tables[field]

    @cached_property
    def segmenter(self) -> Segmenter:
        """What cuts texts as those of the index were cut: by the same words, and as fast as a build."""
        return Segmenter(lambda: self._dictionary)

    @cached_property
    def words(self) -> Callable[[str], list[str]]:
        """What cuts a folded text as that of the index was cut. Only what is ranked waits for jieba."""
        return frozen_search_words(self._dictionary)

    @cached_property
    def parts(self) -> Callable[[str], list[str]]:
        """What cuts a folded question, none of its words inside another, also by what the index learned."""
        return question_words(self._dictionary, self._learned)

    @cached_property
    def _synonyms(self) -> Synonyms:
        return read_synonyms(self.seeds)

    @cached_property
    def _sounds(self) -> Sounds:
        tables = [self.table(field) for field in NAMED]
        return Sounds(table.shown(number) for table in tables for number in range(len(table)))


def _unranked(_: str) -> tuple[str, ...]:
    """Cut a text into nothing: what is only counted needs no words to be ranked by."""
    return ()
