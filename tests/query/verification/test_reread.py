"""Seeds read again: the paragraphs are those of the build, whatever became of the seeds."""

from __future__ import annotations

from pathlib import Path

from indexer import build_index
from query import open_index
from query.verification.reread import build_segmenter, seed_paragraphs
from tests.conftest import MakeSeeds

TALK = "某处的标题\n\n王小明委员建议，加快发展低空经济。\n"


def test_paragraphs_are_those_of_the_index_with_the_topics_of_the_user(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    build_index(make_seeds({"a.txt": TALK, "topics.toml": '"飞" = ["低空"]'}), tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        read = list(seed_paragraphs(index, build_segmenter(index)))
        assert read == list(index.paragraphs())
        assert [topic.label for topic in read[1].topics if topic.label == "飞"] == ["飞"]


def test_a_record_that_was_refused_for_its_id_is_left_out(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.jsonl": '{"text": "甲", "id": "1"}', "b.jsonl": '{"text": "乙", "id": "1"}'})
    build_index(seeds, tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert [each.text for each in seed_paragraphs(index, build_segmenter(index))] == ["甲"]


def test_of_a_seed_that_cannot_be_read_the_paragraphs_that_were_kept_come_from_the_index(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    seeds = make_seeds({"a.txt": TALK, "b.txt": TALK})
    build_index(seeds, tmp_path / "index")
    make_seeds({"b.txt": b"\0\1"})
    build_index(seeds, tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        read = list(seed_paragraphs(index, build_segmenter(index)))
        assert [each.source for each in read] == ["a.txt", "a.txt", "b.txt", "b.txt"]
        assert read == list(index.paragraphs())
