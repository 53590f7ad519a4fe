"""What is indexed, since when, and whether it still is what the seeds say, as text for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from indexer.pipeline.changes import Changes
from indexer.staleness import Staleness
from indexer.store.checksums import DIGEST_DIGITS
from query.output.terminal import Screen
from query.output.text import KIND_LABELS

__all__ = ["status_text"]


def status_text(staleness: Staleness, stale: Changes, recut: str, screen: Screen) -> Iterator[str]:
    """Yield what is indexed, since when, and whether it still is what the seeds say."""
    manifest, seeds = staleness.manifest, staleness.seeds
    kinds = manifest.kinds()
    others = "、".join(
        f"{label} {kinds[kind]}" for kind, label in KIND_LABELS.items() if label and kind in kinds
    )
    gone = "" if seeds.is_dir() else f"there is no folder {seeds}"
    reasons = "; ".join(filter(None, (gone, str(stale) if stale else "", recut)))
    files = manifest.files
    rows = {
        "种子": f"{seeds}（{len(manifest.sources)} 个文件）",
        "段落": f"正文 {kinds.get('body', 0)}" + (f"，{others}" if others else ""),
        "建于": f"{manifest.built}，用时 {manifest.seconds:.1f} 秒",
        "切分": _versions(manifest.analysis),
        "写入": f"lianghui index {manifest.version}、{_versions(manifest.packages)}",
        "文件": f"{len(files)} 个，{sum(file.size for file in files.values()) / 1e6:.1f} MB，"
        f"词典 {files[manifest.cut_by].sha256[:DIGEST_DIGITS] if manifest.cut_by in files else '?'}",
        "状态": f"已过期 stale: {reasons}" if reasons else "最新 fresh",
    }
    for label, value in rows.items():
        yield from screen.field(label, value, 0)


def _versions(of: Mapping[str, str]) -> str:
    """Return names with their versions, and digests as far as anybody reads them."""
    return "、".join(f"{name} {version[:DIGEST_DIGITS]}" for name, version in of.items())
