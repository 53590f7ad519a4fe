"""Which seed has an id that several give: the first of them in path order, whenever it came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from indexer.analysis.segmenter import Segmenter
from indexer.pages.ids import is_given_id
from indexer.pages.jsonl import is_readable
from indexer.store.manifest import SourceState

__all__ = ["Owners", "refused_by"]


def refused_by(owners: Collection[str], known: Mapping[str, SourceState]) -> set[str]:
    """Return the seeds that were refused an id because one of `owners` has it."""
    return {source for source, state in known.items() if not {*state.claims.values()}.isdisjoint(owners)}


class Owners:
    """The owners of ids, asked by seeds in path order as they are read.

    A seed that is not read gives the ids of its paragraphs in the index, and its `claims`. Where one
    that is read comes before it, it loses the id and is among the `displaced`, to be read again; but
    one that cannot be read any more keeps what it has.
    """

    def __init__(
        self,
        seeds: Mapping[str, Path],
        known: Mapping[str, SourceState],
        changed: Collection[str],
        holder: Callable[[str], str | None],
        segmenter: Callable[[], Segmenter],
    ) -> None:
        """Know all `seeds`, the states of those in the index, and those that `changed` since.

        `holder` tells which seed has a paragraph with an id in the index as it was; `segmenter` is
        opened only where the encoding of a seed has to be told.
        """
        self.displaced: set[str] = set()
        self._seeds = seeds
        self._unchanged = (known.keys() & seeds.keys()).difference(changed)
        self._holder = holder
        self._segmenter = segmenter
        self._owners: dict[str, str] = {}
        self._kept: dict[str, bool] = {}
        self._claims: defaultdict[str, set[str]] = defaultdict(set)
        for source in self._unchanged:
            for id_ in known[source].claims:
                self._claims[id_].add(source)

    def owner(self, id_: str, source: str) -> str:
        """Return the seed that has an id which `source` gives. Ids that are made are not looked up."""
        if not is_given_id(id_):
            return source
        if id_ not in self._owners:
            self._owners[id_] = self._settled(id_, source)
        return self._owners[id_]

    def _settled(self, id_: str, source: str) -> str:
        """Return the owner of an id that no seed read before `source` gives."""
        rivals = {*self._claims.get(id_, ())}
        holder = self._holder(id_)
        if holder and holder != source and self._keeps(holder):
            return holder
        if holder in self._unchanged:
            rivals.add(holder)
        owner = min(rivals | {source})
        if owner == source and source not in rivals:  # it is new that it gives the id
            self.displaced |= rivals
        return owner

    def _keeps(self, source: str) -> bool:
        """Tell whether a seed keeps its paragraphs because it cannot be read now."""
        if source not in self._kept:
            self._kept[source] = source in self._seeds and not is_readable(
                self._seeds[source], source, self._segmenter()
            )
        return self._kept[source]
