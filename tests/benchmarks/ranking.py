"""Measure how well questions are answered: `python -m tests.benchmarks.ranking FOLDER [--to t2s|s2t]`.

FOLDER holds `corpus.jsonl` ({"id", "title", "text"}), `queries.jsonl` ({"id", "text"}) and `qrels.tsv`
("query 0 document 1"). Every question is asked through the public library as a user would type it: what
counts is the rank among `hits` and then `near`. A plain BM25 answers the same questions in the same run.
`--to` puts the questions into the other script first.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import opencc

from indexer import build_index
from query import Index, open_index
from tests.benchmarks.plain_bm25 import PlainBM25

LIMIT = 10


def records(path: Path) -> Iterator[dict[str, Any]]:
    """Read JSON lines."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def judgements(path: Path) -> dict[str, set[str]]:
    """Read which documents answer each question."""
    right: defaultdict[str, set[str]] = defaultdict(set)
    for line in path.read_text("utf-8").splitlines():
        query, _, document, grade = line.split()
        if int(grade) > 0:
            right[query].add(document)
    return right


def rank_of(index: Index, question: str, right: set[str]) -> int | None:
    """Find the rank of the first paragraph that answers a question, None below the tenth."""
    results = index.search(question, limit=LIMIT)
    return next((hit.rank for hit in (*results.hits, *results.near) if hit.id in right), None)


def plain_ranks(folder: Path, questions: dict[str, str], right: dict[str, set[str]]) -> list[int | None]:
    """Ask a plain BM25 every question; return the ranks as `rank_of` does."""
    documents = {
        record["id"]: "\n".join(filter(None, (record.get("title"), record["text"])))
        for record in records(folder / "corpus.jsonl")
    }
    plain = PlainBM25(documents)
    found = ((id_, plain.search(question, LIMIT)) for id_, question in questions.items())
    return [next((at for at, each in enumerate(ids, 1) if each in right[id_]), None) for id_, ids in found]


def show(name: str, ranks: Sequence[int | None]) -> None:
    """Print how well questions were answered."""
    found = [rank for rank in ranks if rank]
    reciprocal = sum(1 / rank for rank in found) / len(ranks)
    print(
        f"{name:10} MRR@{LIMIT} {reciprocal:.4f}  recall@1 {found.count(1) / len(ranks):.4f}  "
        f"recall@{LIMIT} {len(found) / len(ranks):.4f}"
    )


def build(folder: Path, scratch: Path) -> Path:
    """Index the corpus in a folder of its own; return the index."""
    (scratch / "seeds").mkdir()
    shutil.copy(folder / "corpus.jsonl", scratch / "seeds")
    build_index(scratch / "seeds", scratch / "index")
    return scratch / "index"


def measure(folder: Path, script: str | None) -> None:
    """Ask every question, and print how well they were answered and on which rungs."""
    convert = opencc.OpenCC(script).convert if script else str
    right = judgements(folder / "qrels.tsv")
    questions = {query["id"]: convert(query["text"]) for query in records(folder / "queries.jsonl")}
    with tempfile.TemporaryDirectory() as scratch, open_index(build(folder, Path(scratch))) as index:
        ranks = [rank_of(index, question, right[id_]) for id_, question in questions.items()]
        rungs = Counter(index.search(question, limit=0).rung for question in questions.values())
    print(f"{folder.name}{f' ({script})' if script else ''}, {len(questions)} questions")
    show("lianghui", ranks)
    show("plain BM25", plain_ranks(folder, questions, right))
    print("rungs      " + ", ".join(f"{rung} {count}" for rung, count in rungs.most_common()))


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--to", dest="script", choices=["t2s", "s2t"], help="script of the questions")
    arguments = parser.parse_args()
    measure(arguments.folder, arguments.script)


if __name__ == "__main__":
    main()
