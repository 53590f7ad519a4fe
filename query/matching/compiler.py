"""Compiler: turn a syntax tree into the matcher that answers it."""

from __future__ import annotations

from indexer.errors import LianghuiError
from indexer.text.folding import fold
from query.language.parser import QueryError
from query.language.segmenter import QuerySegmenter
from query.language.syntax_tree import (
    Abbreviation,
    And,
    Field,
    Leaf,
    Near,
    Not,
    Numeral,
    Or,
    SaidBy,
    SessionName,
    Text,
    Tree,
    Wildcards,
)
from query.matching.filters import compile_filters, value_filter
from query.matching.finder import Finder
from query.matching.known import KnownMatcher, known_filters
from query.matching.matchers import (
    AndMatcher,
    BoostSpeaker,
    FilterMatcher,
    Matcher,
    NearMatcher,
    NotMatcher,
    NumeralMatcher,
    OrMatcher,
    SpelledOutMatcher,
    TextMatcher,
    WildcardMatcher,
)

__all__ = ["Compiler"]


class Compiler:
    """Compiles the syntax trees of one query."""

    def __init__(self, query: str, searcher: Finder, segmenter: QuerySegmenter | None = None) -> None:
        """Compile for an index; without a `segmenter`, texts are not scored by their words.

        Errors show `query`.
        """
        self._query = query
        self._searcher = searcher
        self._segmenter = segmenter
        self._known: dict[str, KnownMatcher] = {}

    def compile(self, tree: Tree, *, known: bool = False) -> Matcher:
        """Compile a syntax tree; with `known`, what is known of a paragraph answers for its text, too.

        A text in quotation marks is always sought in the text alone.

        Raise `QueryError` for a field whose value is empty or a date that cannot be read.
        """
        match tree:
            case And():
                return AndMatcher(tuple(self.compile(part, known=known) for part in tree.parts))
            case Or():
                return OrMatcher(tuple(self.compile(part, known=known) for part in tree.parts))
            case Not():
                return NotMatcher(self.compile(tree.part))
        return self._leaf(tree, known=known)

    def _leaf(self, tree: Leaf | Near | Field | SaidBy, *, known: bool) -> Matcher:
        """Compile what has no tree inside."""
        match tree:
            case Text() | Wildcards():
                return self._boost_speaker(tree, self._anywhere(tree) if known else self._text(tree))
            case Abbreviation():
                return SpelledOutMatcher(tree.pattern, tree.text, tree.within)
            case Numeral():
                return NumeralMatcher(tree.folded, tree.before, tree.behind)
            case SaidBy():
                return self.said_by(fold(tree.name))
            case Near():
                left, right = (tuple(map(self._text, side)) for side in (tree.left, tree.right))
                return NearMatcher(left, right, tree.within)
            case Field() | SessionName():
                return self._filter(tree)

    def known(self, folded: str) -> KnownMatcher:
        """Match the paragraphs of which something known holds a folded text."""
        if folded not in self._known:
            is_word = self._segmenter is not None and self._segmenter.is_known(folded)
            filters = known_filters(self._searcher, folded, is_word=is_word)
            self._known[folded] = KnownMatcher(folded, filters)
        return self._known[folded]

    def said_by(self, folded: str) -> Matcher:
        """Match the paragraphs of the speaker of this name."""
        table = self._searcher.table("speaker")
        return FilterMatcher(value_filter("speaker", table.equal(folded), len(table)))

    def _boost_speaker(self, leaf: Text | Wildcards, matcher: Matcher) -> Matcher:
        """If a text is the name of a speaker, boost the paragraphs of that speaker."""
        table = self._searcher.table("speaker")
        names = leaf.texts if isinstance(leaf, Text) else ()
        speakers = [number for name in names for number in table.equal(name).tolist()]
        return BoostSpeaker(matcher, value_filter("speaker", speakers, len(table))) if speakers else matcher

    def _anywhere(self, leaf: Text | Wildcards) -> Matcher:
        """Compile a text so that what is known of a paragraph answers for it, too, unless it was quoted."""
        text = self._text(leaf)
        if isinstance(leaf, Text) and not leaf.literal:
            return OrMatcher((text, self.known(leaf.folded)))
        return text

    def _text(self, leaf: Text | Wildcards) -> TextMatcher | WildcardMatcher:
        match leaf:
            case Text():
                words = self._segmenter.search_words(leaf.folded) if self._segmenter else ()
                return TextMatcher(leaf.folded, tuple(words))
            case Wildcards():
                return WildcardMatcher(leaf.pattern, leaf.text)

    def _filter(self, leaf: Field | SessionName) -> Matcher:
        field = leaf if isinstance(leaf, Field) else Field("session", leaf.text, 0)
        try:
            passes = compile_filters(self._searcher, {field.name: field.text})  # type: ignore[misc]
        except LianghuiError as error:
            raise QueryError(str(error), self._query, field.position) from None
        assert passes is not None  # a text was given
        return FilterMatcher(passes)
