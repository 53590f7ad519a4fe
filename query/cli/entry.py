"""The entry of the process `lianghui`: it runs `main`, and is quick to begin and to leave."""

from __future__ import annotations

import gc
from typing import NoReturn

from query.cli.commands import main
from query.cli.process import leave

__all__ = ["run"]

_GARBAGE = 100_000  # objects after which cycles are looked for: an import makes more than the usual 700


def run() -> NoReturn:
    """Run the command line as a process of its own."""
    gc.set_threshold(_GARBAGE)
    try:
        main()
    except SystemExit as ended:
        leave(int(ended.code or 0))
