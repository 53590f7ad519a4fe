"""Draw the questions of the benchmark from the text itself, the same for every engine."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

__all__ = ["ROUNDS", "Shape", "draw", "load", "records_in", "repeat", "save"]

ROUNDS = 100
"""Questions of each kind."""

KINDS = (("one word", 1), ("three words, any", 3), ("three words, all", 3), ("eight words, any", 8))
_SAMPLE = 2_000


@dataclass(frozen=True)
class Shape:
    """A question: what it is called, its kind (one, any, all, phrase, filtered), words, text and month."""

    name: str
    kind: str
    words: tuple[str, ...]
    text: str
    month: str


def draw(records: Sequence[dict[str, str]]) -> list[Shape]:
    """Draw the questions: nouns of the text for words, three neighbouring words for a phrase."""
    import rjieba  # noqa: PLC0415 - not in the memory of the engines

    from indexer.analysis.jieba_words import load_jieba_words  # noqa: PLC0415

    is_noun = load_jieba_words().is_noun
    drawn = random.Random(0)
    sample = drawn.sample(records, min(_SAMPLE, len(records)))
    cut = [rjieba.cut(record["text"]) for record in sample]
    nouns = [word for words in cut for word in words if len(word) > 1 and is_noun(word)]
    runs = [run for words in cut for run in _runs(words)]
    shapes = []
    for name, size in KINDS:
        kind = "any" if name.endswith("any") else "all" if name.endswith("all") else "one"
        for _ in range(ROUNDS):
            words = tuple(drawn.sample(nouns, size))
            shapes.append(Shape(name, kind, words, " ".join(words), ""))
    for _ in range(ROUNDS):
        run = drawn.choice(runs)
        shapes.append(Shape("phrase", "phrase", run, "".join(run), ""))
        month = drawn.choice(sample)["month"]
        noun = drawn.choice(nouns)
        shapes.append(Shape("one word, filtered", "filtered", (noun,), noun, month))
    return shapes


def records_in(seeds: Path) -> list[dict[str, str]]:
    """Read the records of the .jsonl files in a folder, each with an id and a month."""
    lines = (line for path in sorted(seeds.glob("*.jsonl")) for line in path.open(encoding="utf-8"))
    records = map(json.loads, lines)
    return [
        {"id": str(number), "month": str(each.get("date") or "")[:7], "text": each["text"]}
        for number, each in enumerate(records)
    ]


def repeat(seeds: Path, size: int, folder: Path) -> None:
    """Write so many records into a folder: those of some seeds over and over, each time with other ids."""
    folder.mkdir()
    lines = [line for path in sorted(seeds.glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    with (folder / "all.jsonl").open("w", encoding="utf-8") as file:
        for number in range(size):
            record = json.loads(lines[number % len(lines)]) | {"id": f"r{number}"}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def save(shapes: Sequence[Shape], path: Path) -> None:
    """Write questions for another process."""
    path.write_text(json.dumps([asdict(shape) for shape in shapes], ensure_ascii=False), "utf-8")


def load(path: Path) -> list[Shape]:
    """Read questions."""
    return [Shape(**{**each, "words": tuple(each["words"])}) for each in json.loads(path.read_text("utf-8"))]


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for run in zip(words, words[1:], words[2:], strict=False):
        if all(word.isalpha() and not word.isascii() for word in run):
            yield run
