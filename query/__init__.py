"""From an index to ranked hits: what a library user may call to search.

from query import open_index

with open_index("index") as index:
    for hit in index.search("低空经济", speaker="张艳丽", limit=5):
        print(hit.score, hit.speakers, hit.topics, hit.snippet)
"""

from typing import TYPE_CHECKING, Any

from query.index import Index, open_index
from query.language.parser import QueryError
from query.results import Facet, Hit, Results
from query.words import Word

if TYPE_CHECKING:
    from query.verification.integrity import Inspection, inspect
    from query.verification.recall import Proof, verify

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
    """Import the verification of an index when it is first used: a search need not wait for it."""
    if name in ("Inspection", "inspect"):
        from query.verification.integrity import Inspection, inspect  # noqa: PLC0415

        globals().update(Inspection=Inspection, inspect=inspect)
    elif name in ("Proof", "verify"):
        from query.verification.recall import Proof, verify  # noqa: PLC0415

        globals().update(Proof=Proof, verify=verify)  # the import has put the module in the function's place
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return globals()[name]
