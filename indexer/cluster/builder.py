"""Build an index in a cluster: read what changed, send it, count, and let the new generation answer."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from indexer.cluster.bulk import BulkSender
from indexer.cluster.connection import Connection
from indexer.cluster.documents import completed, read_prepared, write_prepared
from indexer.cluster.files import fetch_files, remove_files, store_files
from indexer.cluster.generations import (
    Answering,
    aliased,
    answering,
    begin_generation,
    make_files_index,
    next_number,
    publish,
    remove_stale,
    wait_until_whole,
)
from indexer.cluster.lock import Lock, cluster_lock
from indexer.cluster.mapping import MAPPING_VERSION, similarity_settings
from indexer.cluster.paging import READING_ORDER, hits_of
from indexer.cluster.value_counts import add_counts, no_counts, value_requests
from indexer.errors import IndexMissingError, IndexVersionError, LianghuiError
from indexer.pipeline.commit import write_words
from indexer.pipeline.index_writer import check_states, generation_manifest, source_states
from indexer.pipeline.owners import Owners, refused_by
from indexer.pipeline.plan import Base, BuildPlan, Planned, refreshed_manifest
from indexer.pipeline.scheduler import Scheduler
from indexer.seeds.folder import file_status
from indexer.segments.schema import SCORED_FIELDS, VALUE_FIELDS
from indexer.segments.values import ValueNumbers
from indexer.store.address import ClusterAddress
from indexer.store.arrays import ArrayWriter
from indexer.store.generations import COUNTS_FILE, VALUES_FILE
from indexer.store.manifest import Manifest, SourceState, read_manifest, write_manifest

__all__ = ["build_in_cluster"]

_PATIENCE = 300.0  # seconds that a build waits for a cluster that lost a node
_TIMEOUT = 120.0  # of one request: a node waits a minute for a shard that is being moved
_CLOSINGS = 30  # tries to close an index, a second apart
_SOURCES = 10_000  # seeds whose paragraphs are deleted at once
_KEYS = 10_000  # paragraphs that are looked up at once


def build_in_cluster(address: ClusterAddress, planned: Planned) -> tuple[BuildPlan, Manifest]:
    """Build or update the index at an address; return what was planned, and the manifest that there is now.

    Raise what `indexer.build.build_index` raises.
    """
    connection = Connection(address, patience=_PATIENCE, timeout=_TIMEOUT)
    try:
        _answering(connection)  # before anything is made beside an index that is not ours
        with cluster_lock(connection, make_files_index(connection)) as lock:
            remove_stale(connection)
            before = _answering(connection)
            base = _base(connection, before) if before else None
            plan = planned(base)
            if plan.base and before and not plan.changes:
                return plan, _refresh(connection, lock, before, plan, plan.base)
            return plan, _Build(connection, lock, plan, before).perform()
    finally:
        connection.close()


def _answering(connection: Connection) -> Answering | None:
    with suppress(IndexMissingError, IndexVersionError):
        return answering(connection)
    return None


def _base(connection: Connection, before: Answering) -> Base:
    folder = fetch_files(connection, connection.address.name, before.files)
    return Base(folder, read_manifest(folder))


def _refresh(connection: Connection, lock: Lock, before: Answering, plan: BuildPlan, base: Base) -> Manifest:
    """Keep the new times of files whose content is unchanged, where there are any."""
    manifest = refreshed_manifest(plan, base)
    if manifest != base.manifest:
        with TemporaryDirectory() as folder:
            write_manifest(Path(folder), manifest)
            listed = {**before.files, **store_files(connection, connection.address.name, Path(folder))}
        lock.check()
        meta = {**before.meta, "files": listed}
        connection.put(f"/{before.index}/_mapping", {"_meta": meta})
    return manifest


class _Build:
    """One build: the index that it fills, and the values that it numbers."""

    def __init__(self, connection: Connection, lock: Lock, plan: BuildPlan, before: Answering | None) -> None:
        self._connection = connection
        self._lock = lock
        self._plan = plan
        self._before = before
        self._base = plan.base.folder if plan.base else None
        self._values = ValueNumbers(self._base / VALUES_FILE if self._base else None)
        self._numbers: Counter[str] = Counter()  # of the paragraphs of each source
        self._aliased = aliased(connection)
        self._number = next_number(connection)
        self._index = f"{connection.address.name}-{self._number:06d}"

    def perform(self) -> Manifest:
        """Fill a new generation and publish it; where that fails, what answered stays."""
        shared = self._before if self._plan.base else None
        size = sum(file_status(path)[0] for path in self._plan.files.values())
        try:
            begin_generation(self._connection, self._index, shared, size)
            with TemporaryDirectory() as name:
                folder = Path(name)
                states = self._read(folder)
                check_states(self._plan, states)
                facts = self._count(states)
                self._score_by(facts)
                manifest = self._write_files(folder, states)
                self._publish(folder, facts)
        except BaseException:
            with suppress(LianghuiError):
                self._connection.delete(f"/{self._index}", ignore_unavailable="true")
            raise
        with suppress(LianghuiError):  # what is left is removed by the next build
            remove_stale(self._connection)
        return manifest

    def _read(self, folder: Path) -> dict[str, SourceState]:
        """Read what changed, send it, and delete what was there of it; return the states of all sources."""
        plan = self._plan
        refused = refused_by({*plan.changed, *plan.changes.removed}, plan.known)
        sources = sorted((plan.changed | refused) & plan.files.keys())
        with BulkSender(self._connection, self._index) as sender:
            scheduler = Scheduler(
                plan,
                sources,
                folder,
                Owners(plan, self._holders),
                write=write_prepared,
                take=lambda path: self._send(path, sender),
            )
            scheduler.read()
        read = [source for source, report in scheduler.reports.items() if not report.is_unreadable]
        self._delete(sorted({*plan.changes.removed, *read}))
        return source_states(plan, scheduler.reports)

    def _holders(self, ids: Sequence[str]) -> dict[str, str]:
        """Find the seeds whose paragraphs have some ids in the index as it was, by id."""
        if not self._plan.base or not self._before or not ids:
            return {}
        body = {"query": {"terms": {"id": ids}}, "size": len(ids), "_source": ["id", "path"]}
        hits = self._connection.post(f"/{self._before.index}/_search", body)["hits"]["hits"]
        return {hit["_source"]["id"]: hit["_source"]["path"] for hit in hits}

    def _send(self, path: Path, sender: BulkSender) -> None:
        """Send the paragraphs that a task wrote, and remove its file."""
        self._lock.check()
        for prepared in read_prepared(path):
            values = {
                field: [*map(str, self._values.numbers(field, own).tolist())]
                for field, own in prepared.values.items()
            }
            numbers = {"number": self._numbers[prepared.source], "build": self._number, **values}
            self._numbers[prepared.source] += 1
            sender.add(prepared.key, completed(prepared, numbers))
        path.unlink()

    def _delete(self, gone: Sequence[str]) -> None:
        """Delete the paragraphs of some sources that an earlier build wrote."""
        self._connection.post(f"/{self._index}/_refresh")
        if not self._plan.base or not gone:
            return
        with BulkSender(self._connection, self._index) as sender:
            for start in range(0, len(gone), _SOURCES):
                for key in self._earlier_keys(gone[start : start + _SOURCES]):
                    sender.delete(key)
        self._connection.post(f"/{self._index}/_refresh")

    def _earlier_keys(self, paths: Sequence[str]) -> Iterator[str]:
        """List what the paragraphs of some sources are kept under that an earlier build wrote."""
        clauses = [{"terms": {"path": paths}}, {"range": {"build": {"lt": self._number}}}]
        query = {"bool": {"filter": clauses}}
        body = {"query": query, "sort": READING_ORDER, "size": _KEYS, "_source": False}
        return (hit["_id"] for hit in hits_of(self._search, body))

    def _count(self, states: dict[str, SourceState]) -> dict[str, Any]:
        """Count what a score needs over all paragraphs; raise `LianghuiError` where some are not there."""
        aggs = {field: {"sum": {"field": f"length.{field}"}} for field in SCORED_FIELDS}
        aggs |= {"first": {"min": {"field": "date"}}, "latest": {"max": {"field": "date"}}}
        aggs |= {"last": {"max": {"field": "last"}}, "dated": {"value_count": {"field": "date"}}}
        reply = self._search({"size": 0, "track_total_hits": True, "aggs": aggs})
        count = int(reply["hits"]["total"]["value"])
        expected = sum(sum(state.kinds.values()) for state in states.values())
        if count != expected:
            raise LianghuiError(
                f"the cluster at {self._connection.address} holds {count} of {expected} paragraphs; "
                "build again"
            )
        found = {name: int(each["value"] or 0) for name, each in reply["aggregations"].items()}
        return {
            "count": count,
            "lengths": {field: found[field] for field in SCORED_FIELDS},
            **{name: found[name] for name in ("first", "latest", "last")},
            "undated": count - found["dated"],
        }

    def _search(self, body: dict[str, Any]) -> Any:
        """Search the primary shards: their replicas have what is new when they were opened anew."""
        path = f"/{self._index}/_search"
        return self._connection.post(path, body, allow_partial_search_results="false", preference="_primary")

    def _score_by(self, facts: dict[str, Any]) -> None:
        """Tell the cluster the average lengths: an index that nobody reads yet can be closed for that."""
        averages = {field: total / max(1, facts["count"]) or 1.0 for field, total in facts["lengths"].items()}
        self._connection.post(f"/{self._index}/_flush", wait_if_ongoing="true")
        for _ in range(_CLOSINGS):  # a shard that is just being moved keeps its index open
            if self._connection.post(f"/{self._index}/_close").get("shards_acknowledged"):
                break
            time.sleep(1)
        settings = {"index": {"similarity": similarity_settings(averages)}}
        self._connection.put(f"/{self._index}/_settings", settings)
        self._connection.post(f"/{self._index}/_open")
        wait_until_whole(self._connection, self._index)

    def _write_files(self, folder: Path, states: dict[str, SourceState]) -> Manifest:
        """Write the files by which a query is understood, and the manifest."""
        self._values.write(folder / VALUES_FILE)
        writer = ArrayWriter(folder / COUNTS_FILE)
        sizes = {field: self._values.count(field) for field in VALUE_FIELDS}
        counts = no_counts(sizes)
        for request in value_requests(sizes, {"match_all": {}}):
            add_counts(counts, self._search(request))
        for field, own in counts.items():
            writer.append(field, own.astype("u4"))
        writer.close()
        write_words(folder, self._base, lambda field, _: counts[field])
        if self._plan.progress:
            self._plan.progress("words", 1, 1, "")
        manifest = generation_manifest(self._plan, folder, states)
        write_manifest(folder, manifest)
        return manifest

    def _publish(self, folder: Path, facts: dict[str, Any]) -> None:
        """Store the files and let the generation answer, where the lock is still ours."""
        name = self._connection.address.name
        listed = store_files(self._connection, name, folder)
        meta = {"lianghui": MAPPING_VERSION, "facts": facts, "files": listed}
        self._connection.put(f"/{self._index}/_mapping", {"_meta": meta})
        self._lock.check()
        publish(self._connection, self._index, self._aliased, self._lock.fence)
        with suppress(LianghuiError):
            remove_files(self._connection, name, listed)
