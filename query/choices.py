"""What a user may choose between: orders, sides, rows and formats, by their names."""

from __future__ import annotations

from typing import Literal

__all__ = ["FACET_FORMAT_NAMES", "HIT_FORMAT_NAMES", "WORD_FORMAT_NAMES", "Each", "Side", "Sort"]

Sort = Literal["score", "date", "oldest", "source"]
"""Orders of hits: best first, newest first, oldest first (undated ones last), or in reading order."""

Side = Literal["left", "right"]
"""The side of the matches that the lines of a concordance are sorted by."""

Each = Literal["hit", "speaker"]
"""What a row of a table is for: a hit with all who speak, or one of them."""

HIT_FORMAT_NAMES = ("text", "json", "jsonl", "csv", "md", "cite")
FACET_FORMAT_NAMES = ("text", "json", "jsonl", "csv", "md")
WORD_FORMAT_NAMES = ("text", "json", "jsonl")
