"""Measure who is found to speak: python -m tests.benchmarks.attribution FOLDER...

FOLDER holds pages and `labels.jsonl`, or is a file of articles of which `indexer/training/labels.jsonl`
tells. Labels are one record a page: `file`, `part`, `speakers` (each a `name`, a
`role`, and the `lines` in which they speak), `not_speakers`, and where a reader was in doubt `unsure`
and `note`. By page, the names found are held against those a reader lists; by paragraph, the names of
each paragraph against those whose lines it covers. Names are compared without blanks. Organisations
count, meetings that speak as a whole do not; headings count only where both agree; whoever is named in
`unsure` or `note` counts neither way. A role is right when its wording is found in the role, the
organisation or the position. Bystanders are names found that stand in `not_speakers`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.analysis.segmenter import Segmenter, SegmenterChoice
from indexer.models import Paragraph, Speaker
from indexer.pages.seed import read_seed
from indexer.training.corpora import LABELS_FILE, is_set_aside, read_articles, read_records

_HEADINGS = frozenset(("headline", "subheadline", "section", "label", "byline", "credit"))
_SHOWN = 70  # characters of a line that something is wrong with


@dataclass(slots=True)
class Tally:
    """How many names were found as a reader found them, wrong, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def count(self, found: frozenset[str], wanted: frozenset[str]) -> None:
        """Count the names found against those wanted."""
        self.add(Tally(len(found & wanted), len(found - wanted), len(wanted - found)))

    def add(self, other: Tally) -> None:
        """Count what another has counted, too."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed

    def __str__(self) -> str:
        """Precision and recall."""
        return f"P {share(self.right, self.wrong):.3f} R {share(self.right, self.missed):.3f}"


@dataclass(slots=True)
class Score:
    """What is counted of the pages of one part."""

    pages: Tally = field(default_factory=Tally)
    paragraphs: Tally = field(default_factory=Tally)
    bystanders: int = 0
    roles_right: int = 0
    roles: int = 0

    def add(self, other: Score) -> None:
        """Count the pages of another score, too."""
        self.pages.add(other.pages)
        self.paragraphs.add(other.paragraphs)
        self.bystanders += other.bystanders
        self.roles_right += other.roles_right
        self.roles += other.roles

    def __str__(self) -> str:
        """One line of the table."""
        return (
            f"page {self.pages}  paragraph {self.paragraphs}  bystanders {self.bystanders}  "
            f"roles {self.roles_right}/{self.roles}"
        )


@dataclass(frozen=True, slots=True)
class Label:
    """What a reader says of a page: who speaks in which lines, who does not, and what is doubtful."""

    file: str
    part: str
    speakers: Mapping[str, Mapping[str, Any]]
    not_speakers: frozenset[str]
    doubt: str

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Label:
        """Read a record of `labels.jsonl`."""
        unsure = json.dumps(record.get("unsure") or "", ensure_ascii=False)
        return cls(
            file=record["file"],
            part=record["part"],
            speakers={without_blanks(speaker["name"]): speaker for speaker in record["speakers"]},
            not_speakers=frozenset(map(without_blanks, record["not_speakers"])),
            doubt=without_blanks(unsure + (record.get("note") or "")),
        )

    def wanted(self, lines: tuple[int, int]) -> frozenset[str]:
        """List who speaks between two lines, both included."""
        first, last = lines
        speaks = self.speakers.items()
        return frozenset(
            name for name, said in speaks if any(first <= line <= last for line in said["lines"])
        )

    def without_doubtful(self, names: Mapping[str, Speaker], wanted: frozenset[str]) -> frozenset[str]:
        """Leave out the names that are not wanted and of which the reader was in doubt."""
        return frozenset(name for name in names if name in wanted or name not in self.doubt)


def main() -> None:
    """Read the labelled pages, print what is wrong where that is asked for, then a line for each part."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--errors", action="store_true", help="print what is wrong with each paragraph")
    parser.add_argument("--set-aside", action="store_true", help="judge what nothing is learned from alone")
    arguments = parser.parse_args()
    scores: dict[str, Score] = {}
    segmenter = SegmenterChoice().open()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        gather(arguments.texts, folder)
        for label in read_labels(folder):
            if is_set_aside(label.file) or not arguments.set_aside:
                paragraphs = add_page(folder, label, segmenter, scores)
                if arguments.errors:
                    print(*errors(label, paragraphs), sep="", end="")
    print_table(scores)


