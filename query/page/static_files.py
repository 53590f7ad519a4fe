"""The files that all pages share: the style, the script, the icon."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from msgspec import Struct

__all__ = ["StaticFile", "addresses", "static_files"]

_FOLDER = Path(__file__).parent / "static"
_TYPES = {"style.css": "text/css", "page.js": "text/javascript", "icon.svg": "image/svg+xml"}


class StaticFile(Struct, frozen=True):
    """A file: its bytes and its type."""

    content: bytes
    media_type: str


@cache
def static_files() -> dict[str, StaticFile]:
    """Read the files, by their names."""
    return {name: StaticFile((_FOLDER / name).read_bytes(), kind) for name, kind in _TYPES.items()}


@cache
def addresses() -> dict[str, str]:
    """Return the addresses of the files; they change with the content, so that browsers may keep it."""
    return {
        name: f"/{name}?{hashlib.sha256(file.content).hexdigest()[:8]}"
        for name, file in static_files().items()
    }
