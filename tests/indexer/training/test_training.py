"""The command that learns to read speakers: the same bytes each time, from few made-up pages."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from indexer.extraction.speakers.model_file import load_model
from indexer.training.corpora import is_set_aside
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

PEOPLE = ("赵小云", "钱大海", "孙明", "李芳华", "周文武", "吴丽丽", "郑国强", "王志远", "何啟大", "刘芳芳")
SAYING = ("{}委员认为，要加快发展。", "{}代表说：“路修好了。”", "“很好。”{}委员建议，多种树。")
SILENT = ("会后，记者向{}委员赠书。", "大会表彰了{}等先进个人。", "大家来到{}的家乡参观。")


def write_records(path: Path, records: Sequence[Mapping[str, object]]) -> None:
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def page(number: int) -> tuple[str, dict[str, object]]:
    """Make a page up, and what is true of it."""
    speaker, other = PEOPLE[number % 10], PEOPLE[(number + 3) % 10]
    lines = [SAYING[number % 3].format(speaker), SILENT[number % 3].format(other), "风和日丽，天气不错。"]
    label: dict[str, object] = {"file": f"{number}.txt", "part": "press", "not_speakers": [other], "note": ""}
    label["speakers"] = [{"name": speaker, "role": "", "lines": [1]}]
    return "\n".join(lines), label


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """Make the three kinds of texts up."""
    rng = random.Random(0)
    (tmp_path / "pages").mkdir()
    (tmp_path / "names").mkdir()
    pages = [page(number) for number in range(20)]
    for text, label in pages:
        (tmp_path / "pages" / str(label["file"])).write_text(text, "utf-8")
    write_records(tmp_path / "pages" / "labels.jsonl", [label for _, label in pages])
    write_records(tmp_path / "names" / "names.jsonl", [sentence(rng) for _ in range(300)])
    articles = [{"id": f"made-up-{number}", "text": article(rng)} for number in range(60)]
    write_records(tmp_path / "articles.jsonl", articles)
    return tmp_path


def sentence(rng: random.Random) -> dict[str, object]:
    name = rng.choice(PEOPLE)
    before, behind = (
        rng.choice(("昨日下午，", "会上，", "县长", "来自某地的")),
        rng.choice(("回到了家", "说", "出席")),
    )
    people = [[len(before), len(before) + len(name), name]]
    return {"text": f"{before}{name}{behind}。", "people": people}


def article(rng: random.Random) -> str:
    return "\n".join(str(sentence(rng)["text"]) for _ in range(4))


def train(corpora: Path, out: str, hash_seed: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, whose sets have an order of their own."""
    texts = [str(corpora / name) for name in ("pages", "names", "articles.jsonl")]
    command = [sys.executable, "-m", "indexer.training", *texts, "--out", str(corpora / out), *more]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_training_twice_writes_the_same_bytes(corpora: Path) -> None:
    for out, hash_seed in (("one.npz", "1"), ("two.npz", "2")):
        done = train(corpora, out, hash_seed)
        assert (done.returncode, done.stderr) == (0, "")
    assert (corpora / "one.npz").read_bytes() == (corpora / "two.npz").read_bytes()


def test_what_is_learned_finds_names_and_knows_who_speaks(corpora: Path) -> None:
    train(corpora, "model.npz", "0")
    model = load_model(corpora / "model.npz")
    assert [(name.start, name.end) for name in model.tagger.names("会上,钱大海说。")] == [(3, 6)]
    assert model.speaking.weights
    assert model.going_on.weights


def test_of_a_page_that_is_set_aside_nothing_is_learned(corpora: Path) -> None:
    assert is_set_aside("3.txt")
    train(corpora, "before.npz", "0")
    lines = (corpora / "pages" / "labels.jsonl").read_text("utf-8").splitlines(keepends=True)
    changed = lines[3].replace('"lines": [1]', '"lines": [2]')
    (corpora / "pages" / "labels.jsonl").write_text("".join([*lines[:3], changed, *lines[4:]]), "utf-8")
    train(corpora, "after.npz", "0")
    assert changed != lines[3]
    assert (corpora / "before.npz").read_bytes() == (corpora / "after.npz").read_bytes()


def test_a_folder_without_labels_is_named(corpora: Path) -> None:
    (corpora / "pages" / "labels.jsonl").unlink()
    done = train(corpora, "model.npz", "0")
    assert done.returncode == 2
    assert f"{corpora / 'pages'} has no labels.jsonl" in done.stderr
