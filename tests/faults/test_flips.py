"""Flip one bit of an index: the answer is right all the same, or an error that says what to do."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer import LianghuiError, build_index
from query import Index, open_index
from tests.conftest import SEEDS, Counts, load
from tests.faults.state import A, replace_seeds

FLIPS = 1_000
PROCESSES = 2
PROGRAM = "from tests.faults.test_flips import flip; flip()"
REFUSED = re.compile(r"(damaged|cannot be read|of version|no index).*lianghui index")
QUERIES = (
    *(
        "低空经济 人才",
        '"低空经济"',
        "经* -根本",
        "低空 NEAR/10 人才",
        "2月26日",
        "AI OR 教育",
        "张艳丽说了什么",
    ),
    *("拼音：zhangyanli", "低控经济", "发言人：张艳丽"),
)


def answers(index: Index) -> str:
    """Ask an index everything it can be asked, and write down the answers."""
    results = [index.search(query, explain=True).to_dict() for query in QUERIES]
    filtered = index.search("", role="委员", date="2025-02..2025-03", sort="date", collapse=True).to_dict()
    values = [index.values("speaker", by="topic"), index.values("session", "低空")]
    around = index.around(results[0]["hits"][0]["id"], 2)
    return repr([results, filtered, values, around, index.lexicon(), [*index.paragraphs()]])


def flip() -> None:
    """Flip the bits that stdin names, one at a time, and print what came of each."""
    index = Path(sys.argv[1])
    with open_index(index) as opened:
        right = answers(opened)
    for line in sys.stdin:
        name, at, bit = json.loads(line)
        before = (index / name).read_bytes()
        print(json.dumps(outcome(index, index / name, before, at, bit, right)), flush=True)


def outcome(index: Path, path: Path, before: bytes, at: int, bit: int, right: str) -> str:
    """Judge in a word what an index answers while one of its bits is flipped."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(bytes([before[at] ^ 1 << bit]))
    try:
        with open_index(index) as opened:
            return "right" if answers(opened) == right else "wrong"
    except LianghuiError as error:
        return "refused" if REFUSED.search(str(error)) else f"unclear: {error}"
    except Exception as error:  # noqa: BLE001 - whatever it is, it is reported
        return f"raised: {error!r}"
    finally:
        with path.open("r+b") as file:
            file.seek(at)
            file.write(before[at : at + 1])


def bits(index: Path, draw: random.Random, count: int) -> Iterator[tuple[str, int, int]]:
    """Yield bits of the files of an index: every file as often as another, or as it is long."""
    files = [path for path in sorted(index.rglob("*")) if path.is_file() and path.stat().st_size]
    sizes = [path.stat().st_size for path in files]
    for number in range(count):
        path = draw.choice(files) if number % 2 else draw.choices(files, sizes)[0]
        yield str(path.relative_to(index)), draw.randrange(path.stat().st_size), draw.randrange(8)


def outcomes_of(index: Path, chosen: list[tuple[str, int, int]]) -> list[Any]:
    """Flip each of the chosen bits in another process; one that dies of it is started again behind it."""
    outcomes: list[Any] = []
    paths = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    while len(outcomes) < len(chosen):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, index],
            input="\n".join(map(json.dumps, chosen[len(outcomes) :])),
            capture_output=True,
            text=True,
            check=False,
            env=paths,
        )
        outcomes += map(json.loads, done.stdout.splitlines())
        if done.returncode:
            outcomes.append(f"died: {done.returncode} {done.stderr[-200:]}")
    return outcomes


@pytest.mark.parametrize("process", range(PROCESSES))
@pytest.mark.usefixtures("process")
def test_a_flipped_bit_never_gives_a_wrong_answer(
    fast_path: Path, counts: Counts, draw: random.Random
) -> None:
    seeds, index = fast_path / "seeds", fast_path / "index"
    for files in ({}, A):
        replace_seeds(seeds, files)
        shutil.copy(next(SEEDS.glob("*.txt")), seeds)
        build_index(seeds, index)
    chosen = [*bits(index, draw, load(FLIPS // PROCESSES))]
    outcomes = outcomes_of(index, chosen)
    counts["bits flipped"] += len(outcomes)
    for what in ("right", "refused"):
        counts[f"bits flipped, {what}"] += outcomes.count(what)
    wrong = [each for each in zip(chosen, outcomes, strict=True) if each[1] not in ("right", "refused")]
    assert not wrong, "\n".join(map(str, [len(wrong), *wrong[:20]]))
