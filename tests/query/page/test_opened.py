"""A page while its index and its seeds change: no answer fails, none is stale without saying so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from indexer import build_index
from query.page import opened
from tests.conftest import MakeSeeds
from tests.query.page.conftest import client_of, total


@pytest.fixture
def seeds(make_seeds: MakeSeeds) -> Path:
    return make_seeds({"a.txt": "赵某兰委员建议，办好教育。\n"})


def test_a_rebuild_is_answered_from_at_once(seeds: Path, tmp_path: Path) -> None:
    build_index(seeds, tmp_path / "index")
    client = client_of(tmp_path / "index")
    for number in range(3):
        (seeds / f"b{number}.txt").write_text(f"钱某梅代表认为，教育是第{number}位。\n", "utf-8")
        build_index(seeds, tmp_path / "index", full=number == 1)
        assert total(client.get("/?q=教育").text) == number + 2
        assert client.get("/results.json?q=教育").json()["total"] == number + 2


def test_an_index_that_was_removed_and_built_anew_is_noticed(seeds: Path, tmp_path: Path) -> None:
    build_index(seeds, tmp_path / "index")
    client = client_of(tmp_path / "index")
    assert total(client.get("/?q=教育").text) == 1
    shutil.rmtree(tmp_path / "index")
    page = client.get("/?q=教育").text  # the mapped files are still there
    assert total(page) == 1
    assert "索引无法重新打开" in page
    assert "build one with" in page
    (seeds / "b.txt").write_text("教育是根本。\n", "utf-8")
    build_index(seeds, tmp_path / "index")
    page = client.get("/?q=教育").text
    assert total(page) == 2
    assert "索引无法重新打开" not in page


def test_seeds_that_changed_are_told_of(seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "STATUS_SECONDS", 0.0)
    monkeypatch.setattr(opened, "STATUS_SHARE", 0)
    build_index(seeds, tmp_path / "index")
    client = client_of(tmp_path / "index")
    assert "语料在建索引之后有变化" not in client.get("/?q=教育").text
    (seeds / "b.txt").write_text("教育是根本。\n", "utf-8")
    page = client.get("/?q=教育").text
    assert "语料在建索引之后有变化" in page
    assert "1 added (b.txt)" in page
    assert f"lianghui index {seeds}" in page
    build_index(seeds, tmp_path / "index")
    assert "语料在建索引之后有变化" not in client.get("/?q=教育").text


def test_a_damaged_index_is_no_fault_of_the_reader(seeds: Path, tmp_path: Path) -> None:
    build_index(seeds, tmp_path / "index")
    client = client_of(tmp_path / "index")
    (values,) = tmp_path.glob("index/generation-*/values.arrays")
    data = bytearray(values.read_bytes())
    data[40:4000] = bytes(len(data[40:4000]))
    values.write_bytes(data)
    reply = client.get("/?q=教育&speaker=赵")
    assert reply.status_code == 503
    assert "is damaged" in reply.text
