"""An answer is worked out until all that it asks for is known."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from indexer import LianghuiError
from query.cluster.asking import Asking, Reply


class Counted:
    """Counts for each clause how long its name is, and notes what was asked for together."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.asked: list[list[str]] = []

    def send(self, requests: list[bytes]) -> list[Reply]:
        """Answer several searches."""
        names = [msgspec.json.decode(each)["query"]["name"] for each in requests]
        self.asked.append(names)
        return [{"hits": {"total": {"value": len(name)}}} for name in names]


def clause(name: str) -> dict[str, Any]:
    return {"name": name}


def test_what_is_unknown_is_asked_for_together_and_once() -> None:
    counted = Counted()
    asking = Asking(counted.send)

    def answer() -> tuple[int, ...]:
        return tuple(asking.count(clause(name)) or 0 for name in ("a", "bb", "a", "ccc"))

    assert asking.ask(answer) == (1, 2, 1, 3)
    assert counted.asked == [["a", "bb", "ccc"]]
    assert asking.ask(answer) == (1, 2, 1, 3)
    assert asking.round_trips == 1


def test_what_depends_on_an_answer_is_asked_for_in_the_next_round() -> None:
    counted = Counted()
    asking = Asking(counted.send)

    def answer() -> int:
        found = asking.count(clause("a"))
        return 0 if not found else asking.count(clause("depends")) or 0

    assert asking.ask(answer) == 7
    assert counted.asked == [["a"], ["depends"]]


def test_an_answer_inside_another_shares_its_rounds() -> None:
    counted = Counted()
    asking = Asking(counted.send)
    inner = lambda: asking.count(clause("bb")) or 0  # noqa: E731
    assert asking.ask(lambda: (asking.count(clause("a")) or 0) + asking.ask(inner)) == 3
    assert counted.asked == [["a", "bb"]]


def test_an_answer_that_never_ends_is_refused() -> None:
    counted = Counted()
    asking = Asking(counted.send)
    with pytest.raises(LianghuiError, match="make it shorter"):
        asking.ask(lambda: asking.count(clause("x" * len(counted.asked))))


def test_half_a_character_is_refused() -> None:
    with pytest.raises(LianghuiError, match="no text"):
        Asking(Counted().send).count(clause("\ud800"))
