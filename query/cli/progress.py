"""Progress bars on stderr, for people at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import click

from query.output.sanitize import safe

__all__ = ["phase_bars", "progress_bar"]

_LABEL_WIDTH = len("inspecting")


@contextmanager
def progress_bar(label: str, length: int | None = None) -> Iterator[Callable[..., None]]:
    """Show a progress bar until the end of the block; without a terminal, show nothing.

    The function that the block is given moves the bar by a number of steps; its second argument, if
    any, is the number of all steps, for a `length` that is not known before.
    """
    with phase_bars() as advance:
        yield lambda steps, total=None: advance(label, steps, total or length or 1, "")


@contextmanager
def phase_bars() -> Iterator[Callable[[str, int, int, str], None]]:
    """Show a progress bar for each phase until the next begins; without a terminal, show nothing.

    The function that the block is given takes the phase, a number of steps, that of all its steps, and what
    is being done, which is shown behind the bar.
    """
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    with ExitStack() as stack:
        shown: dict[str, Any] = {}

        def advance(phase: str, steps: int, total: int, doing: str) -> None:
            if phase not in shown:
                stack.close()
                label = phase.ljust(_LABEL_WIDTH)
                bar = click.progressbar(length=total, label=label, file=sys.stderr, item_show_func=_shown)
                shown[phase] = stack.enter_context(bar)
            shown[phase].length = total
            shown[phase].update(steps, doing)
            if not steps:
                shown[phase].render_progress()

        yield advance


def _shown(doing: str | None) -> str:
    return safe(doing or "")
