"""The ids of paragraphs: made from content and place, the same after every rebuild."""

from __future__ import annotations

import hashlib
import re
from collections import Counter

from indexer.models import Kind

__all__ = ["Ids", "is_given"]

_MADE = re.compile(r"[0-9a-f]{12}")


class Ids:
    """Makes the ids of one source: from its path, a paragraph's kind and text, and a count of equals.

    A paragraph keeps its id when others come and go around it.
    """

    def __init__(self, source: str) -> None:
        """Begin a source with no paragraphs."""
        self._source = source
        self._seen: Counter[str] = Counter()

    def make(self, kind: Kind, text: str) -> str:
        """Return the id of the next paragraph: twelve hexadecimal digits."""
        first = self._id(kind, text, 1)
        self._seen[first] += 1
        count = self._seen[first]
        return first if count == 1 else self._id(kind, text, count)

    def _id(self, kind: Kind, text: str, count: int) -> str:
        place = "\0".join((self._source, kind, text, str(count)))
        return hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def is_given(id_: str) -> bool:
    """Tell whether an id was given by a record, and can therefore come twice."""
    return not _MADE.fullmatch(id_)
