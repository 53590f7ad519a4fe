"""A progress bar on stderr, for people at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

__all__ = ["progress_bar"]


@contextmanager
def progress_bar(label: str, length: int | None = None) -> Iterator[Callable[..., None]]:
    """Show a progress bar until the end of the block; without a terminal, show nothing.

    The function that the block is given moves the bar by a number of steps; its second argument, if
    any, is the number of all steps, for a `length` that is not known before.
    """
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    with click.progressbar(length=length or 1, label=label, file=sys.stderr) as bar:

        def advance(steps: int, total: int | None = None) -> None:
            bar.length = total or bar.length
            bar.update(steps)

        yield advance
