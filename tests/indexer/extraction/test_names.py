"""What can be the name of a person, and lists of names. The people are made up."""

from __future__ import annotations

import pytest

from indexer.extraction.names import is_name, is_name_list, listed_people, split_names
from tests.conftest import SEGMENTER


@pytest.mark.parametrize("name", ["高三生", "欧阳小敏", "阿衣木沙·托合塔洪", "許淑某", "韦某"])
def test_a_surname_and_a_given_name_or_parts_with_dots_are_a_name(name: str) -> None:
    assert is_name(name, SEGMENTER)


@pytest.mark.parametrize("text", ["全体", "农民", "高校", "工作报告", "甲乙丙丁戊", "A某", ""])
def test_a_word_or_a_text_without_a_surname_is_no_name(text: str) -> None:
    assert not is_name(text, SEGMENTER)


def test_a_blank_inside_a_name_is_removed() -> None:
    assert split_names("王秀云 高 雪、李大山", SEGMENTER) == ["王秀云", "高雪", "李大山"]


def test_a_list_of_names_holds_nothing_else() -> None:
    assert is_name_list("王秀云、李大山", SEGMENTER)
    assert not is_name_list("王秀云、国防组织", SEGMENTER)
    assert not is_name_list("", SEGMENTER)


def test_in_a_list_of_attendance_anything_of_a_names_length_is_a_person() -> None:
    assert listed_people("曹爾大　邱　毅　国防　主席團全體成員") == ["曹爾大", "邱毅", "国防"]
