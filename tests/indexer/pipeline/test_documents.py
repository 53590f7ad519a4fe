"""What a paragraph is indexed under."""

from __future__ import annotations

from indexer.models import Paragraph, Speaker
from indexer.pipeline.documents import document

BODY = Paragraph(
    id="1",
    source="a.txt",
    lines=(3, 3),
    text="發展「低空经济」。",
    title="甲处的标题",
    date="2025-02-26",
    speakers=(Speaker("王小明", role="委员"),),
    mentions=("李大山",),
)


def by_character(folded: str) -> list[str]:
    return [*folded]


def test_a_paragraph_is_ranked_by_its_folded_words_its_people_and_its_heading() -> None:
    made = document(BODY, by_character)
    assert made.words[:2] == ["发", "展"]
    assert made.words[-2:] == ["王小明", "李大山"]
    assert made.heading == [*"甲处的标题"]


def test_a_heading_can_be_found_but_has_no_words_to_be_ranked_by() -> None:
    made = document(
        Paragraph("2", "a.txt", (1, 1), "甲处的标题", title="甲处的标题", kind="headline"), by_character
    )
    assert made.match == [*"甲处的标题"]
    assert (made.words, made.heading) == ([], [])


def test_a_paragraph_has_values_in_every_field_and_its_quoted_terms() -> None:
    values = document(BODY, by_character).values
    assert (values["speaker"], values["role"], values["mentions"]) == (["王小明"], ["委员"], ["李大山"])
    assert (values["month"], values["kind"], values["topic"]) == (["2025-02"], ["body"], [])
    assert values["coined"] == ["低空经济"]


def test_the_record_is_the_paragraph_itself() -> None:
    assert Paragraph.from_dict(document(BODY, by_character).record) == BODY
