"""What the records of an index can be: kinds, and how a speaker is known."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import get_args

from msgspec.structs import replace

from indexer import build_index
from indexer.models import SPEAKING_KINDS, How, Kind, Paragraph, Speaker
from query import open_index
from query.language.labels import HOW_LABELS, KIND_LABELS
from query.output.text import speakers_of
from tests.conftest import MakeSeeds

SPOKEN = Paragraph("a", "a.txt", (1, 1), "发展经济。", speakers=(Speaker("王小明", how="pronoun"),))


def test_what_says_something_is_of_three_kinds() -> None:
    assert {*SPEAKING_KINDS} == {"body", "fragment", "caption"} < {*get_args(Kind)}


def test_every_kind_has_a_label() -> None:
    assert [*KIND_LABELS] == [*get_args(Kind)]
    assert [*HOW_LABELS] == [*get_args(How)]


def test_a_misspelt_kind_or_how_is_an_error_of_types() -> None:
    # mypy --strict reports each of these lines, and would report an `ignore` that it does not need.
    assert SPOKEN.kind != "boby"  # type: ignore[comparison-overlap]
    assert SPOKEN.speakers[0].how != "pronuon"  # type: ignore[comparison-overlap]
    assert replace(SPOKEN, kind="boby") != SPOKEN
    assert Speaker("王小明", how="pronuon") != SPOKEN.speakers[0]  # type: ignore[arg-type]
    misspelt: tuple[Kind, ...] = ("bodi",)  # type: ignore[assignment]
    assert SPOKEN.kind not in misspelt


def test_kind_and_how_are_plain_texts_in_json_and_in_pickles() -> None:
    record = json.loads(json.dumps(SPOKEN.to_dict()))
    assert (record["kind"], record["speakers"][0]["how"]) == ("body", "pronoun")
    assert Paragraph.from_dict(record) == SPOKEN == pickle.loads(pickle.dumps(SPOKEN))  # noqa: S301 - ours
    assert type(SPOKEN.kind) is str
    assert type(SPOKEN.speakers[0].how) is str


def test_a_record_may_say_in_its_own_words_how_a_speaker_is_known(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    given = {"text": "发展经济。", "speakers": [{"name": "王小明", "how": "video"}, "李大山"]}
    build_index(make_seeds({"a.jsonl": json.dumps(given)}), tmp_path / "index")
    assert "video" not in get_args(How)
    with open_index(tmp_path / "index") as index:
        (hit,) = index.search("", how="video")
        assert [speaker.how for speaker in hit.speakers] == ["video", "given"]
        assert speakers_of(hit) == "王小明、李大山"
