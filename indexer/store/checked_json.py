"""JSON records that carry their own checksum, so that a flipped bit is noticed before it is believed."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from indexer.errors import DamageError

__all__ = ["dump_checked", "load_checked"]

_CHECKSUM_LINE = re.compile(rb'\{"sha256": "([0-9a-f]{64})",\n')


def dump_checked(record: dict[str, Any]) -> bytes:
    """Serialise a record, which must not be empty; the first line holds the SHA-256 of all others."""
    rest = json.dumps(record, ensure_ascii=False, indent=1)[2:].encode("utf-8")
    return f'{{"sha256": "{hashlib.sha256(rest).hexdigest()}",\n'.encode("ascii") + rest


def load_checked(data: bytes, name: str) -> dict[str, Any]:
    """Parse what `dump_checked` wrote, and check it.

    Raise `DamageError`, which names the file `name`, when a byte of it differs.
    """
    first = _CHECKSUM_LINE.match(data)
    if not first or hashlib.sha256(data[first.end() :]).hexdigest().encode("ascii") != first[1]:
        raise DamageError(f"{name} is not as it was written")
    try:
        record: dict[str, Any] = json.loads(data)
    except (ValueError, RecursionError):  # the checksum is right, but not of a record of ours
        raise DamageError(f"{name} is not of the form") from None
    del record["sha256"]
    return record
