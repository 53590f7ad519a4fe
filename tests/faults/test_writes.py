"""Whatever of a build cannot be written, at whichever call: one sentence, and the index as it was."""

from __future__ import annotations

import errno
import os
from itertools import count
from pathlib import Path

import pytest

from tests.conftest import LOAD, Counts
from tests.faults.builder import Builder
from tests.faults.state import answers, files_of
from tests.faults.test_kills import Place, place

__all__ = ["place"]

EVERY = max(1, round(1 / LOAD))  # of how many calls one fails


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
def test_a_write_that_fails_is_one_sentence_and_leaves_the_index_as_it_was(
    builder: Builder, place: Place, counts: Counts, error: int
) -> None:
    assert builder.run(*place.command).code == 0
    assert answers(place.index) == place.after
    for number in count(1, EVERY):
        place.restore()
        ended = builder.run(*place.command, failing=(number, error))
        if ended.calls < number:
            break
        assert ended.code in (0, 2)
        if ended.code:
            assert ended.err.startswith("lianghui: ")
            assert ended.err.count("\n") == 1
            assert os.strerror(error) in ended.err
            assert answers(place.index) in (place.before, place.after)
            assert len([*place.index.glob("generation-*")]) == (answers(place.index) is not None)
        else:
            assert answers(place.index) == place.after
        assert builder.run(*place.command).code == 0
        assert answers(place.index) == place.after
        assert files_of(place.index) == place.files
        counts["writes that failed"] += 1


def test_what_is_counted_is_what_fails(builder: Builder, place: Place) -> None:
    calls = builder.run(*place.command, failing=(1_000_000, errno.EIO)).calls
    assert calls > (5 if place.kind == "noting" else 40)
    assert not Path(place.index, "current.new").exists()
