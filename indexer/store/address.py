"""Where an index lies: in a folder, or under a name in a cluster."""

from __future__ import annotations

import os
import re
from pathlib import Path

from msgspec import Struct

from indexer.errors import LianghuiError

__all__ = ["ClusterAddress", "IndexPlace", "place_of"]

_SCHEMES = {"opensearch": False, "opensearch+https": True}
# Compiled by `re`, and kept, when the first address is parsed: no folder waits for them.
_ADDRESS = r"(?P<scheme>[a-z][a-z0-9+.-]*)://(?P<hosts>[^/]*)/(?P<name>[^/]*)/?"
_HOST = r"(?P<host>\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::(?P<port>\d{1,5}))?"
_NAME = r"[a-z0-9][a-z0-9_.-]{0,99}"
_PORT = 9200
_FORM = "opensearch://HOST:PORT/NAME, or opensearch+https:// for TLS"


class ClusterAddress(Struct, frozen=True):
    """An index called `name` in a cluster: its `hosts` with their ports, any of which will answer."""

    hosts: tuple[tuple[str, int], ...]
    name: str
    secure: bool = False

    @classmethod
    def parse(cls, text: str) -> ClusterAddress:
        """Parse an address; raise `LianghuiError` for one that is not of the form, or holds a password."""
        match = re.fullmatch(_ADDRESS, text)
        if "@" in text:
            raise LianghuiError(
                "an address holds no user and no password; set LIANGHUI_OPENSEARCH_USER and "
                "LIANGHUI_OPENSEARCH_PASSWORD, or LIANGHUI_OPENSEARCH_TOKEN"
            )
        if not match or match["scheme"] not in _SCHEMES:
            raise LianghuiError(f"{text!r} is no address of an index; write {_FORM}")
        hosts = [re.fullmatch(_HOST, host) for host in match["hosts"].split(",")]
        if not all(hosts) or any(host and int(host["port"] or 1) not in range(1, 65_536) for host in hosts):
            raise LianghuiError(f"{match['hosts']!r} names no host of a cluster; write {_FORM}")
        if not re.fullmatch(_NAME, match["name"]):
            raise LianghuiError(
                f"{match['name']!r} cannot be the name of an index in a cluster; use small letters, digits, "
                "- _ and ., at most 100, a letter or digit first"
            )
        named = tuple((host["host"], int(host["port"] or _PORT)) for host in hosts if host)
        return cls(named, match["name"], _SCHEMES[match["scheme"]])

    def __str__(self) -> str:
        """Write the address."""
        scheme = "opensearch+https" if self.secure else "opensearch"
        return f"{scheme}://{','.join(f'{host}:{port}' for host, port in self.hosts)}/{self.name}"


IndexPlace = Path | ClusterAddress
"""Where an index lies."""


def place_of(index: str | os.PathLike[str] | ClusterAddress) -> IndexPlace:
    """Tell an address from a folder; raise `LianghuiError` for an address that is not of the form."""
    if isinstance(index, ClusterAddress):
        return index
    if isinstance(index, str) and "://" in index:
        return ClusterAddress.parse(index)
    return Path(index)
