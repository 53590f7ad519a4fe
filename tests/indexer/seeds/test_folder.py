"""The seeds folder: links, pipes, deep folders and the user's files in it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path

import pytest

from indexer import SeedError, build_index
from indexer.seeds.user_files import read_user_words
from query import open_index, verify
from tests.conftest import Command, MakeSeeds

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")

ONE = "王小明委员建议，加快发展低空经济。\n"
TWO = "李大山代表认为，教育是根本。\n"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Make a folder beside the seeds with a text in it, and in a folder below."""
    folder = tmp_path / "outside"
    (folder / "below").mkdir(parents=True)
    for path in (folder / "b.txt", folder / "below" / "c.txt"):
        path.write_text(TWO, "utf-8")
    return folder


def sources(index: Path) -> list[str]:
    with open_index(index) as opened:
        return [*opened.generation.manifest.sources]


def test_links_that_lead_out_are_not_read_and_named_once(
    lianghui: Command, make_seeds: MakeSeeds, outside: Path
) -> None:
    seeds = make_seeds({"a.txt": ONE})
    (seeds / "b.txt").symlink_to(outside / "b.txt")
    (seeds / "more").symlink_to(outside)
    run = lianghui("index")
    assert run.code == 0
    assert run.err == (
        "lianghui: links that lead out of seeds are not read: b.txt, more; "
        "to read them: lianghui index --follow-links\n"
    )
    assert sources(Path("index")) == ["a.txt"]
    assert lianghui("search", "低空经济").err == ""


def test_links_are_followed_when_that_is_asked_and_stay_followed(
    lianghui: Command, make_seeds: MakeSeeds, outside: Path
) -> None:
    seeds = make_seeds({"a.txt": ONE})
    (seeds / "b.txt").symlink_to(outside / "b.txt")
    (seeds / "more").symlink_to(outside)
    assert lianghui("index", "--follow-links").err == ""
    assert sources(Path("index")) == ["a.txt", "b.txt", "more/b.txt", "more/below/c.txt"]
    assert lianghui("status").code == 0
    with open_index("index") as index:
        assert verify(index, probes=20).holds
    (outside / "b.txt").write_text(ONE, "utf-8")
    assert "lianghui index --follow-links" in lianghui("search", "低空经济").err


def test_links_in_a_circle_are_followed_once(make_seeds: MakeSeeds, outside: Path, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": ONE})
    (seeds / "up").symlink_to(tmp_path)
    (seeds / "self").symlink_to(seeds)
    (seeds / "out").symlink_to(outside)
    (outside / "back").symlink_to(outside)
    (outside / "seeds").symlink_to(seeds)
    (seeds / "round.txt").symlink_to(seeds / "round.txt")
    report = build_index(seeds, tmp_path / "index", follow_links=True)
    assert [fault.source for fault in report.faults] == ["round.txt"]
    assert len([*report.changes.added]) <= 8
    assert build_index(seeds, tmp_path / "plain").changes.added == ("a.txt", "round.txt")


def test_a_link_inside_of_the_seeds_is_read(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": ONE})
    (seeds / "b.txt").symlink_to("a.txt")
    report = build_index(seeds, tmp_path / "index")
    assert (report.changes.added, report.unfollowed) == (("a.txt", "b.txt"), ())


@pytest.mark.parametrize("name", ["words.txt", "topics.toml", "synonyms.txt", "b.txt", "b.jsonl"])
def test_a_pipe_does_not_hold_up_a_build(lianghui: Command, make_seeds: MakeSeeds, name: str) -> None:
    seeds = make_seeds({"a.txt": ONE})
    os.mkfifo(seeds / name)
    (seeds / "c.txt").symlink_to("/dev/zero")
    run = lianghui("index", "--follow-links")
    assert run.code == (0 if name in ("b.txt", "b.jsonl") else 2)
    assert run.code == 0 or f"{name} is no file; remove it, or put one there" in run.err


def test_a_user_file_that_is_a_link_out_of_the_seeds_is_refused(make_seeds: MakeSeeds, outside: Path) -> None:
    seeds = make_seeds({"a.txt": ONE})
    (seeds / "words.txt").symlink_to(outside / "b.txt")
    with pytest.raises(SeedError, match="put the file itself there"):
        read_user_words(seeds)


def test_the_users_files_are_seeds_only_in_sub_folders(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": ONE, "words.txt": "低空经济\n", "synonyms.txt": "", "sub/words.txt": ONE})
    assert build_index(seeds, tmp_path / "index").changes.added == ("a.txt", "sub/words.txt")


@contextmanager
def dug(folder: Path, name: str, depth: int) -> Iterator[None]:
    """Dig folders within folders with a text at the ground, and fill them in: nobody else could."""
    with chdir(folder):
        for _ in range(depth):
            Path(name).mkdir()
            os.chdir(name)
        Path("b.txt").write_text(TWO, "utf-8")
    yield
    with chdir(folder):
        for _ in range(depth):
            os.chdir(name)
        Path("b.txt").unlink()
        for _ in range(depth):
            os.chdir("..")
            Path(name).rmdir()


def test_folders_as_deep_as_the_system_lets_them_be_are_read(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": ONE})
    depth = (os.pathconf(tmp_path, "PC_PATH_MAX") - len(str(seeds)) - 20) // 2
    with dug(seeds, "d", depth):
        assert len(build_index(seeds, tmp_path / "index").changes.added) == 2


def test_folders_that_are_too_deep_are_named(lianghui: Command, make_seeds: MakeSeeds) -> None:
    with dug(make_seeds({"a.txt": ONE}), "d" * 200, 50):
        run = lianghui("index")
    assert run.code == 2
    assert "cannot be read (File name too long)" in run.err


def test_an_index_among_the_seeds_is_passed_over(lianghui: Command, make_seeds: MakeSeeds) -> None:
    make_seeds({"a.txt": ONE})
    assert lianghui("index", "seeds", "--index", "seeds/x/index").code == 0
    run = lianghui("index", "seeds", "--index", "seeds/x/index")
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("added 0, changed 0, removed 0")
