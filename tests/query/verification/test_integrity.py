"""Inspecting an index: an undamaged one holds, and whatever is damaged in one is found."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from indexer import LianghuiError, build_index
from indexer.store.arrays import Array, ArrayFile, ArrayWriter
from indexer.store.checksums import file_digest
from indexer.store.generations import current_generation
from query import inspect, open_index, verify
from tests.conftest import SEEDS, Command, MakeSeeds, flipped, rewrite

pytestmark = pytest.mark.slow

ONE = "甲处的标题\n\n王小明委员建议，加快发展低空经济，支持“专精特新”企业。\n"
TWO = "乙处的标题\n\n李大山代表认为，教育是根本。\n\n李大山代表建议，增加投入。\n"
SEGMENT = "segment-000001.arrays"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an index of the page, to be damaged and mended again."""
    folder = tmp_path_factory.mktemp("inspection")
    shutil.copytree(SEEDS, folder / "seeds")
    build_index(folder / "seeds", folder / "index")
    return folder / "index"


@pytest.fixture
def index(kept: Path, tmp_path: Path) -> Path:
    """Copy the index of the page with its seeds, to be damaged for good."""
    shutil.copytree(kept.parent, tmp_path / "copy")
    return tmp_path / "copy" / "index"


def forge(index: Path, name: str, array: str, change: Callable[[Array], object]) -> None:
    """Change an array of an index and all the checksums, as a fault in the program would."""
    generation = current_generation(index)
    path = generation / name
    old = ArrayFile(path)
    writer = ArrayWriter(path)
    for each in old._table:  # noqa: SLF001 - nobody else wants to know
        copy = old[each].copy()
        if each == array:
            change(copy)
        writer.append(each, copy)
    path.unlink()
    writer.close()
    rewrite(
        generation / "manifest.json",
        lambda record: record["files"].update(
            {name: {"sha256": file_digest(path), "size": path.stat().st_size}}
        ),
    )


def test_a_sound_index_holds(kept: Path, lianghui: Command) -> None:
    found = inspect(kept)
    assert found.holds
    assert (found.files, found.paragraphs) == (12, 60)
    run = lianghui("verify", "--deep", "--probes", "50", "--index", kept)
    assert (run.code, run.err) == (0, "")
    first, second = run.out.splitlines()
    assert first == f"12 files, {found.arrays} arrays, 60 paragraphs, {found.postings} postings: damaged 0"
    assert second.startswith("60 paragraphs, 50 probes")


