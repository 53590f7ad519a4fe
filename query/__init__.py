"""From an index to ranked hits: what a library user may call to search.

from query import open_index

with open_index("index") as index:
    for hit in index.search("低空经济", speaker="张艳丽", limit=5):
        print(hit.score, hit.speakers, hit.topics, hit.snippet)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from query.index import Index, open_index
    from query.language.parser import QueryError, quote
    from query.results import Facet, Hit, Matched, Period, Results
    from query.status import Status
    from query.suggestions import Suggestion
    from query.verification.integrity import Inspection, inspect
    from query.verification.recall import Proof, verify
    from query.words import Word

__all__ = [
    "Facet",
    "Hit",
    "Index",
    "Inspection",
    "Matched",
    "Period",
    "Proof",
    "QueryError",
    "Results",
    "Status",
    "Suggestion",
    "Word",
    "inspect",
    "open_index",
    "quote",
    "verify",
]

_MODULES = {
    "query.index": ("Index", "open_index"),
    "query.language.parser": ("QueryError", "quote"),
    "query.results": ("Facet", "Hit", "Matched", "Period", "Results"),
    "query.status": ("Status",),
    "query.suggestions": ("Suggestion",),
    "query.words": ("Word",),
    "query.verification.integrity": ("Inspection", "inspect"),
    "query.verification.recall": ("Proof", "verify"),
}


def __getattr__(name: str) -> Any:
    """Import what is public when it is first used: the help of a command need not wait for a search."""
    for module, names in _MODULES.items():
        if name in names:
            imported = import_module(module)
            globals().update({each: getattr(imported, each) for each in names})
            return globals()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
