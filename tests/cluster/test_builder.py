"""Building in a cluster: what changed alone, one builder at a time, and whole or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer import IndexMissingError, IndexVersionError, LianghuiError, LockedError, LossError
from indexer.cluster.connection import Connection
from indexer.cluster.generations import make_files_index, publish
from indexer.cluster.lock import Lock
from indexer.store.address import ClusterAddress
from query import Index, open_index, verify
from tests.cluster.conftest import Places
from tests.cluster.nodes import Cluster
from tests.conftest import ROOT, MakeSeeds

pytestmark = pytest.mark.cluster

ONE = "甲处的标题\n\n鲁滨孙委员建议，加快发展低空经济。\n\n人才要培养。\n"
TWO = "乙处的标题\n\n赵某兰代表说：“要办好教育。”\n"
RECORDS = "\n".join(
    json.dumps({"id": f"r{number}", "text": f"第{number}段谈的是教育和人才。"}, ensure_ascii=False)
    for number in range(30)
)


def everything(index: Index) -> list[object]:
    """List what an index holds and answers, to compare two of them."""
    queries = ("教育", "人才 教育", "低空经济的发展怎么样", "赵某兰", "第?段")
    answers = [index.search(query, explain=True).to_dict() for query in queries]
    return [[*index.paragraphs()], index.values("speaker"), index.lexicon(), answers]


def test_an_update_reads_what_changed_and_answers_as_a_full_build(
    make_seeds: MakeSeeds, places: Places
) -> None:
    places.build(make_seeds({"a.txt": ONE, "b.txt": TWO, "c.jsonl": RECORDS}), "index")
    seeds = make_seeds({"a.txt": ONE + "\n补上的一段，也谈教育。\n", "d.txt": "新的一页。\n\n谈人才。\n"})
    (seeds / "b.txt").unlink()
    report = places.build(seeds, "index")
    changes = report.changes
    assert (changes.added, changes.changed, changes.removed, report.full) == (
        ("d.txt",),
        ("a.txt",),
        ("b.txt",),
        False,
    )
    places.build(seeds, "anew")
    with places.open("index") as updated, places.open("anew") as anew:
        assert everything(updated) == everything(anew)
        assert verify(updated, probes=100).holds


def test_nothing_changed_is_nothing_written(make_seeds: MakeSeeds, places: Places, cluster: Cluster) -> None:
    seeds = make_seeds({"a.txt": ONE})
    places.build(seeds, "index")
    name = places.name("index")
    before = cluster.request("GET", f"/_alias/{name}")
    report = places.build(seeds, "index")
    assert not report.changes
    assert cluster.request("GET", f"/_alias/{name}") == before


def test_an_index_is_current_until_another_is_built(make_seeds: MakeSeeds, places: Places) -> None:
    places.build(make_seeds({"a.txt": ONE}), "index")
    with places.open("index") as index:
        assert index.is_current()
        places.build(make_seeds({"b.txt": TWO}), "index")
        assert not index.is_current()
        places.remove()
        assert not index.is_current()


def test_an_id_given_twice_belongs_to_the_first_seed_also_in_an_update(
    make_seeds: MakeSeeds, places: Places
) -> None:
    def record(text: str) -> str:
        return json.dumps({"id": "one", "text": text}, ensure_ascii=False)

    places.build(make_seeds({"b.jsonl": record("后来的"), "c.txt": ONE}), "index")
    places.build(make_seeds({"a.jsonl": record("先来的")}), "index")
    with places.open("index") as index:
        found = index.paragraph("one")
        assert found is not None
        assert found.text == "先来的"
        assert len(index) == 4


def test_most_of_an_index_is_not_lost_without_a_word(make_seeds: MakeSeeds, places: Places) -> None:
    seeds = make_seeds({"a.txt": ONE, "b.txt": TWO, "c.jsonl": RECORDS})
    places.build(seeds, "index")
    for name in ("b.txt", "c.jsonl"):
        (seeds / name).unlink()
    with pytest.raises(LossError, match="--force"):
        places.build(seeds, "index")
    with places.open("index") as index:
        assert index.search("教育").total == 31


def test_a_reader_goes_on_while_the_next_generation_takes_over(make_seeds: MakeSeeds, places: Places) -> None:
    seeds = make_seeds({"a.txt": ONE})
    places.build(seeds, "index")
    with places.open("index") as index:
        assert index.search("教育").total == 0
        places.build(make_seeds({"b.txt": TWO}), "index")
        assert index.search("教育").total == 1
        assert len(index) == 5


def test_without_an_index_an_error_says_how_to_build_one(places: Places) -> None:
    with pytest.raises(IndexMissingError, match="lianghui index --index opensearch://"):
        places.open("nowhere")


def test_an_index_that_somebody_deleted_is_missing(
    make_seeds: MakeSeeds, places: Places, cluster: Cluster
) -> None:
    places.build(make_seeds({"a.txt": ONE}), "index")
    name = places.name("index")
    with places.open("index") as index:
        cluster.request("DELETE", f"/{name}-0*")
        with pytest.raises(IndexMissingError, match="build one with"):
            index.search("人才")


def test_a_mapping_of_another_version_asks_to_be_built_anew(
    make_seeds: MakeSeeds, places: Places, cluster: Cluster
) -> None:
    seeds = make_seeds({"a.txt": ONE})
    places.build(seeds, "index")
    name = places.name("index")
    (generation,) = cluster.request("GET", f"/_alias/{name}")
    cluster.request("PUT", f"/{generation}/_mapping", {"_meta": {"lianghui": "0-none"}})
    with pytest.raises(IndexVersionError, match="--full"):
        places.open("index")
    places.build(seeds, "index")
    with places.open("index") as index:
        assert index.search("人才").total == 1


def test_an_index_of_somebody_else_is_left_alone(
    make_seeds: MakeSeeds, places: Places, cluster: Cluster
) -> None:
    name = places.name("theirs")
    cluster.request("PUT", f"/{name}", {})
    with pytest.raises(LianghuiError, match="no index of lianghui"):
        places.build(make_seeds({"a.txt": ONE}), "theirs")
    cluster.request("DELETE", f"/{name}")


def test_one_builder_at_a_time(make_seeds: MakeSeeds, places: Places) -> None:
    connection = Connection(ClusterAddress.parse(places.address("index")))
    lock = Lock(connection, make_files_index(connection), 60)
    lock.acquire()
    seeds = make_seeds({"a.txt": ONE})
    with pytest.raises(LockedError, match=f"pid {os.getpid()}"):
        places.build(seeds, "index")
    lock.release()
    places.build(seeds, "index")


def test_the_lock_of_a_builder_elsewhere_is_free_once_it_expires(
    make_seeds: MakeSeeds, places: Places, cluster: Cluster
) -> None:
    seeds = make_seeds({"a.txt": ONE})
    places.build(seeds, "index")
    path = f"/{places.name('index')}-files/_doc/lock"
    lock = {"host": "elsewhere", "pid": 2**22, "since": "today"}
    cluster.request("PUT", path, {"lock": lock | {"until": time.time() + 60}})
    with pytest.raises(LockedError, match=f"pid {2**22} on elsewhere, since today"):
        places.build(seeds, "index")
    cluster.request("PUT", path, {"lock": lock | {"until": time.time() - 1}})
    places.build(seeds, "index")


def test_a_builder_that_lost_its_lock_cannot_publish(
    make_seeds: MakeSeeds, places: Places, cluster: Cluster
) -> None:
    places.build(make_seeds({"a.txt": ONE}), "index")
    connection = Connection(ClusterAddress.parse(places.address("index")))
    name, files = connection.address.name, make_files_index(connection)
    held_up = Lock(connection, files, 0.1)
    held_up.acquire()
    (generation,) = cluster.request("GET", f"/_alias/{name}")
    cluster.request("PUT", f"/{name}-000009", {})
    time.sleep(0.2)
    next_one = Lock(connection, files, 60)
    next_one.acquire()
    held_up.renew()
    with pytest.raises(LockedError, match="took over"):
        held_up.check()
    with pytest.raises(LockedError, match="took over"):
        publish(connection, f"{name}-000009", [generation], held_up.fence)
    assert [*cluster.request("GET", f"/_alias/{name}")] == [generation]
    publish(connection, f"{name}-000009", [generation], next_one.fence)
    assert [*cluster.request("GET", f"/_alias/{name}")] == [f"{name}-000009"]


def test_a_build_that_is_killed_leaves_the_old_answers_and_the_next_cleans_up(
    make_seeds: MakeSeeds, places: Places, cluster: Cluster
) -> None:
    seeds = make_seeds({"a.txt": ONE})
    places.build(seeds, "index")
    make_seeds({f"{number}.jsonl": RECORDS.replace('"r', f'"{number}-') for number in range(40)})
    address = places.address("index")
    name = places.name("index")
    killed = _start_build(seeds, address)
    _wait_for(lambda: len(cluster.request("GET", f"/_cat/indices/{name}-0*?format=json")) == 2)
    killed.kill()
    killed.wait()
    with places.open("index") as index:
        assert index.search("人才").total == 1
    report = places.build(seeds, "index")
    assert report.paragraphs == 3 + 40 * 30
    assert len(cluster.request("GET", f"/_cat/indices/{name}-0*?format=json")) == 1


def _start_build(seeds: Path, address: str) -> subprocess.Popen[bytes]:
    code = "import sys; from indexer import build_index; build_index(*sys.argv[1:])"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", code, str(seeds), address], env=environment)


def _wait_for(condition: object, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():  # type: ignore[operator]
            return
        time.sleep(0.05)
    raise TimeoutError("it did not come to that")


def test_an_index_is_opened_by_an_address_that_is_parsed_already(
    make_seeds: MakeSeeds, places: Places
) -> None:
    places.build(make_seeds({"a.txt": ONE}), "index")
    with open_index(ClusterAddress.parse(places.address("index"))) as index:
        assert repr(index) == f"<Index of 3 paragraphs at {places.address('index')}>"
