"""Read what is learned from: labelled pages and articles, sentences with people marked, other articles."""

from __future__ import annotations

import hashlib
import json
import lzma
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from indexer.text.folding import fold_in_place
from indexer.training.sentences import Sentence

__all__ = [
    "LABELS_FILE",
    "Article",
    "LabelledPage",
    "LabelledText",
    "draw_articles",
    "is_set_aside",
    "read_articles",
    "read_labelled_articles",
    "read_labelled_pages",
    "read_name_sentences",
    "read_records",
    "set_aside_articles",
]

LABELS_FILE = Path(__file__).with_name("labels.jsonl")
"""Who speaks in articles, line by line, as a reader says; an article is named by its id and `.txt`."""

_FOLDS = 5  # of which one is set aside
_RUN = 16  # characters in a row that two texts share only if one is from the other
_STEP = 8  # characters from one run that is looked up to the next
_MOST = 3000  # articles of one file
_SEED = 5


class LabelledPage(Struct, frozen=True):
    """A page and what a reader says of it: in which lines who speaks, who does not, and what is doubtful.

    Names are folded in place, without blanks; so is the text of what is doubtful.
    """

    file: str
    text: str
    lines: Mapping[str, frozenset[int]]
    others: frozenset[str]
    doubt: str

    def speakers(self, first: int, last: int) -> frozenset[str]:
        """List who speaks between two lines, both included."""
        return frozenset(name for name, lines in self.lines.items() if lines & {*range(first, last + 1)})


class Article(Struct, frozen=True):
    """A text without labels, and its id, the empty string where it has none."""

    id: str
    text: str


class LabelledText:
    """The text of all labelled pages, also of those that are set aside: nothing else is learned from it."""

    def __init__(self, folder: Path) -> None:
        """Read every page of a folder."""
        texts = map(_without_blanks, (page.read_text("utf-8") for page in sorted(folder.glob("*.txt"))))
        self._runs = {text[at : at + _RUN] for text in texts for at in range(len(text) - _RUN + 1)}

    def shares_text(self, text: str) -> bool:
        """Tell whether a text shares a run of characters with a labelled page."""
        text = _without_blanks(text)
        starts = range(0, max(1, len(text) - _RUN + 1), _STEP)
        return any(text[at : at + _RUN] in self._runs for at in starts)


def is_set_aside(file: str) -> bool:
    """Tell whether nothing is learned from a page or article: every fifth, by a hash of its name."""
    return int(hashlib.sha256(file.encode()).hexdigest(), 16) % _FOLDS == 0


def set_aside_articles() -> frozenset[str]:
    """List the ids of the labelled articles that are set aside."""
    return frozenset(
        Path(record["file"]).stem for record in read_records(LABELS_FILE) if is_set_aside(record["file"])
    )


def read_labelled_pages(folder: Path) -> list[LabelledPage]:
    """Read the pages that `labels.jsonl` names; those that are set aside are not even opened."""
    return [
        _labelled_page(record, (folder / record["file"]).read_text("utf-8"))
        for record in read_records(folder / "labels.jsonl")
        if not is_set_aside(record["file"])
    ]


def read_labelled_articles(articles: Iterable[Article]) -> list[LabelledPage]:
    """Choose the articles of which `labels.jsonl` of this room tells who speaks, without those set aside."""
    labels = {record["file"]: record for record in read_records(LABELS_FILE)}
    named = ((f"{article.id}.txt", article.text) for article in articles)
    return [
        _labelled_page(labels[file], text)
        for file, text in named
        if file in labels and not is_set_aside(file)
    ]


def read_name_sentences(folder: Path, labelled: LabelledText) -> list[Sentence]:
    """Read sentences with people marked: records of `text` and `people`, each a start, an end and a name."""
    records = [record for path in sorted(folder.glob("*.jsonl")) for record in read_records(path)]
    return [
        Sentence(fold_in_place(record["text"]), [(start, end) for start, end, _ in record["people"]])
        for record in records
        if not labelled.shares_text(record["text"])
    ]


def read_articles(file: Path) -> list[Article]:
    """Read records of `text`, or of `title` and `paragraphs`, from a file, which may be compressed (.xz)."""
    return [Article(record.get("id") or "", _article_text(record)) for record in read_records(file)]


def draw_articles(files: Iterable[Sequence[Article]], labelled: LabelledText) -> list[Article]:
    """Draw articles of each file, without labelled ones and those that share text with a labelled page."""
    rng = random.Random(_SEED)
    drawn = [article for articles in files for article in rng.sample(articles, min(_MOST, len(articles)))]
    known = {record["file"] for record in read_records(LABELS_FILE)}
    return [
        article
        for article in drawn
        if f"{article.id}.txt" not in known and not labelled.shares_text(article.text)
    ]


def _labelled_page(record: Mapping[str, Any], text: str) -> LabelledPage:
    unsure = json.dumps(record.get("unsure") or "", ensure_ascii=False)
    return LabelledPage(
        file=record["file"],
        text=text,
        lines={_without_blanks(each["name"]): frozenset(each["lines"]) for each in record["speakers"]},
        others=frozenset(map(_without_blanks, record["not_speakers"])),
        doubt=_without_blanks(unsure + (record.get("note") or "")),
    )


def _article_text(record: Mapping[str, Any]) -> str:
    return record.get("text") or "\n".join([record.get("title") or "", *record.get("paragraphs", ())])


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """Read the records of a JSONL file, which may be compressed (.xz)."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _without_blanks(text: str) -> str:
    return "".join(fold_in_place(text).split())
