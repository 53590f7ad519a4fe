"""Texts in pieces: matches and evidence are marked, what is too long is cut around the first match."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from query.page.marks import Piece, brief, pieces

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted).map(tuple), max_size=4)


def test_matches_and_evidence_are_marked_also_where_they_overlap() -> None:
    assert pieces("赵某建议办好教育", [(2, 4), (6, 8)], [(0, 4)]) == [
        Piece("赵某", evidence=True),
        Piece("建议", match=True, evidence=True),
        Piece("办好"),
        Piece("教育", match=True),
    ]


def test_a_long_text_is_cut_around_its_first_match() -> None:
    shown = pieces("甲" * 100 + "教育" + "乙" * 100, [(100, 102)], (), 20)
    assert [piece.text for piece in shown] == ["…", "甲" * 5, "教育", "乙" * 13, "…"]
    assert [piece.text for piece in pieces("甲" * 100, [], (), 20)] == ["甲" * 20, "…"]
    assert [piece.text for piece in pieces("甲" * 100, [(98, 100)], (), 20)] == ["…", "甲" * 18, "甲" * 2]


@given(st.text(alphabet="甲乙丙", max_size=40), SPANS, SPANS)
def test_the_pieces_of_a_text_are_the_text(
    text: str, highlights: list[tuple[int, int]], evidence: list[tuple[int, int]]
) -> None:
    shown = pieces(text, highlights, evidence)
    assert "".join(piece.text for piece in shown) == text
    marked = {at for start, end in highlights for at in range(start, min(end, len(text)))}
    assert sum(len(piece.text) for piece in shown if piece.match) == len(marked)


def test_a_label_is_short_and_harmless() -> None:
    assert brief("短") == "短"
    assert brief("长" * 61) == "长" * 59 + "…"
    assert brief("\u202e反\x1b") == "\ufffd反\ufffd"
