"""Generations in a cluster: an index each, of which an alias names the one that answers.

`NAME` is an alias; `NAME-000007` is a generation, and `NAME-files` holds the lock and the files. A build
makes the next generation, empty or as a clone of the one before, whose segments it shares, and moves the
alias in one step: a reader sees the old paragraphs or the new ones, and never a part of either.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from indexer.cluster.connection import Connection, GoneError
from indexer.cluster.files import FILES_BODY, files_index
from indexer.cluster.mapping import MAPPING_VERSION, index_body
from indexer.errors import IndexMissingError, IndexVersionError, LianghuiError, LockedError, build_command

__all__ = [
    "Answering",
    "aliased",
    "answering",
    "begin_generation",
    "make_files_index",
    "next_number",
    "publish",
    "remove_stale",
]

_GENERATION = re.compile(r"-(\d{6,})")
_WAITS = 8  # of 25 s, for shards that a lost node takes with it until another takes over
_ALLOCATION = "30s"  # for the shards of a new index, which any node takes that has room
_SHARD_BYTES = 4 << 30  # of seeds in one shard, which takes three times as many on its disks


class Answering(Struct, frozen=True):
    """The generation that answers: its index, and what is kept beside its mapping."""

    index: str
    meta: dict[str, Any]

    @property
    def files(self) -> dict[str, tuple[str, int]]:
        """The files of the generation: the digest and the number of parts of each, by name."""
        return {name: (digest, parts) for name, (digest, parts) in self.meta["files"].items()}

    @property
    def facts(self) -> dict[str, Any]:
        """What was counted when it was built: paragraphs, lengths, days."""
        return dict(self.meta["facts"])


def answering(connection: Connection) -> Answering:
    """Find the generation that answers.

    Raise `IndexMissingError` when there is none, `IndexVersionError` when it is of another version.
    """
    address = connection.address
    try:
        mappings = connection.get(f"/{address.name}/_mapping")
    except GoneError:
        mappings = {}
    found = [(index, own["mappings"].get("_meta", {})) for index, own in mappings.items()]
    if not found:
        raise IndexMissingError(f"no index at {address}; build one with: {build_command(address)}")
    index, meta = found[0]
    if len(found) > 1 or index == address.name or "lianghui" not in meta:
        raise LianghuiError(
            f"what is called {address.name} at {address} is no index of lianghui; name another"
        )
    if meta["lianghui"] != MAPPING_VERSION:
        raise IndexVersionError(
            f"the index at {address} is of version {meta['lianghui']} and this program reads "
            f"{MAPPING_VERSION}; rebuild it with: {build_command(address, full=True)}"
        )
    return Answering(index, meta)


def make_files_index(connection: Connection) -> str:
    """Make the index of the lock and the files, where there is none, and return its name."""
    index = files_index(connection.address.name)
    try:
        connection.get(f"/{index}/_mapping")
    except GoneError:
        try:
            connection.put(f"/{index}", FILES_BODY)
        except LianghuiError as error:
            if "resource_already_exists" not in str(error) and "already exists" not in str(error):
                raise
    return index


def next_number(connection: Connection) -> int:
    """Return the number of the next generation."""
    name = connection.address.name
    found = (_GENERATION.fullmatch(index[len(name) :]) for index in _all(connection))
    return max((int(match[1]) for match in found if match), default=0) + 1


def begin_generation(connection: Connection, index: str, base: Answering | None, size: int) -> None:
    """Make the index of a generation, empty or with the paragraphs of `base`.

    An empty one has shards for seeds of `size` bytes. Raise `LianghuiError` where there is no room for it.
    """
    if base is None:
        # What is called `timeout` outside the path is the client's own.
        made = connection.put(f"/{index}?timeout={_ALLOCATION}", index_body(_shards(size), {}))
        if not made["shards_acknowledged"]:
            raise _no_room(connection, index)
        return
    connection.put(f"/{base.index}/_settings", {"index.blocks.write": True})
    settings = {
        "index.blocks.write": None,
        "index.auto_expand_replicas": "0-1",
        "index.refresh_interval": "-1",
    }
    connection.put(f"/{base.index}/_clone/{index}", {"settings": settings}, wait_for_active_shards="1")
    connection.put(f"/{index}/_settings", {"index.blocks.write": False})
    wait_until_whole(connection, index)


def _shards(size: int) -> int:
    return int(os.environ.get("LIANGHUI_OPENSEARCH_SHARDS") or -(-size // _SHARD_BYTES) or 1)


def wait_until_whole(connection: Connection, index: str) -> None:
    """Wait until every shard of an index answers, and for a while until each has its replica.

    Raise `LianghuiError` where one does not answer.
    """
    for status in ("green", *["yellow"] * _WAITS):
        # A health that was waited for in vain is a timeout (408).
        health = connection.get(f"/_cluster/health/{index}?timeout=25s&wait_for_status={status}", ignore=408)
        if not health["timed_out"]:
            return
    raise _no_room(connection, index)


def _no_room(connection: Connection, index: str) -> LianghuiError:
    """Say that no node takes the shards of an index."""
    return LianghuiError(
        f"the cluster at {connection.address} has no room for {index}: "
        "free disk space on its nodes, or start more of them, and build again"
    )


def publish(connection: Connection, index: str, before: Iterable[str], fence: str) -> None:
    """Make a generation the one that answers, in one change: where the fence is gone, nothing changes.

    `before` are the indices that the alias named when the build began.

    Raise `LockedError` where another builder took over or moved the alias.
    """
    name = connection.address.name
    actions = [{"remove": {"index": files_index(name), "alias": fence, "must_exist": True}}]
    actions += [{"remove": {"index": each, "alias": name, "must_exist": True}} for each in before]
    actions.append({"add": {"index": files_index(name), "alias": fence}})
    actions.append({"add": {"index": index, "alias": name}})
    try:
        connection.post("/_aliases", {"actions": actions})
    except GoneError:
        raise LockedError(
            f"another builder took over at {connection.address} while this one was held up; "
            "nothing was published: build again"
        ) from None


def aliased(connection: Connection) -> list[str]:
    """List the indices that the alias names: one, or none."""
    try:
        return [*connection.get(f"/_alias/{connection.address.name}")]
    except GoneError:
        return []


def remove_stale(connection: Connection) -> None:
    """Remove every generation but the one that answers: the one before, and those of killed builds."""
    name = connection.address.name
    current = aliased(connection)
    for index in _all(connection):
        if _GENERATION.fullmatch(index[len(name) :]) and index not in current:
            connection.delete(f"/{index}", ignore_unavailable="true")


def _all(connection: Connection) -> list[str]:
    """List the indices whose names begin as those of generations do."""
    listed = connection.get(f"/_cat/indices/{connection.address.name}-*", format="json", h="index")
    return [each["index"] for each in listed]
