"""A paragraph as it lies in a cluster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any

from indexer.cluster.tokens import counted_tokens, match_tokens, norm_length, unit_tokens
from indexer.segments.schema import HEADING, MATCH, WORDS, Document
from indexer.segments.writer import numeric_columns
from indexer.text.day_numbers import A_MONTH, A_YEAR

__all__ = ["document_key", "stored_document"]

_MAX_KEY_BYTES = 500  # the cluster refuses keys above 512
_SIGN = 1 << 63


def document_key(id_: str) -> str:
    """Return what a paragraph is kept under: its id, or a digest of one that is long."""
    data = id_.encode("utf-8", "surrogatepass")
    return id_ if len(data) <= _MAX_KEY_BYTES else blake2b(data, digest_size=32).hexdigest()


def stored_document(document: Document, number: int, values: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    """Return the fields of a paragraph: its `number` in its seed, and the numbers of its values by field."""
    columns = {name: int(column[0]) for name, column in numeric_columns([document]).items()}
    match, norm = match_tokens(document.match)
    words, words_norm = counted_tokens(document.words)
    heading, heading_norm = counted_tokens(document.heading)
    digest = columns["digest"]
    stored: dict[str, Any] = {
        "id": document.id,
        "path": document.record["source"],
        "number": number,
        "units": unit_tokens(document.match),
        MATCH: match,
        WORDS: words,
        HEADING: heading,
        "norm": norm,
        "length": {
            MATCH: norm_length(norm),
            WORDS: norm_length(words_norm),
            HEADING: norm_length(heading_norm),
        },
        "digest": digest - 2 * _SIGN if digest >= _SIGN else digest,
        "record": document.record,
        "tokens": {WORDS: document.words, HEADING: document.heading},
        **{field: [*map(str, numbers)] for field, numbers in values.items() if numbers},
    }
    if columns["date"]:
        last = columns["date_end"]
        stored |= {"date": columns["date"], "last": last, "end": _end(last)}
    return stored


def _end(last: int) -> int:
    """Return the last day that a paragraph may be of; of a year or a month, one above all its days."""
    if last % A_YEAR == 0:
        return last + A_YEAR - 1
    return last + A_MONTH - 1 if last % A_MONTH == 0 else last
