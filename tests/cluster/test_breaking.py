"""A cluster that breaks: nodes killed while it is asked and filled, a full disk, a node that hangs."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from indexer import LianghuiError
from indexer.cluster.connection import Connection
from query import Index
from tests.cluster.conftest import Places
from tests.cluster.nodes import Cluster
from tests.conftest import MakeSeeds

pytestmark = pytest.mark.cluster

QUERIES = ("教育", "人才 教育", "人才的教育谈得怎么样")
SEEDS = 60
PARAGRAPHS = 100


def records(name: str) -> str:
    return "\n".join(
        json.dumps({"id": f"{name}-{number}", "text": f"第{number}段谈的是教育和人才。"}, ensure_ascii=False)
        for number in range(PARAGRAPHS)
    )


@contextmanager
def meanwhile(action: Callable[[], object]) -> Iterator[list[BaseException]]:
    """Do something over and over until the end of the block, and collect what it raises."""
    raised: list[BaseException] = []
    done = threading.Event()

    def again() -> None:
        while not done.is_set():
            try:
                action()
            except BaseException as error:  # noqa: BLE001 - the test looks at it
                raised.append(error)

    thread = threading.Thread(target=again)
    thread.start()
    try:
        yield raised
    finally:
        done.set()
        thread.join()


@pytest.fixture
def filled(make_seeds: MakeSeeds, places: Places) -> Iterator[Index]:
    """Open an index of some thousand paragraphs."""
    places.build(make_seeds({f"{number}.jsonl": records(str(number)) for number in range(20)}), "index")
    with places.open("index") as index:
        yield index


@pytest.mark.parametrize("name", ["n1", "n2", "m1"])
def test_a_node_killed_fails_no_search_and_loses_no_paragraph_of_a_build(
    filled: Index, make_seeds: MakeSeeds, places: Places, cluster: Cluster, name: str
) -> None:
    seeds = make_seeds({f"{number}.jsonl": records(str(number)) for number in range(SEEDS)})
    expected = {query: filled.search(query).to_dict() for query in QUERIES}
    slowest = 0.0

    def ask() -> None:
        nonlocal slowest
        for query in QUERIES:
            begun = time.monotonic()
            assert filled.search(query).to_dict() == expected[query]
            slowest = max(slowest, time.monotonic() - begun)

    with ThreadPoolExecutor() as threads:
        building = threads.submit(places.build, seeds, "another")
        cluster.wait_for_documents(places.name("another"))
        try:
            with meanwhile(ask) as raised:
                cluster[name].kill()
                building.result()
        finally:
            cluster.restart(name)
    assert raised == []
    print(f"the slowest search while {name} was killed: {slowest:.2f} s")
    with places.open("another") as index:
        assert len(index) == SEEDS * PARAGRAPHS
        assert index.search("教育", strict=True).total == SEEDS * PARAGRAPHS
        assert len({paragraph.id for paragraph in index.paragraphs()}) == SEEDS * PARAGRAPHS


def test_a_disk_that_is_full_while_an_index_is_built_ends_the_build_in_one_sentence(
    filled: Index, make_seeds: MakeSeeds, places: Places, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.cluster.builder.begin_generation", _full(cluster))
    _expect_full(make_seeds({"more.jsonl": records("more")}), places, filled)
    monkeypatch.undo()
    _build_more(make_seeds({}), places)


def test_at_the_disk_watermark_no_build_begins_and_the_old_answers_stay(
    filled: Index, make_seeds: MakeSeeds, places: Places, cluster: Cluster
) -> None:
    seeds = make_seeds({"more.jsonl": records("more")})
    with cluster.full_disks(places.name("index")):
        _expect_full(seeds, places, filled)
    _build_more(seeds, places)


def test_where_no_node_has_room_a_build_ends_in_one_sentence_and_the_old_answers_stay(
    filled: Index, make_seeds: MakeSeeds, places: Places, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.cluster.generations._ALLOCATION", "2s")
    seeds = make_seeds({"more.jsonl": records("more")})
    with (
        cluster.settings({"cluster.routing.allocation.enable": "none"}),
        pytest.raises(LianghuiError, match=r"has no room for .*: free disk space"),
    ):
        places.build(seeds, "index", full=True)
    assert filled.search("教育").total == 20 * PARAGRAPHS
    _build_more(seeds, places)


def _expect_full(seeds: Path, places: Places, index: Index) -> None:
    with pytest.raises(LianghuiError, match=r"lets nobody write .*; free disk space") as raised:
        places.build(seeds, "index")
    assert "\n" not in str(raised.value)
    assert index.search("教育").total == 20 * PARAGRAPHS


def _build_more(seeds: Path, places: Places) -> None:
    places.build(seeds, "index")
    with places.open("index") as index:
        assert index.search("教育").total == 21 * PARAGRAPHS


def _full(cluster: Cluster) -> Callable[..., None]:
    """Make a function that begins a generation and has it marked as a node with a full disk marks it."""
    from indexer.cluster.generations import begin_generation  # noqa: PLC0415 - before it is replaced

    def begin(connection: Connection, index: str, *more: Any) -> None:
        begin_generation(connection, index, *more)
        cluster.request("PUT", f"/{index}/_settings", {"index.blocks.read_only_allow_delete": True})

    return begin


def test_a_node_that_hangs_delays_an_answer_and_changes_none(filled: Index, cluster: Cluster) -> None:
    expected = filled.search("人才").to_dict()
    cluster["n2"].freeze()
    thaw = threading.Timer(4, cluster["n2"].thaw)
    thaw.start()
    try:
        for _ in range(3):
            assert filled.search("人才").to_dict() == expected
    finally:
        thaw.join()
        cluster.wait(3)
