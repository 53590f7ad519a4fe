"""Words kept whole as a table and as JSON, with their reasons and sources."""

from __future__ import annotations

import json
from pathlib import Path

from wcwidth import wcswidth

from query import open_index
from tests.conftest import Command


def test_words_are_listed_in_columns(words_index: Path, lianghui: Command) -> None:
    run = lianghui("words", "--index", words_index)
    assert run.out == "3  低空經濟\n0  无人机配送\n1  一老一小驛站\n"
    assert (run.code, run.err) == (0, "")
    lines = lianghui("words", "--why", "--index", words_index).out.splitlines()
    assert lines[0].split() == ["3", "低空經濟", "words.txt", "a.txt:1", lines[0].split()[-1]]
    assert lines[1].split() == ["0", "无人机配送", "words.txt"]
    assert {
        wcswidth(line[: line.index(reason)]) for line, reason in zip(lines, ("w", "w", "引"), strict=True)
    } == {17}


def test_words_are_json_with_their_sources(words_index: Path, lianghui: Command) -> None:
    whole = json.loads(lianghui("words", "一老一小驛站", "--format", "json", "--index", words_index).out)
    assert whole == [{"text": "一老一小驛站", "reason": "引号", "count": 1}]
    run = lianghui(
        "words", "一老一小驛站", "无人机配送", "--why", "--format", "jsonl", "--index", words_index
    )
    unsaid, said = map(json.loads, run.out.splitlines())
    assert (unsaid["source"], unsaid["line"], unsaid["id"]) == (None, None, None)
    assert (said["source"], said["line"]) == ("b.txt", 3)
    with open_index(words_index) as index:
        assert "驛站" in index.paragraph(said["id"]).text  # type: ignore[union-attr]
