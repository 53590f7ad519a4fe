"""List the versions of what reads, cuts and writes texts: by these an index is known to be stale."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.extraction.speakers.weights import weights_version
from indexer.formats.registry import reader_versions
from indexer.segments.schema import schema_version
from indexer.text.folding import folding_version

__all__ = ["fingerprint", "packages"]


def fingerprint(sources: Iterable[str]) -> dict[str, str]:
    """List the versions of what decides how these seeds are read, folded, cut and indexed.

    An index that was built with another one of them is built anew.
    """
    versions = _versions("lianghui", "jieba", "rjieba")
    versions |= folding_version() | weights_version() | reader_versions(sources)
    return versions | {"schema": schema_version()}


def packages() -> dict[str, str]:
    """List the versions of the packages that write an index's files; another one leaves it as it is."""
    return _versions("numpy", "marisa-trie", "whoosh-reloaded")


def _versions(*names: str) -> dict[str, str]:
    from importlib.metadata import version  # noqa: PLC0415 - slow, and a search asks for none

    return {name: version(name) for name in names}
