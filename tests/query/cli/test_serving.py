"""What `lianghui serve` says before it serves; what it does then: see `tests.query.page.test_serving`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.conftest import Command


def test_what_is_not_installed_is_named_with_the_remedy(
    lianghui: Command, page_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    run = lianghui("serve", "--index", page_index, "--port", "0")
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        "lianghui: the page needs uvicorn, jinja2; install with: pip install 'lianghui[serve]'\n"
    )


def test_a_port_is_a_number_that_there_is(lianghui: Command) -> None:
    run = lianghui("serve", "--port", "65536")
    assert run.code == 2
    assert "65536 is not in the range" in run.err
