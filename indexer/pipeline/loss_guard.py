"""Guard against an accidentally smaller index: stop a build that would lose most of what there is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from indexer.errors import LossError, build_command
from indexer.store.address import IndexPlace
from indexer.store.manifest import Manifest, SourceState

__all__ = ["refuse_loss"]

_FEW_PARAGRAPHS = 100  # one seed that had fewer may go without a word


def refuse_loss(before: Manifest, after: Mapping[str, SourceState], seeds: Path, index: IndexPlace) -> None:
    """Raise `LossError` when most of the seeds that an index was built from are gone and not replaced.

    `before` is the manifest of the index, `after` the states of the sources that the next one would
    have. A seed is gone when it gave paragraphs and gives none now: it vanished, is empty or cannot be
    read. As many new files or paragraphs replace it, so that all seeds may be exchanged or renamed.
    """
    had, has = _sizes(before.sources), _sizes(after)
    lost = {source: size for source, size in had.items() if source not in has}
    paragraphs, were, are = sum(lost.values()), sum(had.values()), sum(has.values())
    if len(lost) == 1 and paragraphs < _FEW_PARAGRAPHS:
        return
    fewer_files = 2 * len(lost) > len(had) > 2 * len(has) and are < were
    if fewer_files or 2 * paragraphs > were > 2 * are:
        remedy = build_command(index, seeds, force=True)
        raise LossError(
            f"{len(lost)} of {len(had)} seeds are gone, with {paragraphs} of {were} paragraphs, and the "
            f"index would hold {are}; bring them back, or build without them with: {remedy}"
        )


def _sizes(sources: Mapping[str, SourceState]) -> dict[str, int]:
    """Count the paragraphs of each seed that has any."""
    return {source: size for source, state in sources.items() if (size := sum(state.kinds.values()))}
