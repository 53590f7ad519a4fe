"""Decide which seed owns an id that several give: the first of them in path order, whenever it came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import product

from indexer.pages.ids import is_given_id
from indexer.pages.jsonl import is_readable
from indexer.pipeline.plan import BuildPlan
from indexer.segments.reader import Segment
from indexer.segments.values import ValueTable
from indexer.store.arrays import ArrayFile
from indexer.store.generations import VALUES_FILE
from indexer.store.manifest import SourceState

__all__ = ["Owners", "holders_in_segments", "refused_by"]


def refused_by(owners: Collection[str], known: Mapping[str, SourceState]) -> set[str]:
    """Find the seeds that were refused an id because one of `owners` has it."""
    return {source for source, state in known.items() if not {*state.claims.values()}.isdisjoint(owners)}


Holders = Callable[[Sequence[str]], Mapping[str, str]]
"""Finds the seeds of some ids in an index, by id; those that are not there are left out."""


def holders_in_segments(plan: BuildPlan, segments: Sequence[Segment]) -> Holders:
    """Make a function that finds the seeds of ids in `segments`, those of the plan's base.

    Raise `DamageError` where it is not whole.
    """
    sources = ValueTable(ArrayFile(plan.base.folder / VALUES_FILE), "source") if plan.base else None

    def holders(ids: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for segment, id_ in product(segments if sources else (), ids):
            number = segment.find(id_)
            if number is not None and sources:
                found[id_] = sources.shown(int(segment.file["source.ids"][number]))
        return found

    return holders


class Owners:
    """The owners of ids, asked by seeds in path order as they are read.

    A seed that is not read gives the ids of its paragraphs in the index, and its `claims`. Where one
    that is read comes before it, it loses the id and is among the `displaced`, to be read again; but
    one that cannot be read any more keeps what it has.
    """

    def __init__(self, plan: BuildPlan, holders: Holders) -> None:
        """Look ids up by `holders`: the seeds whose paragraphs have them in the index as it was."""
        self.displaced: set[str] = set()
        self._plan = plan
        self._holders = holders
        self._held: Mapping[str, str] = {}
        self._unchanged = (plan.known.keys() & plan.files.keys()).difference(plan.changed)
        self._owners: dict[str, str] = {}
        self._kept: dict[str, bool] = {}
        self._claims: defaultdict[str, set[str]] = defaultdict(set)
        for source in self._unchanged:
            for id_ in plan.known[source].claims:
                self._claims[id_].add(source)

    def look_up(self, ids: Iterable[str]) -> None:
        """Look up who has some ids, for which `owner` is asked next. Ids that are made are not looked up."""
        given = (id_ for id_ in ids if is_given_id(id_) and id_ not in self._owners)
        self._held = self._holders([*dict.fromkeys(given)])

    def owner(self, id_: str, source: str) -> str:
        """Find the seed that owns an id which `source` gives; it was looked up, unless it is made."""
        if not is_given_id(id_):
            return source
        if id_ not in self._owners:
            self._owners[id_] = self._settle(id_, source)
        return self._owners[id_]

    def _settle(self, id_: str, source: str) -> str:
        """Decide who owns an id that no seed read before `source` gives; note whom it displaces."""
        rivals = {*self._claims.get(id_, ())}
        holder = self._held.get(id_)
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
            self._kept[source] = source in self._plan.files and not is_readable(
                self._plan.files[source], source, self._plan.segmenter(quick=True).open()
            )
        return self._kept[source]
