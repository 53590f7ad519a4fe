"""Building: incremental, whole or not at all, and every seed indexed or named."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from indexer import IndexDamagedError, IndexMissingError, LianghuiError, LockedError, SeedError, build_index
from indexer.pipeline.changes import Changes
from indexer.store.generations import VALUES_FILE, current_generation
from indexer.store.lock import index_lock
from query import open_index
from tests.conftest import MakeSeeds, flipped
from tests.indexer.talks import ONE, TWO, answers, texts


def test_a_build_reports_what_it_did(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": ONE, "sub/b.txt": TWO})
    report = build_index(seeds, tmp_path / "index")
    assert report.changes.added == ("a.txt", "sub/b.txt")
    assert (report.sources, report.kinds, report.faults) == (2, {"headline": 2, "body": 3}, ())
    assert report.full


def test_only_what_changed_is_read_again(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": ONE, "b.txt": TWO})
    build_index(seeds, tmp_path / "index")
    make_seeds({"b.txt": ONE, "c.txt": TWO})
    (seeds / "a.txt").touch()
    report = build_index(seeds, tmp_path / "index")
    assert (report.changes.added, report.changes.changed, report.changes.removed) == (
        ("c.txt",),
        ("b.txt",),
        (),
    )
    assert not report.full


def test_a_file_that_shrank_leaves_nothing_behind(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": ONE, "b.txt": TWO})
    build_index(seeds, tmp_path / "index")
    make_seeds({"b.txt": TWO[: TWO.index("\n\n李大山代表建议")]})
    build_index(seeds, tmp_path / "index")
    assert texts(tmp_path / "index") == ["王小明委员建议，加快发展低空经济。", "李大山代表认为，教育是根本。"]


def test_a_file_that_vanished_leaves_nothing_behind(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": ONE, "b.txt": TWO})
    build_index(seeds, tmp_path / "index")
    (seeds / "b.txt").unlink()
    assert build_index(seeds, tmp_path / "index").changes.removed == ("b.txt",)
    assert texts(tmp_path / "index") == ["王小明委员建议，加快发展低空经济。"]


def test_names_that_fold_alike_are_two_sources(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"A.txt": ONE, "a.txt": TWO})
    build_index(seeds, tmp_path / "index")
    (seeds / "A.txt").unlink()
    build_index(seeds, tmp_path / "index")
    assert len(texts(tmp_path / "index")) == 2


def test_step_by_step_and_all_at_once_give_the_same_answers(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    steps = tmp_path / "steps"
    seeds = make_seeds({"a.txt": ONE, "b.txt": TWO})
    build_index(seeds, steps)
    make_seeds({"a.txt": TWO, "0.jsonl": json.dumps({"text": "教育是建议。"})})
    build_index(seeds, steps)
    make_seeds({"a.txt": ONE + TWO})
    (seeds / "b.txt").unlink()
    build_index(seeds, steps)
    build_index(seeds, tmp_path / "once")
    assert answers(steps) == answers(tmp_path / "once")


def test_a_full_build_starts_over_and_keeps_the_ids(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": ONE})
    build_index(seeds, tmp_path / "index")
    before = answers(tmp_path / "index")
    report = build_index(seeds, tmp_path / "index", full=True)
    assert report.full
    assert (report.changes, report.anew, report.unchanged) == (Changes(), "asked for", 1)
    assert answers(tmp_path / "index") == before


def test_hidden_files_and_other_endings_are_no_seeds(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.TXT": ONE, ".b.txt": TWO, ".git/c.txt": TWO, "d.md": TWO})
    assert build_index(seeds, tmp_path / "index").changes.added == ("a.TXT",)


@pytest.mark.parametrize(
    ("files", "reason"),
    [({}, "no seeds in"), ({"a.txt": ""}, "is empty"), ({"a.txt": b"\0\1\2"}, "binary")],
)
def test_nothing_to_index_is_an_error(
    make_seeds: MakeSeeds, tmp_path: Path, files: dict[str, str | bytes], reason: str
) -> None:
    with pytest.raises(SeedError, match=reason):
        build_index(make_seeds(files), tmp_path / "index")
    with pytest.raises(IndexMissingError):
        open_index(tmp_path / "index")


def test_ids_given_in_two_files_are_named(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.jsonl": '{"text": "甲", "id": "1"}', "b.jsonl": '{"text": "乙", "id": "1"}'})
    report = build_index(seeds, tmp_path / "index")
    reason = "b.jsonl, line 1: its id is that of a record in a.jsonl; give each record its own"
    assert [str(fault) for fault in report.faults] == [reason]
    make_seeds({"c.jsonl": '{"text": "丙", "id": "1"}'})
    report = build_index(seeds, tmp_path / "index")
    assert str(report.faults[-1]) == reason.replace("b.jsonl", "c.jsonl")
    assert texts(tmp_path / "index") == ["甲"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names themselves")
def test_a_name_that_is_not_utf_8_is_an_error_that_names_it(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": ONE})
    Path(f"{seeds}/\udcff.txt").write_text(ONE, "utf-8")
    with pytest.raises(SeedError, match="not UTF-8; rename"):
        build_index(seeds, tmp_path / "index")
    Path(f"{seeds}/\udcff.txt").unlink()
    Path(f"{seeds}/\udcff").mkdir()
    Path(f"{seeds}/\udcff/b.txt").write_text(ONE, "utf-8")
    with pytest.raises(SeedError, match="not UTF-8; rename"):
        build_index(seeds, tmp_path / "index")


def test_a_pipe_is_no_seed(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": ONE})
    os.mkfifo(seeds / "b.txt")
    assert build_index(seeds, tmp_path / "index").changes.added == ("a.txt",)


def test_a_folder_that_cannot_be_read_stops_the_build(
    make_seeds: MakeSeeds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds = make_seeds({"a.txt": ONE, "sub/b.txt": TWO})
    build_index(seeds, tmp_path / "index")
    scan = os.scandir

    def refusing(path: str) -> object:  # a folder's rights do not bind root
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(SeedError, match="sub cannot be read"):
        build_index(seeds, tmp_path / "index")
    monkeypatch.undo()
    assert len(texts(tmp_path / "index")) == 3


@pytest.mark.parametrize("line", ["王小、" * 20_000 + "代表建议", "代表、" * 20_000, "主任" * 20_000])
def test_a_very_long_line_is_read_and_does_not_hold_up_the_build(
    make_seeds: MakeSeeds, tmp_path: Path, line: str
) -> None:
    build_index(make_seeds({"a.txt": line}), tmp_path / "index")
    assert texts(tmp_path / "index") == [line]


def test_a_link_that_leads_nowhere_is_named_and_the_rest_is_indexed(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    seeds = make_seeds({"a.txt": ONE})
    (seeds / "b.txt").symlink_to(seeds / "nowhere")
    report = build_index(seeds, tmp_path / "index")
    assert [str(fault) for fault in report.faults] == [
        "b.txt: it cannot be read (No such file or directory); check the file and its rights"
    ]
    assert build_index(seeds, tmp_path / "index").faults == report.faults
    assert len(texts(tmp_path / "index")) == 1


def test_faults_are_reported_again_until_they_are_mended(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.jsonl": '{"text": "一"}\n{\n'})
    first = build_index(seeds, tmp_path / "index")
    second = build_index(seeds, tmp_path / "index")
    assert first.faults == second.faults
    assert [fault.line for fault in second.faults] == [2]


def test_a_second_build_is_told_to_wait(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": ONE})
    (tmp_path / "index").mkdir()
    with index_lock(tmp_path / "index"), pytest.raises(LockedError, match="another process"):
        build_index(seeds, tmp_path / "index")


def test_an_index_folder_that_is_a_file_is_an_error(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    (tmp_path / "index").write_text("something else", "utf-8")
    with pytest.raises(LianghuiError, match="cannot be written"):
        build_index(make_seeds({"a.txt": ONE}), tmp_path / "index")


def test_other_files_in_the_index_folder_are_left_alone(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / ".gitignore").write_text("*\n", "utf-8")
    seeds = make_seeds({"a.txt": ONE})
    build_index(seeds, tmp_path / "index")
    build_index(seeds, tmp_path / "index", full=True)
    assert (tmp_path / "index" / ".gitignore").read_text("utf-8") == "*\n"


def test_the_users_own_topics_are_applied_and_a_change_of_them_builds_anew(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    seeds = make_seeds({"a.txt": ONE, "topics.toml": '"航空" = ["低空经济", "无人机"]\n"教育" = ["学校"]\n'})
    build_index(seeds, tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        (hit,) = index.search("低空经济", topic="航空")
        assert [topic.label for topic in hit.topics if topic.from_ == "vocabulary"] == ["航空"]
    make_seeds({"topics.toml": '"飞行" = ["低空经济"]\n'})
    with open_index(tmp_path / "index") as index:
        assert index.staleness.analysis_changes().startswith("topics.toml was ")
    assert build_index(seeds, tmp_path / "index").full
    with open_index(tmp_path / "index") as index:
        assert index.search("", topic="航空").total == 0
        assert index.search("", topic="飞行").total == 1


@pytest.mark.parametrize(
    "content", ['"航空" = [', '"航空" = 3', '"航空" = [3]', '"航空" = [""]', b"\xff\xff"]
)
def test_topics_that_cannot_be_read_are_an_error(
    make_seeds: MakeSeeds, tmp_path: Path, content: str | bytes
) -> None:
    with pytest.raises(SeedError, match=r"topics\.toml"):
        build_index(make_seeds({"a.txt": ONE, "topics.toml": content}), tmp_path / "index")


def test_an_index_that_is_damaged_is_not_brought_up_to_date(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": ONE})
    build_index(seeds, tmp_path / "index")
    make_seeds({"b.txt": TWO})
    path = current_generation(tmp_path / "index") / VALUES_FILE
    with flipped(path, path.stat().st_size - 1, 0), pytest.raises(IndexDamagedError, match=r"index .*--full"):
        build_index(seeds, tmp_path / "index")
    assert texts(tmp_path / "index") == ["王小明委员建议，加快发展低空经济。"]
