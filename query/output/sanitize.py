"""Text of seeds and queries made harmless: no control or invisible character reaches a terminal."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["safe", "safe_json"]

_UNSAFE_CATEGORIES = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def safe(text: str) -> str:
    """Replace every character of `text` that could control a terminal, one for one."""
    if text.isprintable():  # none of these is; most texts are, and a page shows hundreds
        return text
    return "".join(
        " " if char in "\n\r\t" else "\ufffd" if unicodedata.category(char) in _UNSAFE_CATEGORIES else char
        for char in text
    )


def safe_json(document: str) -> str:
    """Escape in a JSON document what could control a terminal; JSON itself escapes only below U+0020."""
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", document)
