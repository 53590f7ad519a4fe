"""Measure when and in which session documents were: python -m tests.benchmarks.reading_truth FOLDER...

`reading_truth.jsonl` beside this file says of documents, by the names of their files, what a reader found in
them: `date` and `date_end`, `session` (null where there is none), `kind`. Of each that lies in a FOLDER, the
paragraphs are read as the index does; a document is right in a point when all of its paragraphs have it.
Those with `aside` were set aside before any was read.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from indexer.analysis.segmenter import SegmenterChoice
from indexer.models import Paragraph
from indexer.pages.seed import read_seed
from indexer.training.corpora import read_records

KEY = Path(__file__).with_suffix(".jsonl")
POINTS = ("date", "session", "kind")


def main() -> None:
    """Read the documents of the key, print what is wrong, then a line for each group."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    arguments = parser.parse_args()
    segmenter = SegmenterChoice().open()
    right: dict[str, Counter[str]] = {}
    for record in read_records(KEY):
        for path in find(arguments.folders, record["file"]):
            read = read_seed(path, path.name, segmenter)
            paragraphs = [each for each in read if isinstance(each, Paragraph)]
            group = "set aside" if record.get("aside") else record["kind"]
            counts = right.setdefault(group, Counter())
            counts["documents"] += 1
            for point in POINTS:
                wrong = found(paragraphs, point) - {wanted(record, point)}
                counts[point] += not wrong
                if wrong:
                    print(f"{record['file']}: {point} {sorted(map(str, wrong))}")
    for group, counts in sorted(right.items()):
        points = "  ".join(f"{point} {counts[point]}" for point in POINTS)
        print(f"{group:10} documents {counts['documents']}  {points}")


def find(folders: Sequence[Path], name: str) -> Iterator[Path]:
    """Yield the file of a name in the first folder that holds it, at any depth."""
    for folder in folders:
        for path in folder.rglob(name):
            yield path
            return


def wanted(record: Mapping[str, Any], point: str) -> object:
    """Return what the key says of a point."""
    return (record["date"], record.get("date_end")) if point == "date" else record[point]


def found(paragraphs: Sequence[Paragraph], point: str) -> set[object]:
    """Collect what the paragraphs of a document have at a point."""
    if point == "date":
        return {(each.date, each.date_end) for each in paragraphs}
    if point == "kind":
        return {each.document_type for each in paragraphs}
    return {"、".join(session.name for session in each.sessions) or None for each in paragraphs}


if __name__ == "__main__":
    main()
