"""The status of an index as text for people: its contents, its versions, and whether it is stale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from indexer.pipeline.changes import Changes
from indexer.staleness import Staleness
from indexer.store.checksums import DIGEST_DIGITS
from query.language.labels import KIND_LABELS
from query.output.terminal import Screen

__all__ = ["status_text"]


def status_text(
    staleness: Staleness, seed_changes: Changes, analysis_changes: str, screen: Screen
) -> Iterator[str]:
    """Print what is indexed, when and with what it was built, and the changes since that make it stale."""
    manifest, seeds = staleness.manifest, staleness.seeds
    kinds = manifest.kinds()
    counts = "，".join(f"{label} {kinds[kind]}" for kind, label in KIND_LABELS.items() if kind in kinds)
    gone = "" if seeds.is_dir() else f"there is no folder {seeds}"
    changes = (gone, str(seed_changes) if seed_changes else "", analysis_changes)
    reasons = "; ".join(filter(None, changes))
    files = manifest.files
    rows = {
        "种子": f"{seeds}（{len(manifest.sources)} 个文件）",
        "段落": counts,
        "建于": f"{manifest.built}，用时 {manifest.seconds:.1f} 秒",
        "切分": _versions(manifest.analysis),
        "写入": f"lianghui index {manifest.version}、{_versions(manifest.packages)}",
        "文件": f"{len(files)} 个，{sum(file.size for file in files.values()) / 1e6:.1f} MB，"
        f"词典 {files[manifest.cut_by].sha256[:DIGEST_DIGITS] if manifest.cut_by in files else '?'}",
        "状态": f"已过期 stale: {reasons}; run: {staleness.update_command()}" if reasons else "最新 fresh",
    }
    for label, value in rows.items():
        yield from screen.field(label, value, 0)


def _versions(packages: Mapping[str, str]) -> str:
    """List packages and files with their versions, digests cut to `DIGEST_DIGITS`."""
    return "、".join(f"{name} {version[:DIGEST_DIGITS]}" for name, version in packages.items())
