"""What reading a seed has shown: its pieces, its faults, and the ids it claims."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from indexer.models import Fault
from indexer.seeds.folder import file_status
from indexer.store.checksums import file_digest
from indexer.store.manifest import SourceState

__all__ = ["SourceReport"]

_EMPTY = "the file is empty; put text into it or remove it"


class SourceReport(Struct):
    """What is known of a seed while it is read: its file, and what the tasks found in it so far.

    `kinds` counts its paragraphs by kind; `claims` are those of `SourceState`.
    """

    source: str
    file: SourceState
    kinds: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    claims: dict[str, str] = field(default_factory=dict)
    has_records: bool = False

    @classmethod
    def begin(cls, source: str, path: Path) -> SourceReport:
        """Note a seed's hash, size and time before it is read; one that cannot be read has no hash."""
        try:
            return cls(source, SourceState(file_digest(path), *file_status(path)))
        except OSError:
            return cls(source, SourceState("", 0, 0))

    @property
    def is_unreadable(self) -> bool:
        """Whether the file as a whole could not be read: a fault without a line, and nothing else."""
        whole = any(fault.is_whole for fault in self.faults)
        return whole and not self.kinds and not self.has_records

    def state(self) -> SourceState:
        """Sum up what the manifest says of the seed; one that gave nothing at all is a fault, too."""
        faults = sorted(self.faults, key=lambda fault: fault.line or 0)
        if not self.kinds and not faults:
            faults = [Fault(self.source, None, _EMPTY)]
        return replace(self.file, kinds=dict(self.kinds), faults=tuple(faults), claims=self.claims)
