"""The words kept whole, listed: the user's and the learned ones, with the reason and a place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from wcwidth import wcswidth

from indexer import build_index
from query import Index, Word, open_index
from tests.conftest import Command, MakeSeeds

PAGE = "甲处的标题\n\n鲁滨孙委员建议，加快發展低空经济，办好「一老一小驛站」。\n\n加快发展低空经济。\n"
OWN = "低空經濟\n无人机配送\n"


@pytest.fixture
def built(make_seeds: MakeSeeds, tmp_path: Path) -> Path:
    build_index(
        make_seeds({"b.txt": PAGE, "a.txt": "发展低空经济。\n", "words.txt": OWN}), tmp_path / "index"
    )
    return tmp_path / "index"


def test_the_users_words_come_first_and_then_the_learned_ones(built: Path) -> None:
    with open_index(built) as index:
        assert index.lexicon() == (
            Word("低空經濟", "words.txt", 3),
            Word("无人机配送", "words.txt", 0),
            Word("一老一小驛站", "引号", 1),
        )


def test_words_asked_for_are_compared_folded(built: Path) -> None:
    with open_index(built) as index:
        assert index.lexicon("一老一小驿站", "低空经济", "经济") == (
            Word("低空經濟", "words.txt", 3),
            Word("一老一小驛站", "引号", 1),
        )
        assert index.lexicon("经济") == ()
        assert index.lexicon("") == ()


def test_the_first_paragraph_is_that_in_reading_order(built: Path) -> None:
    with open_index(built) as index:
        places = [
            (found.source, found.lines[0]) for found in map(index.first, ("低空", "驿站", "標題")) if found
        ]
        assert places == [("a.txt", 1), ("b.txt", 3), ("b.txt", 1)]
        assert index.first("量子") is None
        assert index.first(" ") is None


def test_a_count_of_a_speaker_is_that_of_their_paragraphs(page: Index) -> None:
    speakers = {facet.value: facet.count for facet in page.values("speaker")}
    learned = {word.text: word.count for word in page.lexicon() if word.reason == "发言人"}
    assert learned
    assert learned == {name: speakers[name] for name in learned}


def test_words_are_listed_in_columns(built: Path, lianghui: Command) -> None:
    run = lianghui("words", "--index", built)
    assert run.out == "3  低空經濟\n0  无人机配送\n1  一老一小驛站\n"
    assert (run.code, run.err) == (0, "")
    lines = lianghui("words", "--why", "--index", built).out.splitlines()
    assert lines[0].split() == ["3", "低空經濟", "words.txt", "a.txt:1", lines[0].split()[-1]]
    assert lines[1].split() == ["0", "无人机配送", "words.txt"]
    assert {
        wcswidth(line[: line.index(reason)]) for line, reason in zip(lines, ("w", "w", "引"), strict=True)
    } == {17}


def test_words_are_json_with_their_places(built: Path, lianghui: Command) -> None:
    whole = json.loads(lianghui("words", "一老一小驛站", "--format", "json", "--index", built).out)
    assert whole == [{"text": "一老一小驛站", "reason": "引号", "count": 1}]
    run = lianghui("words", "一老一小驛站", "无人机配送", "--why", "--format", "jsonl", "--index", built)
    unsaid, said = map(json.loads, run.out.splitlines())
    assert (unsaid["source"], unsaid["line"], unsaid["id"]) == (None, None, None)
    assert (said["source"], said["line"]) == ("b.txt", 3)
    with open_index(built) as index:
        assert "驛站" in index.paragraph(said["id"]).text  # type: ignore[union-attr]


def test_a_word_that_is_nowhere_is_said_to_be_so(built: Path, lianghui: Command) -> None:
    run = lianghui("words", "低空经济", "量子", "--index", built)
    assert (run.code, run.out) == (1, "3  低空經濟\n")
    assert run.err == 'lianghui: nothing found: "量子" is neither in words.txt nor learned from texts\n'


def test_an_index_without_any_words_says_so(make_seeds: MakeSeeds, tmp_path: Path, lianghui: Command) -> None:
    build_index(make_seeds({"a.txt": "发展经济。\n"}), tmp_path / "index")
    for form in ("text", "json"):
        run = lianghui("words", "--format", form)
        assert run.code == 1
        assert "no word was learned" in run.err
