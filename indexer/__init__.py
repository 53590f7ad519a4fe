"""Build an index from seeds: what a library user may call, what it returns and what it raises.

from indexer import build_index

report = build_index("seeds", "index")
print(report.paragraphs, report.changes, report.faults)
"""

from typing import TYPE_CHECKING, Any

from indexer.errors import (
    IndexClosedError,
    IndexDamagedError,
    IndexMissingError,
    IndexVersionError,
    LianghuiError,
    LockedError,
    LossError,
    SeedError,
)
from indexer.models import Fault, Paragraph, Session, Speaker, Topic

if TYPE_CHECKING:
    from indexer.build import Report, build_index

__all__ = [
    "Fault",
    "IndexClosedError",
    "IndexDamagedError",
    "IndexMissingError",
    "IndexVersionError",
    "LianghuiError",
    "LockedError",
    "LossError",
    "Paragraph",
    "Report",
    "SeedError",
    "Session",
    "Speaker",
    "Topic",
    "build_index",
]


def __getattr__(name: str) -> Any:
    """Import `indexer.build` when it is first asked for: a search does not wait for it.

    Raise `AttributeError` for any other name.
    """
    if name not in ("Report", "build_index"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from indexer import build  # noqa: PLC0415

    return getattr(build, name)
