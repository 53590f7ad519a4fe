"""What is done to sentences with people marked; the people are made up."""

from __future__ import annotations

import random

from indexer.training.sentences import Sentence, rewrite, set_blanks
from indexer.training.substitution import NameMaker

SENTENCE = Sentence("孙明和赵小云说,孙明来了。", [(0, 2), (3, 6), (8, 10)])


def names(sentence: Sentence) -> list[str]:
    return [sentence.text[start:end] for start, end in sentence.spans]


def test_other_names_stand_where_the_first_stood() -> None:
    other = rewrite(SENTENCE, ["钱大海", "李芳", "钱大海"])
    assert other == Sentence("钱大海和李芳说,钱大海来了。", [(0, 3), (4, 6), (8, 11)])


def test_half_of_the_names_of_two_characters_get_blanks() -> None:
    rng = random.Random(0)
    blanked = [name for _ in range(200) for name in names(set_blanks(SENTENCE, rng))]
    assert {"".join(name.split()) for name in blanked} == {"孙明", "赵小云"}
    assert 150 < sum(" " in name for name in blanked) < 250  # of 400


def test_a_person_is_swapped_for_the_same_other_everywhere() -> None:
    swapped = NameMaker([SENTENCE], seed=1).swap(SENTENCE)
    first, second, third = names(swapped)
    assert first == third
    assert swapped.text == f"{first}和{second}说,{third}来了。"
