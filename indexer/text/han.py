"""What a Chinese character is, as a class of a pattern.

Two say otherwise, for what they have to be equal to: `lexis` has the block that jieba cuts, and
`folding` the first character that OpenCC may have a Simplified form of.
"""

from __future__ import annotations

__all__ = ["FIRST", "HAN", "RANGES", "USUAL"]

FIRST = "㐀"
"""The first of them but 〇."""

USUAL = f"[{FIRST}-鿿]"
"""Those that words are coined of: unified ideographs with four hexadecimal digits."""

# Two ranges below U+10000 and no more: a class of three takes a hundred times as long to compile, and
# levelled text has no compatibility ideographs.
RANGES = rf"〇{FIRST}-鿿\U00020000-\U000323af"
"""All of them, as a part of a class."""

HAN = f"[{RANGES}]"
"""All of them."""
