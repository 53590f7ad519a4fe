"""A limit on the time that the reading of one file takes."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from indexer.errors import SeedError

__all__ = ["deadline"]

_AGAIN = 1.0  # seconds until it is raised again, where somebody caught it


class _TimeIsUpError(BaseException):
    """Raised in the midst of a reader. No `Exception`, of which a reader of damaged files catches many."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Stop what runs in the block after so many seconds, and raise `SeedError`.

    Only the main thread of a process can be stopped, and not on Windows; elsewhere the limits that readers
    have by themselves end what is endless.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_: int, __: FrameType | None) -> None:
        raise _TimeIsUpError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    except _TimeIsUpError:
        raise SeedError(
            f"reading it takes more than {seconds:.0f} s; split the file, or save it anew"
        ) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
