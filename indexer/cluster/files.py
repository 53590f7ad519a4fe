"""The files of a generation in a cluster: cut into documents, and kept on this machine by their digests.

They are what a query is understood with: the dictionary, the learned words, the tables of the values, how
names sound, and the manifest. The texts and what they are found by are no files: these the cluster searches.
"""

from __future__ import annotations

import base64
import os
import shutil
import time
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.cluster.bulk import BulkSender
from indexer.cluster.connection import Connection
from indexer.errors import LianghuiError
from indexer.store.checksums import file_digest

__all__ = ["FILES_BODY", "fetch_files", "files_index", "remove_files", "store_files"]

FILES_BODY = {
    "settings": {"index": {"number_of_shards": 1, "auto_expand_replicas": "0-1"}},
    "mappings": {
        "dynamic": "strict",
        "properties": {
            "digest": {"type": "keyword"},
            "part": {"type": "integer"},
            "data": {"type": "binary"},
            "lock": {"type": "object", "enabled": False},
        },
    },
}
"""The body that makes the index of the files and the lock."""

_PART_BYTES = 4 << 20  # of a file, in one document
_PARTS = 10_000  # of files that are removed at once; the next build removes what is left
_KEPT_SECONDS = 30 * 24 * 3600  # that a generation is kept on this machine after it was opened last

Listed = Mapping[str, tuple[str, int]]
"""Files by their names: the digest and the number of parts of each."""


def files_index(name: str) -> str:
    """Name the index that holds the files of an index, and its lock."""
    return f"{name}-files"


def store_files(connection: Connection, name: str, folder: Path) -> dict[str, tuple[str, int]]:
    """Store the files of a folder that are not there yet; return what there is of each."""
    index = files_index(name)
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    listed = {path.name: (file_digest(path), -(-path.stat().st_size // _PART_BYTES) or 1) for path in paths}
    there = _parts_there(connection, index, [digest for digest, _ in listed.values()])
    for path in paths:
        digest, parts = listed[path.name]
        if there.get(digest, 0) < parts:
            data = path.read_bytes()
            for part in range(parts):
                chunk = base64.b64encode(data[part * _PART_BYTES : (part + 1) * _PART_BYTES]).decode("ascii")
                document = {"digest": digest, "part": part, "data": chunk}
                connection.put(f"/{index}/_doc/{digest}-{part}", document, refresh="false")
    connection.post(f"/{index}/_refresh")
    return listed


def _parts_there(connection: Connection, index: str, digests: Sequence[str]) -> dict[str, int]:
    """Count the parts that there are of some files, by digest."""
    aggregations = {"digest": {"terms": {"field": "digest", "size": len(digests)}}}
    body = {"size": 0, "query": {"terms": {"digest": digests}}, "aggs": aggregations}
    found = connection.post(f"/{index}/_search", body)["aggregations"]["digest"]["buckets"]
    return {bucket["key"]: bucket["doc_count"] for bucket in found}


def fetch_files(connection: Connection, name: str, listed: Listed) -> Path:
    """Return a folder of this machine with the files of a generation, fetched where they are not there."""
    key = sha256(repr(sorted((file, digest) for file, (digest, _) in listed.items())).encode("ascii"))
    folder = _cache_folder() / key.hexdigest()[:32]
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder.parent) as made:
            generation = Path(made) / "generation"
            generation.mkdir()
            for file, (digest, parts) in listed.items():
                _fetch(connection, files_index(name), digest, parts, generation / file)
            _put_in_place(generation, folder)
        _remove_unused(folder.parent)
    os.utime(folder)
    return folder


def remove_files(connection: Connection, name: str, listed: Listed) -> None:
    """Remove the files that are not among those `listed`."""
    digests = sorted({digest for digest, _ in listed.values()})
    others = {
        "bool": {"filter": [{"exists": {"field": "digest"}}], "must_not": [{"terms": {"digest": digests}}]}
    }
    index = files_index(name)
    body = {"query": others, "size": _PARTS, "_source": False}
    with BulkSender(connection, index) as sender:
        for hit in connection.post(f"/{index}/_search", body)["hits"]["hits"]:
            sender.delete(hit["_id"])


def _fetch(connection: Connection, index: str, digest: str, parts: int, path: Path) -> None:
    with path.open("wb") as file:
        for part in range(parts):
            found = connection.get(f"/{index}/_doc/{digest}-{part}")
            file.write(base64.b64decode(found["_source"]["data"]))
    if file_digest(path) != digest:
        raise LianghuiError(
            f"{path.name} of the index at {connection.address} is not as it was written; "
            f"rebuild it with: lianghui index --full --index {connection.address}"
        )


def _put_in_place(made: Path, folder: Path) -> None:
    try:
        made.rename(folder)
    except OSError:  # another process was faster
        if not folder.is_dir():
            raise
        shutil.rmtree(made, ignore_errors=True)


def _remove_unused(cache: Path) -> None:
    """Remove the generations that nobody opened for a long time."""
    oldest = time.time() - _KEPT_SECONDS
    for folder in cache.iterdir():
        if folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)


def _cache_folder() -> Path:
    own = os.environ.get("LIANGHUI_CACHE")
    if own:
        return Path(own)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "lianghui"
