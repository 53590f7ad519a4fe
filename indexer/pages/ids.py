"""The ids of paragraphs: hashes of source and content, the same after every rebuild."""

from __future__ import annotations

import hashlib
import re
from collections import Counter

from indexer.models import Kind

__all__ = ["Ids", "is_given_id"]

_LENGTH = 12  # digits of an id
_MADE_ID = re.compile(rf"[0-9a-f]{{{_LENGTH}}}")
_NUMBER = re.compile(r"\d+(?:e\d+)?")  # which a spreadsheet would write otherwise


class Ids:
    """Makes the ids of one source: from its path, a paragraph's kind and text, and its number among equals.

    A paragraph keeps its id when others are added or removed around it.
    """

    def __init__(self, source: str) -> None:
        """Begin a source, of which no paragraph has an id yet."""
        self._source = source
        self._seen: Counter[str] = Counter()

    def make(self, kind: Kind, text: str) -> str:
        """Make the id of the next paragraph: twelve hexadecimal digits that are no decimal number."""
        first = self._id(kind, text, 1)
        self._seen[first] += 1
        count = self._seen[first]
        return first if count == 1 else self._id(kind, text, count)

    def _id(self, kind: Kind, text: str, count: int) -> str:
        content = "\0".join((self._source, kind, text, str(count)))
        digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
        ids = (digest[start : start + _LENGTH] for start in range(0, len(digest) - _LENGTH, _LENGTH))
        return next((id_ for id_ in ids if not _NUMBER.fullmatch(id_)), digest[:_LENGTH])


def is_given_id(id_: str) -> bool:
    """Tell whether an id was given by a record, so that two records can have it."""
    return not _MADE_ID.fullmatch(id_)
