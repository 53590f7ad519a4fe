"""Coined words: what a text sets in quotation marks, three to eight characters long."""

from __future__ import annotations

import re

from indexer.han import USUAL

__all__ = ["coined"]

# “…”的建议 is the title of a proposal. A search, which imports this, does not wait until it is compiled.
_COINED = rf"[“「]({USUAL}{{3,8}})[”」](?!的?(?:建议|提案|议案))"


def coined(text: str) -> list[str]:
    """Return the coined words of a text, each as often as it comes."""
    return re.findall(_COINED, text)
