"""Build the index of a folder of seeds, or bring it up to date."""

from __future__ import annotations

import os
import time
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from indexer.errors import LianghuiError
from indexer.models import Fault
from indexer.pipeline.changes import Changes
from indexer.pipeline.plan import (
    Base,
    BuildPlan,
    Planned,
    Progress,
    answering_base,
    plan_build,
    refreshed_manifest,
)
from indexer.seeds.folder import find_files
from indexer.store.address import ClusterAddress, IndexPlace, place_of
from indexer.store.generations import (
    current_generation,
    remove_stale_generations,
)
from indexer.store.lock import index_lock
from indexer.store.manifest import Manifest, read_manifest, write_manifest

__all__ = ["Progress", "Report", "build_index"]


class Report(Struct, frozen=True):
    """What a build did: the sources it added, changed and removed, and what it could not read.

    `kinds` counts the paragraphs of each kind that the index now holds, `sources` its seeds; `seconds`
    is the time it took. `unfollowed` names the links that lead out of the seeds, which were not read, and
    `others` the files among them that are no seeds. `anew` says why seeds that did not change were read all
    the same, and is empty where none was.
    """

    changes: Changes
    kinds: dict[str, int]
    sources: int
    faults: tuple[Fault, ...]
    seconds: float
    full: bool
    unfollowed: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    anew: str = ""

    @property
    def unchanged(self) -> int:
        """The number of seeds that are as they were."""
        return self.sources - len(self.changes.added) - len(self.changes.changed)

    @property
    def paragraphs(self) -> int:
        """The number of paragraphs in the index, headings and bylines among them."""
        return sum(self.kinds.values())


def build_index(
    seeds: str | os.PathLike[str],
    index: str | os.PathLike[str] | ClusterAddress,
    *,
    full: bool = False,
    force: bool = False,
    follow_links: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Build or update the index of the seeds in a folder, and report what was done.

    `index` is the folder of the index, or its address in a cluster: opensearch://HOST:PORT/NAME.

    Only files whose content changed since the last build are read, and those that lose an id to one of
    them or win one back, unless `full`, or unless text is now cut differently. Links that lead out of
    the folder are not read unless `follow_links`. What cannot be read is in the report's `faults`; the
    rest is indexed. The index that was there answers until the new one is complete, and stays when the
    build fails.

    Raise `SeedError` when there is nothing to index or the user's topics or words cannot be read,
    `LockedError` when another process is building, `LossError` when most of what the index holds would
    be gone, unless `force`, `IndexDamagedError` when the files of an index to be updated are not as they
    were written, and `LianghuiError` when the index cannot be written or a process of the build is killed.
    """
    started = time.monotonic()
    seeds_folder, place = Path(seeds), place_of(index)
    files = find_files(seeds_folder, follow_links=follow_links)

    def planned(answering: Base | None) -> BuildPlan:
        plan = plan_build(
            seeds_folder,
            place,
            files.seeds,
            answering,
            full=full,
            force=force,
            follow_links=follow_links,
            progress=progress,
        )
        return replace(plan, started=started)

    try:
        plan, manifest = _build_in(place, planned)
    except OSError as error:
        raise LianghuiError(
            f"the index cannot be written at {place} ({error.strerror}); "
            "free the place or name another with --index"
        ) from error
    return Report(
        changes=plan.changes,
        kinds=manifest.kinds(),
        sources=len(manifest.sources),
        faults=manifest.faults(),
        seconds=time.monotonic() - started,
        full=plan.base is None,
        unfollowed=files.unfollowed,
        others=files.others,
        anew=plan.anew,
    )


def _build_in(place: IndexPlace, planned: Planned) -> tuple[BuildPlan, Manifest]:
    """Build in a folder or a cluster; return what was planned, and the manifest that there is now."""
    if isinstance(place, ClusterAddress):
        from indexer.cluster.builder import build_in_cluster  # noqa: PLC0415 - a folder needs nothing of it

        return build_in_cluster(place, planned)
    place.mkdir(parents=True, exist_ok=True)
    with index_lock(place):
        remove_stale_generations(place)
        plan = planned(answering_base(place))
        if plan.base and not plan.changes:
            manifest = refreshed_manifest(plan, plan.base)
            if manifest != plan.base.manifest:
                write_manifest(plan.base.folder, manifest)
        else:
            # What reads and cuts texts takes longer to import than to see that nothing has changed.
            from indexer.pipeline.index_writer import write_generation  # noqa: PLC0415

            write_generation(plan, place)
        return plan, read_manifest(current_generation(place))
