"""People who are named in a paragraph and do not speak in it. The people are made up."""

from __future__ import annotations

import pytest

from indexer.extraction.mentions import mentions
from tests.conftest import SEGMENTER


def test_people_with_an_office_are_mentioned() -> None:
    text = "会议期间，市委书记孙大明，代市长李小山等出席。会议听取李小山代市长所作报告。"
    assert mentions(text, [], SEGMENTER) == ("孙大明", "李小山")


def test_people_elected_are_mentioned() -> None:
    text = "会议选举孙大明为主席，选举李小山、周文、吴国庆为副主席。"
    assert mentions(text, [], SEGMENTER) == ("孙大明", "李小山", "周文", "吴国庆")


def test_a_speaker_is_not_mentioned() -> None:
    assert mentions("市委书记孙大明说，要实干。", ["孙大明"], SEGMENTER) == ()


@pytest.mark.parametrize("text", ["江苏省省长", "师范大学校长", "青年网络作家", "政府工作报告和政协常委会"])
def test_a_word_before_an_office_is_no_name(text: str) -> None:
    assert mentions(text, [], SEGMENTER) == ()
