"""What the command that serves the page does: see that all it needs is there, and serve until Ctrl-C."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence

from indexer.errors import LianghuiError
from indexer.store.address import IndexPlace
from query.cli.building import build_if_missing
from query.output.terminal import say

__all__ = ["serve_page"]

_NEEDED = ("starlette", "uvicorn", "jinja2")


def serve_page(index: IndexPlace, *, host: str, port: int, allowed: Sequence[str], show: bool) -> int:
    """Serve the page of an index until it is interrupted; build the index when there is none.

    Raise `LianghuiError` when a package is missing, there is no index, or the address cannot be taken.
    """
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise LianghuiError(
            f"the page needs {', '.join(missing)}; install with: pip install 'lianghui[serve]'"
        )
    from query.page.serving import serve  # noqa: PLC0415 - it needs them

    build_if_missing(index)
    try:
        serve(str(index), host=host, port=port, allowed=allowed, show=show, say=say)
    except KeyboardInterrupt:
        say("stopped")
        return 130
    return 0
