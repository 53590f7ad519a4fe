"""Ctrl-C, whenever it comes: one sentence and exit code 130, and never a trace of where it struck."""

from __future__ import annotations

import sys
import threading
from _thread import interrupt_main
from typing import NoReturn

from query.output.terminal import say

__all__ = ["stop", "try_again"]

_SOON = 0.01  # seconds


def stop() -> NoReturn:
    """Say what became of the index, and exit."""
    say("stopped; an index that was being built is whole: as it was, or the new one")
    sys.exit(130)


def try_again(lost: sys.UnraisableHookArgs) -> None:
    """Interrupt again where Python could not raise it, which is while something is thrown away."""
    if issubclass(lost.exc_type, KeyboardInterrupt):
        threading.Timer(_SOON, interrupt_main).start()
    else:
        sys.__unraisablehook__(lost)
