"""Answers as JSON: what is always there, and what only where there is some."""

from __future__ import annotations

from msgspec.structs import replace

from query import Facet, Hit, Results
from query.results import EXPORT_KEYS, ScorePart

HIT = Hit(
    id="1", source="a.txt", lines=(1, 1), text="甲乙", rank=3, score=0.5, snippet="甲", highlights=((0, 1),)
)


def answer(**more: object) -> Results:
    """Make an answer with one hit."""
    given = {"query": "甲", "rung": "exact", "words": ("甲",), "missing": (), "total": 7, "facets": {}}
    return Results(**given | {"hits": (HIT,)} | more)  # type: ignore[arg-type]


def test_an_answer_is_as_long_as_its_page_and_iterates_over_its_hits() -> None:
    assert len(answer()) == 1
    assert list(answer()) == [HIT]


def test_what_there_is_none_of_is_left_out_of_an_answer() -> None:
    always = {
        "format_version",
        "query",
        "rung",
        "words",
        "missing",
        "total",
        "facets",
        "facet_sizes",
        "hits",
        "near",
    }
    assert set(answer().to_dict()) == always
    more = answer(suggestions=("乙",), meant={"甲": ("丙",)}, mended="“甲”").to_dict()
    assert {key: value for key, value in more.items() if key not in always} == {
        "suggestions": ("乙",),
        "meant": {"甲": ("丙",)},
        "mended": "“甲”",
    }


def test_what_explains_an_answer_is_no_part_of_its_json() -> None:
    explained = answer(unfiltered=3, counts=(("甲", 1),))
    assert explained.to_dict() == answer().to_dict()


def test_repeats_and_explanation_of_a_hit_are_there_only_where_asked_for() -> None:
    asked = replace(HIT, repeats=2, explanation=(ScorePart("match", "甲", 0.5),))
    assert asked.to_dict().keys() - HIT.to_dict().keys() == {"repeats", "explanation"}


def test_an_exported_paragraph_has_the_keys_of_a_hit_but_those_of_its_rank() -> None:
    assert HIT.to_dict().keys() - set(EXPORT_KEYS) == {"rank", "score", "snippet"}


def test_a_facet_has_a_second_field_only_where_one_was_counted() -> None:
    assert Facet("甲", 2).to_dict() == {"value": "甲", "count": 2}
    assert Facet("甲", 2, (Facet("乙", 1),)).to_dict() == {
        "value": "甲",
        "count": 2,
        "by": [{"value": "乙", "count": 1}],
    }


def test_an_excerpt_has_the_spans_inside_it_and_an_ellipsis_where_the_text_goes_on() -> None:
    assert HIT.excerpt() == ("甲…", [(0, 1)])
    later = replace(HIT, text="甲乙丙丁", snippet="丙丁", highlights=((0, 1), (2, 3)))
    assert later.excerpt() == ("…丙丁", [(1, 2)])
    assert later.excerpt([(1, 3), (2, 4)]) == ("…丙丁", [(1, 3)])
