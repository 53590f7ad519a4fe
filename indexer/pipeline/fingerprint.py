"""What decides how texts are read, folded, cut and indexed: an index is stale when any of it differs."""

from __future__ import annotations

from indexer.segments.schema import schema_version
from indexer.text.folding import folding_version

__all__ = ["fingerprint", "packages"]


def fingerprint() -> dict[str, str]:
    """List the versions of what an index depends on; with another one of them it is built anew."""
    return _versions("lianghui", "jieba", "rjieba") | folding_version() | {"schema": schema_version()}


def packages() -> dict[str, str]:
    """List the versions of what else writes an index; they decide nothing."""
    return _versions("numpy", "marisa-trie", "whoosh-reloaded")


def _versions(*names: str) -> dict[str, str]:
    from importlib.metadata import version  # noqa: PLC0415 - takes its time, and a search asks for none

    return {name: version(name) for name in names}
