"""One table of fields: what a user types, what the index holds, and what the README says agree."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import get_type_hints

import pytest

import query
from indexer.segments.schema import FACETS, FIELDS, NAME_FIELDS, VALUE_FIELDS
from query.language.fields import (
    DATE,
    FILTERS,
    LABELS,
    PINYIN,
    SUMMARY_FACETS,
    FilterField,
    Filters,
)
from query.language.lexer import Token
from query.language.parser import parse
from query.language.syntax_tree import Field
from tests.conftest import ROOT, Command

README = (ROOT / "query" / "README.md").read_text("utf-8")
SHOWN = re.findall(r"^\| `--([\w-]+)` \|[^|]*\| (`--.*) \|$", README, re.MULTILINE)


def test_what_type_checkers_know_of_filters_is_the_table() -> None:
    texts = get_type_hints(Filters)["speaker"]
    assert get_type_hints(Filters) == {each.name: texts for each in FILTERS}
    assert list(get_type_hints(Filters)) == [each.name for each in FILTERS]


def test_every_filter_looks_into_a_field_of_the_index() -> None:
    assert {each.field for each in FILTERS if each is not DATE} <= {field.name for field in FIELDS}
    assert len(VALUE_FIELDS) == len({*VALUE_FIELDS})


def test_what_is_summarised_is_a_facet_and_what_is_learned_from_has_a_label() -> None:
    assert {*SUMMARY_FACETS} <= {*FACETS}
    assert {*NAME_FIELDS} <= {*LABELS}


@pytest.mark.parametrize("each", FILTERS, ids=[each.name for each in FILTERS])
def test_a_query_knows_a_filter_by_its_name_and_by_its_chinese_one(each: FilterField) -> None:
    for name in filter(None, (each.name, each.chinese)):
        assert parse(f"{name}:2025") == Field(each.name, "2025", 0)


def test_no_two_fields_of_a_query_have_the_same_name() -> None:
    names = [name for each in FILTERS for name in (each.name, each.chinese) if name]
    assert len({*names, PINYIN, "拼音"}) == len(names) + 2


@pytest.mark.parametrize("command", ["search", "speakers"])
def test_every_filter_is_an_option_with_its_help(lianghui: Command, command: str) -> None:
    helped = lianghui(command, "--help").out
    options = re.findall(r"^  --([\w-]+) (TEXT|FROM\.\.TO)(?:  |$)", helped, re.MULTILINE)
    assert options[: len(FILTERS)] == [
        (each.name.replace("_", "-"), "FROM..TO" if each is DATE else "TEXT") for each in FILTERS
    ]
    assert all(each.help in re.sub(r"\s+", " ", helped) for each in FILTERS)


def test_the_readme_lists_the_filters_of_the_table() -> None:
    assert [name.replace("-", "_") for name, _ in SHOWN] == [each.name for each in FILTERS]
    named = re.search(r"Inside\s+a\s+query they are called ([^:]*):", README)
    assert named
    pairs = re.findall(r"(\w+)(?: ([^\W\da-z]+))?", re.sub(r"\band\b", "", named[1], flags=re.ASCII))
    assert sorted(pairs) == sorted((each.name, each.chinese) for each in FILTERS)


@pytest.mark.parametrize("example", [each for _, shown in SHOWN for each in re.findall("`([^`]*)`", shown)])
def test_every_example_of_a_filter_in_the_readme_is_understood(
    lianghui: Command, page_index: Path, example: str
) -> None:
    run = lianghui("search", *shlex.split(example), "--count", "--index", page_index)
    assert run.code in (0, 1)
    assert run.err == "" or run.err.startswith("lianghui: nothing found: ")


def test_neither_the_table_nor_the_lexer_waits_for_numpy_or_click() -> None:
    program = (
        f"import sys, types\npackage = types.ModuleType('query')\npackage.__path__ = {query.__path__!r}\n"
        f"sys.modules['query'] = package\nimport {FilterField.__module__}, {Token.__module__}\n"
        "print(*{'numpy', 'click'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"
