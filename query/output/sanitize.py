"""Text of seeds and questions made harmless: nothing that is printed steers a terminal."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["safe", "safe_json"]

_UNSAFE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_STEERING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def safe(text: str) -> str:
    """Replace every character of `text` that could steer a terminal, one for one."""
    return "".join(
        " " if char in "\n\r\t" else "\ufffd" if unicodedata.category(char) in _UNSAFE else char
        for char in text
    )


def safe_json(document: str) -> str:
    """Write what could steer a terminal as JSON escapes; JSON itself asks for those below U+0020 only."""
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", document)
