"""An index to ranked hits: what a library user may call to search.

from query import open_index

with open_index("index") as index:
    for hit in index.search("低空经济", speaker="张艳丽", limit=5):
        print(hit.score, hit.speakers, hit.topics, hit.snippet)
"""

from typing import TYPE_CHECKING, Any

from query.language import QueryError
from query.lexicon import Word
from query.results import Facet, Hit, Results
from query.search import Index, open_index
from query.verify import Proof, verify

if TYPE_CHECKING:
    from query.inspection import Inspection, inspect

__all__ = [
    "Facet",
    "Hit",
    "Index",
    "Inspection",
    "Proof",
    "QueryError",
    "Results",
    "Word",
    "inspect",
    "open_index",
    "verify",
]


def __getattr__(name: str) -> Any:
    """Import what inspects when it is first asked for: a search need not wait for what writes an index."""
    if name not in ("Inspection", "inspect"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from query import inspection  # noqa: PLC0415

    return getattr(inspection, name)
