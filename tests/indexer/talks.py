"""Two short pages and many records, all made up, and what an index of such seeds holds and answers."""

from __future__ import annotations

import json
from pathlib import Path

from query import open_index

__all__ = ["ONE", "TWO", "answers", "record_lines", "texts"]

ONE = "甲处的标题\n\n王小明委员建议，加快发展低空经济。\n"
TWO = "乙处的标题\n\n李大山代表认为，教育是根本。\n\n李大山代表建议，增加投入。\n"


def texts(index: Path) -> list[str]:
    with open_index(index) as opened:
        return [paragraph.text for paragraph in opened.paragraphs() if paragraph.kind == "body"]


def answers(index: Path) -> list[tuple[str, float]]:
    with open_index(index) as opened:
        return [
            (hit.id, hit.score)
            for query in ("建议", "委员", "教育", "低空经济", "标题", "0")
            for hit in opened.search(query, limit=50)
        ]


def record_lines(count: int, start: int = 0) -> str:
    text = "第{}位代表建议，加快发展低空经济，支持第{}所学校，把数以千计的学生都送到田间地头去。" * 2
    lines = [{"text": text.format(*[number, number % 7] * 2)} for number in range(start, start + count)]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
