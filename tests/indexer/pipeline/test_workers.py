"""Tasks are done by other processes in order, with their errors, and nothing is left when they end."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass

import pytest

from indexer import LianghuiError
from indexer.pipeline.workers import Advance, run_tasks


def ignore(_: int, __: str) -> None:
    """Take no notice of what is done."""


@dataclass
class Double:
    """Returns twice its number."""

    number: int

    def perform(self, advance: Advance) -> int:
        """Double it."""
        advance(self.number, f"{self.number}")
        return 2 * self.number


@dataclass
class Fail:
    """Raises what the disk would."""

    def perform(self, _: Advance) -> None:
        """Raise."""
        raise OSError(28, "No space left on device")


@dataclass
class Die:
    """Ends its process."""

    def perform(self, _: Advance) -> None:
        """End at once."""
        os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Chatter:
    """Prints where answers go."""

    def perform(self, _: Advance) -> str:
        """Print."""
        print("chatter")
        return "answer"


@pytest.mark.parametrize("workers", [1, 3])
def test_answers_come_in_the_order_of_the_tasks(workers: int) -> None:
    done: list[tuple[int, str]] = []
    tasks = (Double(number) for number in range(20))
    assert [*run_tasks(tasks, workers, lambda *step: done.append(step))] == [*range(0, 40, 2)]
    assert sorted(done) == [(number, f"{number}") for number in range(20)]


@pytest.mark.parametrize("workers", [1, 2])
def test_what_a_task_raises_is_raised(workers: int) -> None:
    with pytest.raises(OSError, match="No space"):
        list(run_tasks([Double(1), Fail(), Double(2)], workers, ignore))


def test_a_worker_that_is_killed_is_one_clear_sentence() -> None:
    with pytest.raises(LianghuiError, match="stopped from outside"):
        list(run_tasks([Die(), Double(2)], 2, ignore))


def test_what_a_library_prints_is_no_answer(capfd: pytest.CaptureFixture[str]) -> None:
    assert list(run_tasks([Chatter()], 2, ignore)) == ["answer"]
    assert capfd.readouterr().out == ""
