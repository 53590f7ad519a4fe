"""Opening the generation that answers in a cluster: its files on this machine, and a finder."""

from __future__ import annotations

from collections.abc import Callable

from indexer.cluster.connection import Connection, GoneError
from indexer.cluster.files import fetch_files
from indexer.cluster.generations import answering
from indexer.errors import IndexMissingError, IndexVersionError
from indexer.reader import Generation, read_generation
from indexer.store.address import ClusterAddress
from indexer.store.arrays import ArrayFile
from indexer.store.generations import COUNTS_FILE
from query.cluster.asking import Reply
from query.cluster.finder import ClusterFinder

__all__ = ["open_in_cluster"]


def open_in_cluster(
    address: ClusterAddress,
) -> tuple[Generation, ClusterFinder, Callable[[], bool], Callable[[], None]]:
    """Open the generation that answers at an address, or the next one when a build removes it meanwhile.

    Return it with its finder, with what tells, in one request, whether it is still the one that answers, and
    with what closes its files and the connection.
    Raise `IndexMissingError` or `IndexVersionError` where none can be opened, `LianghuiError` where the
    cluster does not answer.
    """
    connection = Connection(address)
    while True:
        current = answering(connection)
        try:
            folder = fetch_files(connection, address.name, current.files)
        except GoneError:
            if current.index == answering(connection).index:
                raise
        else:
            break

    def send(requests: list[bytes]) -> list[Reply]:
        return connection.msearch(current.index, requests)

    def is_current() -> bool:
        try:
            return answering(connection).index == current.index
        except (IndexMissingError, IndexVersionError):
            return False

    def close() -> None:
        generation.close()
        counts.close()
        connection.close()

    generation = read_generation(folder, address)
    counts = ArrayFile(folder / COUNTS_FILE)
    return generation, ClusterFinder(send, generation.values, counts, current.facts), is_current, close
