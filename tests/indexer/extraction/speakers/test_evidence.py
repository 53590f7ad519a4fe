"""The law of evidence: whoever speaks is named by a span of the text, or by the paragraph of an id."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from indexer.extraction.speakers.page_text import TextPiece
from indexer.extraction.speakers.reader import read_people
from indexer.models import Speaker
from tests.conftest import SEGMENTER

PARTS = """
王小明 李大山 欧阳小敏 王 小 明 阿不都·买买提 劉委員政大 王局长 李強 羅大華
代表 委员 市政协委员 省长 某某局局长 校长 记者 主席 民盟某市委 会议 他 她 和 、
说 表示， 认为， 建议： 指出 ： “ ” 。 ， 围绕发展 提出 对 感谢 首先 二是 我们 的 （ ） 報告 \n 发展经济 𠮷
""".split(" ")
TEXTS = st.lists(st.sampled_from(PARTS), min_size=1, max_size=14).map("".join)
KINDS = st.sampled_from(["body", "fragment", "caption", "section", "headline", "byline"])
PIECES = st.lists(st.tuples(KINDS, TEXTS, st.integers(0, 1)), min_size=1, max_size=8)


def check(pieces: list[TextPiece]) -> list[tuple[Speaker, ...]]:
    """Check the evidence of everybody who speaks in some pieces, and return who does."""
    ids = [f"id{number}" for number in range(len(pieces))]
    found = [each.speakers for each in read_people(pieces, ids, SEGMENTER)]
    for number, (piece, speakers) in enumerate(zip(pieces, found, strict=True)):
        assert len({speaker.name for speaker in speakers}) == len(speakers)
        for speaker in speakers:
            assert speaker.name.strip()
            if isinstance(speaker.evidence, tuple):
                start, end = speaker.evidence
                assert 0 <= start < end <= len(piece.text)
                assert names(piece.text[start:end], speaker)
            else:
                assert speaker.how in ("inherited", "delivered")
                assert speaker.evidence in ids[: number + 1]
    return found


def names(words: str, speaker: Speaker) -> bool:
    """Tell whether words hold what they are to hold: a pronoun, an end of the name, or the office alone."""
    if speaker.how == "pronoun":
        return re.search("[他她]", words) is not None
    if speaker.position and speaker.position in words:
        return True
    return "主席" in words or speaker.name[0] in words or speaker.name[-1] in words


@given(PIECES)
def test_whatever_the_text_evidence_lies_in_it_and_names_who_speaks(
    pieces: list[tuple[str, str, int]],
) -> None:
    articles = sorted(pieces, key=lambda piece: piece[2])
    check([TextPiece(kind, text, article) for kind, text, article in articles])


def test_who_delivers_a_report_is_shown_by_the_line_that_names_them() -> None:
    texts = ["在某某市代表大会上", "市长　王小明", "各位代表：", "一年来，经济稳步发展。我们办成了许多实事。"]
    pieces = [TextPiece("headline", "政府工作报告", 0), *(TextPiece("body", text, 0) for text in texts)]
    (speaker,) = check(pieces)[-1]
    assert (speaker.name, speaker.how, speaker.evidence) == ("王小明", "delivered", "id2")


def test_a_report_whose_head_names_nobody_has_no_speaker() -> None:
    texts = ["各位代表：", "一年来，经济稳步发展。我们办成了许多实事。"]
    pieces = [TextPiece("headline", "政府工作报告", 0), *(TextPiece("body", text, 0) for text in texts)]
    assert check(pieces) == [(), (), ()]


def test_a_reporter_never_speaks() -> None:
    assert check([TextPiece("body", "记者王小明表示，路修好了。", 0)]) == [()]


def test_a_name_is_as_the_page_prints_it() -> None:
    assert [who.name for who in check([TextPiece("body", "劉委員政大：主席，各位同仁。", 0)])[0]] == [
        "劉政大"
    ]
    assert [who.name for who in check([TextPiece("body", "市人大代表王 明表示，要修路。", 0)])[0]] == ["王明"]


def test_titles_begin_behind_the_name_before() -> None:
    (first, second) = check(
        [TextPiece("body", "某校校长王小明表示，要修路。某厂厂长李大山认为，要快修。", 0)]
    )[0]
    assert (first.organisation, first.position) == ("某校", "校长")
    assert (second.organisation, second.position) == ("某厂", "厂长")