def gather(texts: Iterable[Path], folder: Path) -> None:
    """Copy labelled pages, and articles of which there are labels, into one folder with all labels."""
    articles = {label["file"]: label for label in read_records(LABELS_FILE)}
    with (folder / "labels.jsonl").open("w", encoding="utf-8") as labels:
        for path in texts:
            if path.is_dir():
                pages = read_records(path / "labels.jsonl")
                found = [(label, (path / label["file"]).read_text("utf-8")) for label in pages]
            else:
                named = ((f"{article.id}.txt", article.text) for article in read_articles(path))
                found = [(articles[file], text) for file, text in named if file in articles]
            for label, text in found:
                labels.write(json.dumps(label, ensure_ascii=False) + "\n")
                (folder / label["file"]).write_text(text, "utf-8")


def read_labels(folder: Path) -> list[Label]:
    """Read the labels of the pages of a folder."""
    return [*map(Label.of, read_records(folder / "labels.jsonl"))]


def add_page(folder: Path, label: Label, segmenter: Segmenter, scores: dict[str, Score]) -> list[Paragraph]:
    """Read a page, add it to the scores of its part and of all, and return its paragraphs."""
    paragraphs = read_paragraphs(folder / label.file, segmenter)
    for part in (label.part, "all"):
        count(label, paragraphs, scores.setdefault(part, Score()))
    return paragraphs


def print_table(scores: Mapping[str, Score]) -> None:
    """Print a line for each part."""
    for part, score in scores.items():
        print(f"{part:9} {score}")


def read_paragraphs(page: Path, segmenter: Segmenter) -> list[Paragraph]:
    """Read a page as the index does."""
    return [each for each in read_seed(page, page.name, segmenter) if isinstance(each, Paragraph)]


def count(label: Label, paragraphs: Sequence[Paragraph], score: Score) -> None:
    """Add a page to a score."""
    have: dict[str, Speaker] = {}
    for paragraph in paragraphs:
        score.paragraphs.count(*found_and_wanted(label, paragraph))
        have = named(paragraph) | have
    listed = frozenset(label.speakers)
    found = label.without_doubtful(have, listed)
    score.pages.count(found, listed)
    score.bystanders += len(found & label.not_speakers)
    for name in found & listed:
        role = without_blanks(label.speakers[name].get("role"))
        score.roles += bool(role)
        score.roles_right += bool(role) and role_is_right(role, have[name])


def found_and_wanted(label: Label, paragraph: Paragraph) -> tuple[frozenset[str], frozenset[str]]:
    """Name who was found to speak in a paragraph, and who should have been."""
    names, wanted = named(paragraph), label.wanted(paragraph.lines)
    if paragraph.kind in _HEADINGS:
        agreed = frozenset(names) & wanted
        return agreed, agreed
    return label.without_doubtful(names, wanted), wanted


def named(paragraph: Paragraph) -> dict[str, Speaker]:
    """Name the speakers of a paragraph, meetings left out."""
    return {without_blanks(each.name): each for each in paragraph.speakers if each.how != "collective"}


def role_is_right(role: str, speaker: Speaker) -> bool:
    """Tell whether the titles found hold the role, or are part of it."""
    titles = without_blanks("".join(filter(None, (speaker.role, speaker.organisation, speaker.position))))
    return bool(titles) and (role in titles or titles in role)


def errors(label: Label, paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """Tell of every paragraph who is missed, and who is wrong."""
    for paragraph in paragraphs:
        found, wanted = found_and_wanted(label, paragraph)
        if found != wanted:
            first, last = paragraph.lines
            faults = f"missed {sorted(wanted - found)} wrong {sorted(found - wanted)}"
            yield f"{label.file}:{first}-{last} {faults} {paragraph.text[:_SHOWN]}\n"


def without_blanks(text: str | None) -> str:
    """Drop the blanks of a text."""
    return "".join((text or "").split())


def share(part: int, rest: int) -> float:
    """Divide `part` by the whole; 0 where there is nothing."""
    return part / max(1, part + rest)


if __name__ == "__main__":
    main()
