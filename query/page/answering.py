"""From a request to a reply: the view that answers it, or the page that says why there is no answer."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from indexer import IndexClosedError, IndexDamagedError, IndexMissingError, IndexVersionError, LianghuiError
from query import QueryError
from query.output.sanitize import safe
from query.page.exchange import Ask, Reply
from query.page.failures import failure
from query.page.opened import Opened
from query.page.scene import NotThereError, Scene
from query.page.views.advanced import advanced
from query.page.views.paragraph import paragraph
from query.page.views.results import results
from query.page.views.search import search
from query.page.views.status import status
from query.page.views.suggest import suggest
from query.page.views.thing import thing
from query.page.views.values import values, values_file

__all__ = ["Answering"]

_MOST_HITS, _MOST_EXPORTED, _MOST_VALUES = 100, 1_000, 10_000  # on a page, in a file of hits or of values
_VIEWS: dict[str, tuple[Callable[[Scene], Reply], int]] = {
    "search": (search, _MOST_HITS),
    "p": (paragraph, _MOST_HITS),
    "speaker": (thing, _MOST_HITS),
    "topic": (thing, _MOST_HITS),
    "session": (thing, _MOST_HITS),
    "results": (results, _MOST_EXPORTED),
    "status": (status, _MOST_HITS),
    "advanced": (advanced, _MOST_HITS),
    "suggest": (suggest, _MOST_HITS),
    **dict.fromkeys(("speakers", "topics", "sessions"), (values, _MOST_VALUES)),
    **{f"{name}-file": (values_file, _MOST_VALUES) for name in ("speakers", "topics", "sessions")},
}
_OF_THE_INDEX = (IndexDamagedError, IndexMissingError, IndexVersionError, IndexClosedError)


class Answering:
    """Answers requests from the index at a place, one after the other."""

    def __init__(self, where: str | Path) -> None:
        """Open the index; raise what `open_index` raises."""
        self._opened = Opened(where)

    def __call__(self, ask: Ask) -> Reply:
        """Answer a request; whatever goes wrong is an answer, too. A fault of ours is written to stderr."""
        view, most = _VIEWS[ask.view]
        try:
            return view(Scene.of(ask, self._opened, most=most))
        except NotThereError as error:
            return failure(ask, 404, safe(str(error)))
        except QueryError as error:
            return failure(ask, 400, str(error), language="en", query=error.query, position=error.position)
        except _OF_THE_INDEX as error:
            return failure(ask, 503, str(error), language="en")
        except LianghuiError as error:
            return failure(ask, 400, str(error), language="en")
        except Exception:  # noqa: BLE001 - the page says that the fault is ours, the terminal which
            traceback.print_exc(file=sys.stderr)
            return failure(ask, 500)