def test_segments_deletions_lists_and_records_hold(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    records = "\n".join(
        json.dumps({"text": text, "title": "题目", "speakers": ["王大山"], "date": "2025-02"})
        for text in ("低空经济很好。", "教育也好，" * 300, "😀 AI 与 ㎡")
    )
    seeds = make_seeds(
        {"a.txt": ONE, "b.txt": TWO, "words.txt": "低空经济\n", "topics.toml": '"育" = ["教育"]'}
    )
    build_index(seeds, tmp_path / "index")
    many = "".join(f"第{number}位代表建议，加快发展低空经济。\n\n" for number in range(1_200))
    make_seeds({"c.jsonl": records, "d.txt": many, "e.txt": many[:9_000]})
    build_index(seeds, tmp_path / "index")
    make_seeds({"e.txt": TWO, "f.txt": ONE})
    (seeds / "b.txt").unlink()
    build_index(seeds, tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert any(segment.deleted for segment in index.searcher.segments)
    assert inspect(tmp_path / "index").damages == ()


def test_what_is_kept_of_a_seed_that_cannot_be_read_holds(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.txt": ONE, "b.txt": TWO, "topics.toml": '"育" = ["教育"]'})
    build_index(seeds, tmp_path / "index")
    make_seeds({"b.txt": b"\0\1"})
    build_index(seeds, tmp_path / "index")
    assert inspect(tmp_path / "index").damages == ()


def test_a_record_that_was_refused_for_its_id_is_not_missed(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    seeds = make_seeds({"a.jsonl": '{"text": "甲", "id": "1"}', "b.jsonl": '{"text": "乙", "id": "1"}'})
    build_index(seeds, tmp_path / "index")
    assert inspect(tmp_path / "index").damages == ()
    with open_index(tmp_path / "index") as index:
        assert verify(index).holds


@pytest.mark.parametrize(
    "name",
    [
        "current",
        "manifest.json",
        "segments.json",
        "values.arrays",
        "dictionary.arrays",
        "dictionary.trie",
        "learned.arrays",
        "learned.trie",
        "_MAIN_1.toc",
        SEGMENT,
    ],
)
def test_a_flipped_bit_in_any_file_is_found(kept: Path, draw: random.Random, name: str) -> None:
    path = (kept if name == "current" else current_generation(kept)) / name
    size = path.stat().st_size
    for at in {0, size - 1, *(draw.randrange(size) for _ in range(8))}:
        with flipped(path, at, draw.randrange(8)):
            try:
                (damage,) = inspect(kept).damages
            except LianghuiError as error:
                damage = str(error)
                assert "lianghui index --full" in damage
            assert name in damage or (name in ("current", "manifest.json") and "lianghui index" in damage)
    assert inspect(kept).holds


def test_damage_is_named_with_its_file_and_arrays(index: Path, lianghui: Command) -> None:
    path = current_generation(index) / SEGMENT
    positions = ArrayFile(path)["match.positions"].tobytes()
    whole = path.read_bytes()
    path.write_bytes(whole.replace(positions, bytes(len(positions))))
    run = lianghui("verify", "--deep", "--index", index)
    assert run.code == 2
    assert "damaged 1\n" in run.out
    assert f"lianghui: {SEGMENT} is not as it was written (" in run.err
    assert "match.positions" in run.err
    assert "rebuild it with: lianghui index --full" in run.err


def test_a_file_that_is_gone_is_named(index: Path) -> None:
    (current_generation(index) / "_MAIN_1.toc").unlink()
    assert inspect(index).damages == ("_MAIN_1.toc is gone",)


def increase(array: Array) -> None:
    array[len(array) // 2] += 1


def swap(array: Array) -> None:
    array[[0, -1]] = array[[-1, 0]]


@pytest.mark.parametrize(
    ("name", "array", "change", "sentence"),
    [
        *(
            (SEGMENT, array, increase, "is not indexed as its seed says: " + part)
            for array, part in (
                ("match.frequencies", "match"),
                ("match.positions", "match"),
                ("match.norms", "match"),
                ("words.frequencies", "words"),
                ("words.gaps", "words"),
                ("heading.norms", "heading"),
                ("heading.frequencies", "heading"),
                ("topic.ids", "values"),
                ("speaker.docs", "values"),
                ("units", "columns"),
                ("digest", "columns"),
                ("date", "columns"),
            )
        ),
        (SEGMENT, "id_order", swap, "the ids of segment-000001 are not sorted"),
        ("values.arrays", "topic.ranks", swap, "the values of topic are not sorted"),
        ("learned.arrays", "count", increase, "learned.arrays is not what the texts teach"),
    ],
)
def test_what_is_not_as_the_seeds_say_is_found_though_every_checksum_is_right(
    index: Path, name: str, array: str, change: Callable[[Array], object], sentence: str
) -> None:
    forge(index, name, array, change)
    try:
        assert any(sentence in damage for damage in inspect(index).damages)
    except LianghuiError as error:
        assert "is damaged" in str(error)  # noqa: PT017 - what is inconsistent may not be readable at all


def test_a_value_that_was_altered_is_found(index: Path) -> None:
    def alter(array: Array) -> None:
        array[:] = np.frombuffer(array.tobytes().replace("张".encode(), "章".encode()), "u1")

    forge(index, "values.arrays", "speaker.shown", alter)
    assert any("is not indexed as its seed says: values" in damage for damage in inspect(index).damages)


def test_every_field_of_a_paragraph_is_compared_with_its_seed(make_seeds: MakeSeeds, tmp_path: Path) -> None:
    lines = [{"text": "低空经济很好。", "title": "甲"}, {"text": "教育也好。", "title": "甲"}]
    seeds = make_seeds({"a.jsonl": "\n".join(map(json.dumps, lines))})
    build_index(seeds, tmp_path / "index")
    make_seeds({"a.jsonl": "\n".join(map(json.dumps, [lines[0], lines[1] | {"date": "2025"}]))})
    manifest = current_generation(tmp_path / "index") / "manifest.json"
    seed = {"sha256": file_digest(seeds / "a.jsonl")}
    rewrite(manifest, lambda record: record["sources"]["a.jsonl"].update(seed))
    (damage,) = inspect(tmp_path / "index").damages
    assert damage.endswith("(a.jsonl:2) is not indexed as its seed says: record, values, columns")


@pytest.mark.parametrize("file", ["a.txt", "words.txt"])
def test_an_index_that_is_stale_is_not_inspected(make_seeds: MakeSeeds, tmp_path: Path, file: str) -> None:
    build_index(make_seeds({"a.txt": ONE}), tmp_path / "index")
    make_seeds({file: "幸福驿站"})
    with pytest.raises(LianghuiError, match=r"(1 changed \(a|words)\.txt.*; run: lianghui index"):
        inspect(tmp_path / "index")


def test_what_is_rebuilt_while_it_is_inspected_is_inspected_anew(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    seeds = make_seeds({"a.txt": "全国人大代表王大锤建议发展“一老一小”服务。\n"})
    build_index(seeds, tmp_path / "index")
    totals: list[int] = []

    def rebuild(_: int, total: int) -> None:
        totals.append(total)
        if len(totals) == 1:
            make_seeds({"b.txt": "全国人大代表李小锤建议发展“幸福驿站群”。\n"})
            build_index(seeds, tmp_path / "index")

    found = inspect(tmp_path / "index", progress=rebuild)
    assert (found.damages, found.paragraphs, totals) == ((), 2, [1, 2])
