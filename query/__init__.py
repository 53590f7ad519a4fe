"""An index to ranked hits: what a library user may call to search.

from query import open_index

with open_index("index") as index:
    for hit in index.search("低空经济", speaker="张艳丽", limit=5):
        print(hit.score, hit.speakers, hit.topics, hit.snippet)
"""

from query.language import QueryError
from query.lexicon import Word
from query.results import Facet, Hit, Results
from query.search import Index, open_index
from query.verify import Proof, verify

__all__ = ["Facet", "Hit", "Index", "Proof", "QueryError", "Results", "Word", "open_index", "verify"]
