"""Han characters (Chinese ideographs) as pieces of regular expressions.

Two modules define them differently on purpose, to agree with a library: `indexer.analysis.jieba_words`
has the block that jieba segments, `indexer.text.folding` the first character that OpenCC may simplify.
"""

from __future__ import annotations

__all__ = ["BMP_HAN", "FIRST_HAN", "HAN", "HAN_RANGES"]

FIRST_HAN = "㐀"
"""The first ideograph but 〇: U+3400."""

BMP_HAN = f"[{FIRST_HAN}-鿿]"
"""A class of the unified ideographs below U+10000, of which new words are made."""

# Two ranges below U+10000 and no more: a class with three takes a hundred times as long to compile, and
# folded text has no compatibility ideographs.
HAN_RANGES = rf"〇{FIRST_HAN}-鿿\U00020000-\U000323af"
"""The ranges of all Han characters, to be put into a class."""

HAN = f"[{HAN_RANGES}]"
"""A class of all Han characters."""
