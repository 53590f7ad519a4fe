"""Measure what is read of documents: python -m tests.benchmarks.reading_truth FOLDER... [--errors].

`reading_truth.jsonl` beside this file says of documents, by the names of their files, what a reader found:

    group      where it comes from
    aside      it was set aside before any program was written for it
    parts      the documents in the file: the `line` that each begins at, its `date` and `date_end`, `session`
               and `kind`, null where there is none; a key that is absent was left open
    windows    the first and last lines that were read for headings
    headings   the lines that are headings, all of them in the windows
    doubtful   lines that two readers would judge differently; they count neither way

Of each that lies in a FOLDER, the paragraphs are read as the index does. A part is right in a point when all
of its paragraphs have it; a session is right that says nothing else than the key does.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from indexer.analysis.segmenter import SegmenterChoice
from indexer.extraction.sessions import is_compatible, parse_session
from indexer.models import Paragraph
from indexer.pages.seed import read_seed
from indexer.training.corpora import read_records

KEY = Path(__file__).with_suffix(".jsonl")
HEADINGS = ("headline", "subheadline", "section")


def main() -> None:
    """Read the documents of the key; print a line for each group, those set aside apart."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--errors", action="store_true", help="print what is wrong, but of what is set aside")
    arguments = parser.parse_args()
    segmenter = SegmenterChoice().open()
    groups: dict[str, Counter[str]] = {}
    for record in read_records(KEY):
        for path in find(arguments.folders, record["file"]):
            read = read_seed(path, path.name, segmenter)
            paragraphs = [each for each in read if isinstance(each, Paragraph)]
            aside = record.get("aside", False)
            counts = groups.setdefault(record["group"] + (", set aside" if aside else ""), Counter())
            errors = [*judge_parts(record, paragraphs, counts), *judge_headings(record, paragraphs, counts)]
            if arguments.errors and not aside:
                print(*(f"{record['file']}: {error}\n" for error in errors), sep="", end="")
    for group, counts in sorted(groups.items()):
        print(f"{group:20} {summary(counts)}")
    print(f"{'all set aside':20} {summary(total(groups, 'set aside'))}")
    print(f"{'all':20} {summary(total(groups, ''))}")


def find(folders: Sequence[Path], name: str) -> Iterator[Path]:
    """Yield the file of a name in the first folder that holds it, at any depth."""
    for folder in folders:
        for path in folder.rglob(name):
            yield path
            return


def judge_parts(
    record: Mapping[str, Any], paragraphs: Sequence[Paragraph], counts: Counter[str]
) -> Iterator[str]:
    """Count the parts of a document, and those right in each point; yield what is wrong."""
    starts = [part["line"] for part in record["parts"]]
    for part, end in zip(record["parts"], [*starts[1:], float("inf")], strict=True):
        own = [each for each in paragraphs if part["line"] <= each.lines[0] < end]
        counts["parts"] += 1
        for point in ("date", "session", "kind"):
            if point not in part:
                continue
            counts[f"{point} judged"] += 1
            wrong = [each for each in own if not is_right(point, part, each)]
            counts[point] += not wrong
            if wrong:
                yield f"line {wrong[0].lines[0]}: {point} {shown(point, wrong[0])}, not {part[point]}"


def is_right(point: str, part: Mapping[str, Any], paragraph: Paragraph) -> bool:
    """Tell whether a paragraph has what the key says at a point."""
    if point == "date":
        return (paragraph.date, paragraph.date_end) == (part["date"], part.get("date_end"))
    if point == "kind":
        return bool(paragraph.document_type == part["kind"])
    if part["session"] is None:
        return not paragraph.sessions
    asked = parse_session(part["session"])
    return asked is not None and any(is_compatible(asked, session) for session in paragraph.sessions)


def shown(point: str, paragraph: Paragraph) -> str:
    """Return what a paragraph has at a point."""
    if point == "session":
        return "、".join(session.name for session in paragraph.sessions)
    return str(paragraph.date if point == "date" else paragraph.document_type)


def judge_headings(
    record: Mapping[str, Any], paragraphs: Sequence[Paragraph], counts: Counter[str]
) -> Iterator[str]:
    """Count the headings of a document, those read and those right; yield what is wrong."""
    open_ = set(record["doubtful"])
    wanted = set(record["headings"])
    read = {
        each.lines[0]: each.text
        for each in paragraphs
        if each.kind in HEADINGS and any(first <= each.lines[0] <= last for first, last in record["windows"])
    }
    found = set(read) - open_
    counts.update({"headings": len(wanted), "read": len(found), "right": len(found & wanted)})
    yield from (f"line {line}: a heading is missed" for line in sorted(wanted - found))
    yield from (f"line {line}: no heading: {read[line]}" for line in sorted(found - wanted))


def total(groups: Mapping[str, Counter[str]], ending: str) -> Counter[str]:
    """Add up the counts of all groups with an ending."""
    return sum((counts for group, counts in groups.items() if group.endswith(ending)), Counter[str]())


def summary(counts: Counter[str]) -> str:
    """Format the shares that are right."""
    points = [f"{point} {counts[point]}/{counts[f'{point} judged']}" for point in ("date", "session", "kind")]
    precision, recall = (counts["right"] / max(1, counts[whole]) for whole in ("read", "headings"))
    headings = f"headings {counts['headings']}: precision {precision:.3f} recall {recall:.3f}"
    return "  ".join((*points, headings))


if __name__ == "__main__":
    main()
