"""A zip that nobody vouches for: its members by name, read within limits, into memory only."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from msgspec import Struct

from indexer.errors import SeedError

__all__ = ["MAX_MEMBERS", "MAX_RATIO", "MAX_UNPACKED", "Archive"]

MAX_MEMBERS = 10_000
MAX_UNPACKED = 64 << 20
"""Bytes that are unpacked of one file, all members together, and those of files inside it."""
MAX_RATIO = 250
"""How many times larger than packed a member may be; of real files, 30 was the most."""

_ANY_RATIO = 1 << 20  # bytes: up to here, a member that packs well does no harm
_DAMAGED = (BadZipFile, EOFError, OSError, OverflowError, ValueError, struct.error, zlib.error)


class _Allowance(Struct):
    """How many bytes may still be unpacked."""

    left: int


class Archive:
    """The members of a zip file. Names are compared without case, as Office does."""

    def __init__(self, data: bytes, outer: Archive | None = None) -> None:
        """Open a zip, which may be a member of another: then both together are bounded.

        Raise `SeedError` when it is damaged or holds too many members.
        """
        try:
            self._zip = ZipFile(BytesIO(data))
        except (*_DAMAGED, NotImplementedError):
            raise SeedError("it is a damaged zip; copy it again from where it came") from None
        if len(self._zip.filelist) > MAX_MEMBERS:
            raise SeedError(f"it holds more than {MAX_MEMBERS:,} files, as no document does; remove it")
        self._members = {_key(member.filename): member for member in self._zip.filelist}
        self.allowance: _Allowance = outer.allowance if outer else _Allowance(MAX_UNPACKED)

    def __contains__(self, name: str) -> bool:
        """Tell whether there is a member of this name."""
        return _key(name) in self._members

    def names(self) -> list[str]:
        """Return the names of all members, in lower case, in the order of the zip."""
        return [*self._members]

    def read(self, name: str) -> bytes:
        """Unpack a member. Raise `SeedError` when it is missing, damaged, encrypted or too large."""
        member = self._members.get(_key(name))
        if member is None:
            raise SeedError(f"its part {name} is missing; save it again with the program that made it")
        self._refuse(member)
        try:
            with self._zip.open(member) as file:
                data = file.read(self.allowance.left + 1)
        except (*_DAMAGED, NotImplementedError, RuntimeError):
            raise SeedError(f"its part {name} is damaged; copy it again from where it came") from None
        self.allowance.left -= len(data)
        if self.allowance.left < 0:
            raise SeedError(f"it unpacks to more than {MAX_UNPACKED >> 20} MB; cut it into several files")
        return data

    def _refuse(self, member: ZipInfo) -> None:
        if member.flag_bits & 1:
            raise SeedError("it is a zip with a password; save it without one")
        if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):  # the others unpack without a bound
            raise SeedError("it is packed as no document is; save it again with the program that made it")
        if member.file_size > max(_ANY_RATIO, MAX_RATIO * member.compress_size):
            raise SeedError(f"its part {member.filename!a} unpacks to {MAX_RATIO} times its size; remove it")


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
