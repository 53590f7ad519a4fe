"""What a segment is written from: units, pairs of units, words, and the columns of numbers."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.segments.norms import NORM_LENGTHS
from indexer.segments.schema import HEADING, MATCH, VALUE_FIELDS, WORDS, Document
from indexer.segments.writer import InvertedField, invert_documents, numeric_columns


def make_document(units: Sequence[str], words: Sequence[str] = (), date: str | None = None) -> Document:
    return Document("1", date, None, {}, [*units], [*words], [], {name: [] for name in VALUE_FIELDS})


def postings_by_term(field: InvertedField) -> dict[str, tuple[list[int], list[int]]]:
    """List the paragraphs and the positions of each term, all of which stand once in a paragraph."""
    found, at, position_at = {}, 0, 0
    for term, size, positions in zip(
        field.terms, field.postings.sizes, field.postings.position_sizes, strict=True
    ):
        docs = field.postings.docs[at : at + size].tolist()
        found[term.decode()] = docs, field.postings.positions[position_at : position_at + positions].tolist()
        at, position_at = at + size, position_at + positions
    return found


def test_units_and_pairs_of_units_are_terms_and_pairs_have_positions() -> None:
    field = invert_documents([make_document(["发", "展", "ai"]), make_document(["展", "ai", "12"])])[MATCH]
    assert postings_by_term(field) == {
        "12": ([1], []),
        "ai": ([0, 1], []),
        "发": ([0], []),
        "展": ([0, 1], []),
        "ai12": ([1], [1]),
        "发展": ([0], [0]),
        "展ai": ([0, 1], [1, 0]),
    }
    assert field.terms == sorted(field.terms)


def test_no_pair_reaches_from_one_paragraph_into_the_next() -> None:
    field = invert_documents([make_document(["甲"]), make_document([]), make_document(["乙"])])[MATCH]
    assert field.terms == sorted(["甲".encode(), "乙".encode()])


def test_the_length_in_units_counts_units_and_pairs() -> None:
    field = invert_documents([make_document([]), make_document("甲"), make_document("甲乙丙")])[MATCH]
    assert NORM_LENGTHS[field.norms].tolist() == [0, 1, 5]


def test_words_have_no_positions() -> None:
    fields = invert_documents([make_document("发展", ["发展"]), make_document("经济", ["经济", "发展"])])
    assert postings_by_term(fields[WORDS]) == {"发展": ([0, 1], []), "经济": ([1], [])}
    assert NORM_LENGTHS[fields[WORDS].norms].tolist() == [1, 2]
    assert fields[HEADING].terms == []


def test_the_columns_hold_the_day_the_units_and_a_digest_that_is_equal_for_equal_texts() -> None:
    documents = [make_document("发展", date="2025-02"), make_document("发展"), make_document("发展展")]
    columns = numeric_columns(documents)
    assert columns["date"].tolist() == [20250200, 0, 0]
    assert columns["units"].tolist() == [2, 2, 3]
    one, same, other = columns["digest"].tolist()
    assert one == same != other
