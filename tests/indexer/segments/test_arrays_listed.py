"""The arrays of an index are those that the docstrings list: names, dtypes, numbers of entries."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path

import numpy as np
import pytest

from indexer import build_index
from indexer.analysis.dictionary import FrozenDictionary
from indexer.analysis.learned_words import LearnedWords
from indexer.analysis.name_sounds import NameSounds
from indexer.models import Paragraph
from indexer.pipeline.documents import document
from indexer.segments.posting_lists import invert_tokens
from indexer.segments.postings import Postings
from indexer.segments.reader import Segment, open_segments
from indexer.segments.schema import MATCH, SCORED_FIELDS, VALUE_FIELDS
from indexer.segments.values import ValueTable
from indexer.segments.writer import write_segment
from indexer.store.arrays import ArrayFile
from indexer.store.generations import current_generation
from tests.conftest import SEEDS, MakeSeeds

_ROW = re.compile(r"^    (\S+) +(u\d(?: or u\d)?) +(\w+(?: \+ 1)?)  +\S", re.MULTILINE)

Table = dict[str, tuple[str, str]]
"""The dtypes that each array may have, and its number of entries, by its name."""


def parse_table(described: type, fields: tuple[str, ...] = ()) -> Table:
    """Parse the table in the docstring of the module of a class, with one row for each field."""
    rows = _ROW.findall(inspect.getmodule(described).__doc__ or "")
    return {
        name.replace("<field>", field): (types, entries)
        for name, types, entries in rows
        for field in (fields if "<field>" in name else ("",))
    }


SOUNDS = ("sounds.arrays", "readings.arrays")
SEGMENT = parse_table(Segment, VALUE_FIELDS) | parse_table(Postings, SCORED_FIELDS)


def compare(file: ArrayFile, expected: Table, **known: int) -> None:
    """Compare the arrays of a file; a letter is the same number in all arrays of a field."""
    assert [name for name in expected if name not in file] == []
    assert len(file) == len(expected)
    numbers = dict(known)
    for name, (types, entries) in expected.items():
        array = file.lazy(name).array
        assert array.dtype.str[1:] in types.split(" or "), name
        letter, _, more = entries.partition(" + ")
        count = len(array) - int(more or 0)
        if letter.isdigit():
            assert count == int(letter), name
        elif len(letter) == 1:
            symbol = letter if letter in known else f"{name.rpartition('.')[0]} {letter}"
            assert numbers.setdefault(symbol, count) == count, name


def segments_of(index: Path) -> list[Segment]:
    return open_segments(current_generation(index))


def test_the_tables_are_there() -> None:
    rows = [
        len(parse_table(each, ("a",)))
        for each in (Segment, Postings, ValueTable, FrozenDictionary, LearnedWords)
    ]
    assert rows == [12, 12, 5, 8, 4]


def test_a_segment_holds_what_is_listed(page_index: Path) -> None:
    (segment,) = segments_of(page_index)
    compare(segment.file, SEGMENT, n=60, b=4)  # four blocks of sixteen paragraphs


def test_a_segment_that_was_merged_after_deletions_holds_what_is_listed(
    make_seeds: MakeSeeds, tmp_path: Path
) -> None:
    often = "经济" * 300  # a frequency above half a byte
    lines = [json.dumps({"text": f"第{number}段，发展{often}。"}) for number in range(20)]
    seeds = make_seeds({"a.jsonl": "\n".join(lines), "b.jsonl": lines[0], "c.jsonl": lines[1]})
    build_index(seeds, tmp_path / "index")
    (seeds / "b.jsonl").unlink()
    make_seeds({"d.jsonl": lines[2]})
    build_index(seeds, tmp_path / "index")
    (segment,) = segments_of(tmp_path / "index")
    assert segment.file.count("match.frequencies_high") > 0
    compare(segment.file, SEGMENT, n=22)


def test_the_file_of_a_task_holds_what_is_listed(tmp_path: Path) -> None:
    paragraph = Paragraph("a", "a.txt", (1, 1), "发展经济。")
    write_segment(tmp_path / "a.arrays", [document(paragraph, lambda folded: [folded])])
    expected = {name: row for name, row in SEGMENT.items() if name != "id_order"}
    tables = {name: row for name, row in parse_table(ValueTable, VALUE_FIELDS).items() if ".shown" in name}
    compare(ArrayFile(tmp_path / "a.arrays"), expected | tables, n=1)


@pytest.mark.parametrize("words", [{}, {"words.txt": "低空经济产业联盟\n平急两用\n"}])
def test_the_other_files_hold_what_is_listed(
    make_seeds: MakeSeeds, tmp_path: Path, words: dict[str, str]
) -> None:
    page = next(SEEDS.glob("*.txt")).read_text("utf-8")
    build_index(make_seeds({"a.txt": page} | words), tmp_path / "index")
    generation = current_generation(tmp_path / "index")
    compare(ArrayFile(generation / "values.arrays"), parse_table(ValueTable, VALUE_FIELDS))
    compare(ArrayFile(generation / "dictionary.arrays"), parse_table(FrozenDictionary))
    compare(ArrayFile(generation / "learned.arrays"), parse_table(LearnedWords))
    both = parse_table(NameSounds)
    for name in ("sound", "reading"):
        others = ("field", "value") if name == "sound" else ("character",)
        own = {key: row for key, row in both.items() if key.startswith(name) or key in others}
        compare(ArrayFile(generation / f"{name}s.arrays"), own)
    held = {path.name.split("-")[0] for path in generation.glob("*.arrays")}
    assert held == {"segment", "values.arrays", "dictionary.arrays", "learned.arrays", *SOUNDS}


def test_postings_are_read_in_the_dtypes_that_are_documented(page_index: Path) -> None:
    (segment,) = segments_of(page_index)
    postings = segment.postings(MATCH)
    number = postings.find("低空".encode())
    assert number is not None
    assert postings.docs(number).dtype == "u4"
    assert postings.term_frequencies(number).dtype == "u1"
    assert postings.positions(number).dtype == "u2"
    assert [each.dtype for each in segment.column("speaker")] == ["u4", "u4"]
    for lists in (
        postings.lists(0, len(postings)),
        invert_tokens(np.array([0, 1, 0]), np.array([0, 0, 1]), np.arange(3), 2),
    ):
        assert lists.sizes.dtype == lists.docs.dtype == lists.position_sizes.dtype == "i8"
        assert len(lists.sizes) == len(lists.position_sizes)
        assert len(lists.docs) == len(lists.frequencies) == lists.sizes.sum()
        assert len(lists.positions) == lists.position_sizes.sum()
