"""Measure who is taken for a speaker: python -m tests.benchmarks.attribution PAGES.

PAGES is a folder of pages with `labels.jsonl`: one record a page with `file`, `speakers` (the names a
reader lists) and `not_speakers` (names that must not be taken for speakers). Counted by page: the set
of names found against the set a reader lists. A meeting or group that speaks as a whole has no name.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.analysis.segmenter import Segmenter, SegmenterChoice
from indexer.models import Paragraph
from indexer.pages.seed import read_seed


@dataclass(frozen=True, slots=True)
class Score:
    """The names of one page: found as a reader found them, missed, and wrong."""

    file: str
    right: frozenset[str]
    missed: frozenset[str]
    wrong: frozenset[str]
    forbidden: frozenset[str]


def main() -> None:
    """Read every labelled page, print what was missed or wrong, then precision and recall."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path)
    scores = list(score_pages(parser.parse_args().pages))
    for score in scores:
        parts = {"missed": score.missed, "wrong": score.wrong, "forbidden": score.forbidden}
        faults = "; ".join(f"{what} {'、'.join(sorted(names))}" for what, names in parts.items() if names)
        print(f"{score.file:32} {len(score.right):3} right{f'; {faults}' if faults else ''}")
    right = sum(len(score.right) for score in scores)
    missed = sum(len(score.missed) for score in scores)
    wrong = sum(len(score.wrong) for score in scores)
    forbidden = sum(len(score.forbidden) for score in scores)
    print(
        f"precision {share(right, wrong):.3f}, recall {share(right, missed):.3f}, "
        f"{forbidden} not_speakers taken for a speaker, {len(scores)} pages"
    )


def score_pages(pages: Path) -> Iterator[Score]:
    """Score every labelled page."""
    segmenter = SegmenterChoice().open()
    for line in (pages / "labels.jsonl").read_text("utf-8").splitlines():
        label = json.loads(line)
        found = speakers(pages / label["file"], segmenter)
        wanted = frozenset(label["speakers"])
        yield Score(
            file=label["file"],
            right=found & wanted,
            missed=wanted - found,
            wrong=found - wanted,
            forbidden=found & frozenset(label["not_speakers"]),
        )


def speakers(page: Path, segmenter: Segmenter) -> frozenset[str]:
    """Find the names that speak on a page."""
    return frozenset(
        speaker.name
        for paragraph in read_seed(page, page.name, segmenter)
        if isinstance(paragraph, Paragraph)
        for speaker in paragraph.speakers
        if speaker.how != "collective"
    )


def share(part: int, rest: int) -> float:
    """Divide `part` by the whole; of nothing, all is right: 1."""
    return part / (part + rest) if part + rest else 1.0


if __name__ == "__main__":
    main()
