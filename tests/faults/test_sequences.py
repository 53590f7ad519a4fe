"""An index brought up to date answers as one built anew, whatever happens to the seeds."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from msgspec.structs import replace

from indexer import build_index
from query import open_index
from tests.conftest import Counts, load

pytestmark = pytest.mark.slow

NAMES = st.sampled_from(("a.txt", "b.txt", "below/c.txt", "d.jsonl", "e.jsonl", "words.txt", "topics.toml"))
TEXTS = st.sampled_from(
    (
        "甲处的标题\n\n王小明委员建议，加快发展低空经济。\n",
        "李大山代表认为，教育是根本。\n\n他说，要增加教育投入。\n",
        "市政协十四届四次会议开幕，王小明代表说：“教育要公平”。\n",
        "经济\n教育\n低空经济\n",
        "太原市\n",
    )
)
SEED_NAMES = NAMES.filter(lambda name: name not in ("words.txt", "topics.toml"))
SPOILT = (b"\0\1\2", b"\xff" * 9, b"")
QUERIES = ("教育", "经济 低空", '"教育"', "王小明 OR 李大山", "经* -根本", "低空经济教育")
STAYS = "stays.txt"


def encode(name: str, text: str) -> bytes:
    """Write a text in the format that the name of a file asks for."""
    if name.endswith(".jsonl"):
        lines = text.replace('"', "").split()
        return "\n".join(f'{{"text": "{line}", "id": "{line[:2]}"}}' for line in lines).encode()
    if name == "topics.toml":
        return '"学校" = ["教育"]\n'.encode() if "教育" in text else b""
    if name == "words.txt":
        return "低空经济\n王小\n".encode() if "经济" in text else b""
    return text.encode()


def contents(index: Path) -> list[Any]:
    """Read from an index hits with their scores, facets, all paragraphs, and the state of each seed."""
    with open_index(index) as opened:
        results = [opened.search(query, limit=99).to_dict() for query in QUERIES]
        values = [opened.values(field) for field in ("speaker", "topic", "session")]
        states = opened.generation.manifest.sources
        sources = [(name, replace(state, mtime_ns=0)) for name, state in states.items()]
        return [*results, *values, [*opened.paragraphs()], sources]


class Seeds(RuleBasedStateMachine):
    """A folder of seeds to which anything happens, and two indexes of it."""

    def __init__(self, counts: Counts) -> None:
        """Begin with nothing; `counts` takes how often the two were compared."""
        super().__init__()
        self.counts = counts

    @initialize()
    def begin(self) -> None:
        """Begin with one seed."""
        self.folder = Path(mkdtemp())
        self.seeds = self.folder / "seeds"
        self.write(STAYS, "经济和教育。\n")
        self.kept = False

    @rule(name=NAMES, text=TEXTS)
    def write(self, name: str, text: str) -> None:
        """Add or change a file."""
        path = self.seeds / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(encode(name, text))

    @rule(name=NAMES)
    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        (self.seeds / name).unlink(missing_ok=True)

    @rule(name=NAMES, other=NAMES)
    def rename(self, name: str, other: str) -> None:
        """Rename a file to one of its kind, if it is there."""
        path, target = self.seeds / name, self.seeds / other
        if not path.exists() or path.suffix != target.suffix or "words.txt" in (name, other):
            return
        if not (target.exists() and path.read_bytes() in SPOILT):  # see `spoil`
            target.parent.mkdir(exist_ok=True)
            path.rename(target)

    @rule(name=SEED_NAMES, data=st.sampled_from(SPOILT))
    def spoil(self, name: str, data: bytes) -> None:
        """Add a file that cannot be read; one that was indexed would rightly keep its paragraphs."""
        path = self.seeds / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_bytes(data)

    @rule()
    def build(self) -> None:
        """Bring the index up to date between two changes."""
        build_index(self.seeds, self.folder / "index")

    @invariant()
    def is_that_of_a_full_build(self) -> None:
        """Compare the index that was brought up to date with one that was not."""
        build_index(self.seeds, self.folder / "index")
        build_index(self.seeds, self.folder / "full", full=True)
        assert contents(self.folder / "index") == contents(self.folder / "full")
        self.counts["indexes brought up to date"] += 1

    def teardown(self) -> None:
        """Clear away."""
        shutil.rmtree(self.folder)


def test_an_index_brought_up_to_date_is_that_of_a_full_build(counts: Counts) -> None:
    run_state_machine_as_test(
        lambda: Seeds(counts),  # type: ignore[arg-type]  # whatever makes one will do
        settings=settings(max_examples=load(20), stateful_step_count=12),
    )
