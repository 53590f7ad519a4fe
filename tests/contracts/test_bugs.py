"""A fault of the program shows itself as what it is, and is not put down to the files of the index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.analysis.dictionary import FrozenDictionary
from indexer.segments.postings import Postings
from indexer.segments.reader import Segment
from indexer.store.arrays import ArrayFile
from indexer.text.folding import Folded
from query import Index, inspect, open_index
from query.cli.completion import completions

BUGS = (
    *(AttributeError, TypeError, AssertionError, MemoryError, RuntimeError, RecursionError),
    *(ValueError, KeyError, IndexError, ZeroDivisionError, NotImplementedError),
)


def bug(error: type[Exception]) -> Callable[..., Any]:
    """Make a function that does nothing but fail."""

    def fail(*_: object, **__: object) -> Any:
        raise error("planted")

    return fail


@pytest.mark.parametrize("error", BUGS)
@pytest.mark.parametrize(
    ("of", "name", "ask"),
    [
        (Postings, "docs", lambda index: index.search("低空经济")),
        (Folded, "spans", lambda index: index.search("低空经济")),
        (Segment, "paragraph", lambda index: [*index.paragraphs()]),
        (Segment, "column", lambda index: index.values("speaker")),
    ],
)
def test_a_bug_met_in_a_search_shows_itself(
    page: Index,
    monkeypatch: pytest.MonkeyPatch,
    error: type[Exception],
    of: type,
    name: str,
    ask: Callable[[Index], object],
) -> None:
    monkeypatch.setattr(of, name, bug(error))
    with pytest.raises(error, match="planted"):
        ask(page)


@pytest.mark.parametrize("error", BUGS)
@pytest.mark.parametrize(
    ("of", "name"), [(ArrayFile, "__init__"), (FrozenDictionary, "__init__"), (Path, "read_bytes")]
)
def test_a_bug_met_in_opening_shows_itself(
    page_index: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception], of: type, name: str
) -> None:
    monkeypatch.setattr(of, name, bug(error))
    with pytest.raises(error, match="planted"):
        open_index(page_index)


@pytest.mark.parametrize("error", BUGS)
def test_a_bug_met_in_completing_shows_itself(
    page_index: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    monkeypatch.setattr(Segment, "column", bug(error))
    with pytest.raises(error, match="planted"):
        completions(page_index, "speaker", "")


# Arrays that contradict one another raise the other two, and to find such is what it is for.
@pytest.mark.parametrize("error", [error for error in BUGS if error not in (ValueError, IndexError)])
def test_a_bug_met_in_a_deep_check_shows_itself(
    page_index: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    monkeypatch.setattr(Segment, "column", bug(error))
    with pytest.raises(error, match="planted"):
        inspect(page_index)
