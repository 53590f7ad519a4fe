"""Handles Ctrl-C at any moment: one sentence and exit code 130, never a traceback."""

from __future__ import annotations

import sys
import threading
from _thread import interrupt_main
from typing import NoReturn

from query.output.terminal import say

__all__ = ["interrupt_again", "stop"]

_DELAY = 0.01  # seconds


def stop() -> NoReturn:
    """Say that the index is whole, and exit with 130."""
    say("stopped; an index that was being built is whole: as it was, or the new one")
    sys.exit(130)


def interrupt_again(unraisable: sys.UnraisableHookArgs) -> None:
    """Repeat an interrupt that Python could not raise, as in a destructor; for `sys.unraisablehook`."""
    if issubclass(unraisable.exc_type, KeyboardInterrupt):
        threading.Timer(_DELAY, interrupt_main).start()
    else:
        sys.__unraisablehook__(unraisable)
