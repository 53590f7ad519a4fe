"""Texts made harmless, by what loads no terminal."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from query.output.sanitize import safe, safe_json

STEERS = ["\x1b[31m红", "a\x07", "\u202e倒", "\x9b1m", "\x00", "\ud800"]
PROGRAM = """
import sys
from query.output.citation import citations
from query.output.concordance import concordance
from query.output.formats import HIT_FORMATS
from query.output.markdown import results_markdown
from query.output.spreadsheet import results_csv
print("click" in sys.modules)
"""


@pytest.mark.parametrize("text", STEERS)
def test_nothing_in_a_text_steers_the_terminal(text: str) -> None:
    shown = safe(text)
    assert len(shown) == len(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", shown)


@pytest.mark.parametrize("text", STEERS)
def test_json_says_the_same_and_steers_nothing(text: str) -> None:
    shown = safe_json(json.dumps(text, ensure_ascii=False))
    assert json.loads(shown) == text
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e]", shown)


def test_an_answer_is_put_in_every_form_without_what_speaks_to_a_terminal() -> None:
    run = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
