"""Radicals that stand for ideographs."""

from __future__ import annotations

import re
import unicodedata

from indexer.text.han import HAN
from indexer.text.radicals import RADICALS, mend_radicals


def test_radicals_become_the_ideographs_that_they_stand_for() -> None:
    assert mend_radicals("⼯\u4f5c⻋间⻛⼒，⻓期⻚⾯") == "工作车间风力，长期页面"


def test_text_without_radicals_stays() -> None:
    text = "会议通过了决议（2025年），見報告。"
    assert mend_radicals(text) == text


def test_every_kangxi_radical_has_the_ideograph_of_unicode() -> None:
    kangxi = [chr(code) for code in range(0x2F00, 0x2FD6)]
    assert mend_radicals("".join(kangxi)) == unicodedata.normalize("NFKC", "".join(kangxi))


def test_what_unicode_decomposes_of_the_supplement_agrees() -> None:
    decomposed = [chr(code) for code in range(0x2E80, 0x2EF4) if unicodedata.decomposition(chr(code))]
    assert decomposed
    assert mend_radicals("".join(decomposed)) == unicodedata.normalize("NFKC", "".join(decomposed))


def test_each_radical_becomes_one_ideograph() -> None:
    for code, ideograph in RADICALS.items():
        assert unicodedata.name(chr(code)).startswith(("KANGXI RADICAL", "CJK RADICAL"))
        assert re.fullmatch(HAN, ideograph)


def test_radicals_that_look_different_from_their_ideograph_are_left_alone() -> None:
    assert mend_radicals("⺼⻏⺌") == "⺼⻏⺌"
