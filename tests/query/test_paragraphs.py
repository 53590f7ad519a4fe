"""Paragraphs read by id, with neighbours, in reading order, and by a text."""

from __future__ import annotations

from pathlib import Path

from query import Index, open_index


def test_the_first_paragraph_with_a_text_is_that_in_reading_order(words_index: Path) -> None:
    with open_index(words_index) as index:
        first = [paragraph for paragraph in map(index.first, ("低空", "驿站", "標題")) if paragraph]
        assert [(each.source, each.lines[0]) for each in first] == [("a.txt", 1), ("b.txt", 3), ("b.txt", 1)]
        assert index.first("量子") is None
        assert index.first(" ") is None


def test_paragraphs_come_in_reading_order(page: Index) -> None:
    numbers = [paragraph.lines[0] for paragraph in page.paragraphs()]
    assert numbers == sorted(numbers)


def test_a_paragraph_is_fetched_by_its_id_with_its_neighbours(page: Index) -> None:
    (hit,) = page.search("文体旅商")
    assert page.paragraph(hit.id) is not None
    assert [paragraph.lines[0] for paragraph in page.around(hit.id, 1)] == [27, 29, 31]
    assert page.paragraph("nobody") is None
    assert page.around("nobody", 1) == []


def test_the_first_paragraph_has_no_neighbour_before_it(page: Index) -> None:
    first = next(page.paragraphs())
    assert [paragraph.lines[0] for paragraph in page.around(first.id, 1)] == [5, 7]
