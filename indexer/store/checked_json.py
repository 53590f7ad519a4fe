"""Records in JSON that know what they were: a flipped bit in one is noticed before it is believed."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from indexer.errors import DamageError

__all__ = ["dump_checked", "load_checked"]

_CHECKSUM = re.compile(rb'\{"sha256": "([0-9a-f]{64})",\n')


def dump_checked(record: dict[str, Any]) -> bytes:
    """Return a record that is not empty as JSON; its first line holds the hash of all the others."""
    rest = json.dumps(record, ensure_ascii=False, indent=1)[2:].encode("utf-8")
    return f'{{"sha256": "{hashlib.sha256(rest).hexdigest()}",\n'.encode("ascii") + rest


def load_checked(data: bytes, name: str) -> dict[str, Any]:
    """Return the record; raise `DamageError`, which names the file, when it is not what was sealed."""
    seal = _CHECKSUM.match(data)
    if not seal or hashlib.sha256(data[seal.end() :]).hexdigest().encode("ascii") != seal[1]:
        raise DamageError(f"{name} is not as it was written")
    try:
        record: dict[str, Any] = json.loads(data)
    except (ValueError, RecursionError):  # what was sealed was not written by `sealed`
        raise DamageError(f"{name} is not of the form") from None
    del record["sha256"]
    return record
