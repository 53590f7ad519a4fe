"""What an index answers, so that two of them can be compared, and what lies in its folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from indexer import IndexMissingError
from query import Index, open_index

__all__ = ["A", "B", "answers", "answers_of", "files_of", "replace_seeds"]

A = {"a.txt": "甲处的标题\n\n王小明委员建议，加快发展低空经济。\n", "b.txt": "教育是根本，教育要公平。\n"}
B = {"a.txt": "甲处的标题\n\n李大山代表认为，教育是根本。\n", "c.jsonl": '{"text": "低空经济要有人才。"}\n'}
"""Two states of the seeds."""

_QUERIES = ("教育", '"低空经济"', "经* -根本", "低空 OR 建议")


def replace_seeds(seeds: Path, files: Mapping[str, str]) -> None:
    """Make a folder of seeds hold these files and no others."""
    seeds.mkdir(exist_ok=True)
    for path in seeds.iterdir():
        if path.name not in files:
            path.unlink()
    for name, text in files.items():
        (seeds / name).write_text(text, "utf-8")


def answers_of(index: Index) -> list[Any]:
    """Ask an open index for all it has: hits with their scores, facets, values and paragraphs."""
    results = [index.search(query).to_dict() for query in _QUERIES]
    return [
        *results,
        index.search("", speaker="王小明").total,
        index.values("speaker"),
        [*index.paragraphs()],
    ]


def answers(index: Path) -> list[Any] | None:
    """Open an index and ask it as `answers_of` does; None where there is no index."""
    try:
        with open_index(index) as opened:
            return answers_of(opened)
    except IndexMissingError:
        return None


def files_of(index: Path) -> list[str]:
    """List what lies in the folder of an index, the numbers in the names as N."""
    return sorted(re.sub(r"\d{6}", "N", str(path.relative_to(index))) for path in index.rglob("*"))
