"""Seeds to an index: what a library user may call to build one.

from indexer import build_index

report = build_index("seeds", "index")
print(report.paragraphs, report.changes, report.faults)
"""

from indexer.build import Report, build_index
from indexer.errors import (
    IndexMissingError,
    IndexVersionError,
    LianghuiError,
    LockedError,
    SeedError,
)
from indexer.models import Fault, Paragraph, Session, Speaker, Topic

__all__ = [
    "Fault",
    "IndexMissingError",
    "IndexVersionError",
    "LianghuiError",
    "LockedError",
    "Paragraph",
    "Report",
    "SeedError",
    "Session",
    "Speaker",
    "Topic",
    "build_index",
]
