"""A question to an index: the query and its filters as understood, and what an answer says of them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from indexer.seeds.user_files import Synonyms
from indexer.text.folding import readable
from query.language.fields import Filters
from query.language.quotations import mend_quotations
from query.language.segmenter import QuerySegmenter
from query.language.syntax_tree import Tree
from query.matching.compiler import Compiler
from query.matching.filters import compile_filters
from query.matching.finder import Finder, Found
from query.results import Facet, Hit, Results, Unmet
from query.rewriting.expansion import Expansion
from query.rewriting.fillers import asked_field, without_fillers
from query.rewriting.forgiveness import forgive_fields, forgive_filters, unmet_filters
from query.rewriting.pinyin import PinyinNames
from query.rewriting.query_words import QueryWords
from query.rewriting.relaxation import Answer, Relaxation

__all__ = ["Asked", "Question"]


class Asked(Struct, frozen=True):
    """What a question is asked of: the segments, what cuts it into words, the user's synonyms, the names."""

    searcher: Finder
    segmenter: QuerySegmenter
    synonyms: Synonyms
    pinyin: PinyinNames


class Question(Struct, frozen=True):
    """A query with its filters; `tree` is the query as its fields were forgiven, `relaxation` answers it."""

    asked: Asked
    query: str
    tree: Tree
    filters: Filters
    relaxation: Relaxation

    @classmethod
    def understand(
        cls, asked: Asked, query: str, tree: Tree, filters: Filters, *, strict: bool, ranked: bool = True
    ) -> Question:
        """Understand a parsed query; what no value meets is forgiven, unless it is `strict`.

        Without `ranked`, what matches has no scores and can only be counted.
        Raise `LianghuiError` for a filter that cannot be understood.
        """
        meant: dict[str, tuple[str, ...]] = {}
        if not strict:
            filters, meant = forgive_filters(filters, asked.searcher, asked.pinyin)
            tree, taken = forgive_fields(tree, asked.searcher, asked.pinyin)
            meant |= taken
        relaxation = Relaxation(
            query,
            asked_field(tree),
            asked.searcher,
            QueryWords(asked.segmenter),
            Compiler(query, asked.searcher, asked.segmenter if ranked else None),
            Expansion(asked.synonyms, asked.searcher, asked.pinyin, strict, meant),
            compile_filters(asked.searcher, filters),
        )
        return cls(asked, query, tree, filters, relaxation)

    def results(
        self,
        answer: Answer,
        matches: Found,
        facets: dict[str, tuple[Facet, ...]],
        sizes: dict[str, int],
        hits: Sequence[Hit] = (),
        near: Sequence[Hit] = (),
    ) -> Results:
        """Put facets and hits together with how they were found, and why nothing is as asked."""
        relaxation = self.relaxation
        sought = self.tree if relaxation.expansion.strict else without_fillers(self.tree)
        missing = () if answer.is_as_asked else relaxation.missing_leaves(sought)
        needs_counts = not (answer.matches.total or answer.unfiltered or missing)
        return Results(
            query=self.query,
            rung=answer.rung,
            words=tuple(map(readable, answer.words)),
            missing=tuple(leaf.text for leaf in missing),
            suggestions=relaxation.suggest_names(missing),
            meant=relaxation.expansion.meant,
            mended=mend_quotations(self.query),
            total=matches.total,
            facets=facets,
            facet_sizes=sizes,
            hits=tuple(hits),
            near=tuple(near),
            tree=self.tree,
            unfiltered=answer.unfiltered,
            counts=relaxation.count_leaves(self.tree) if needs_counts else (),
            unmet=() if matches.total else self._unmet(),
        )

    def _unmet(self) -> tuple[Unmet, ...]:
        return unmet_filters(self.filters, self.tree, self.asked.searcher, self.asked.pinyin)
