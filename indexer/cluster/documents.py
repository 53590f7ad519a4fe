"""A paragraph as it lies in a cluster: all of it but what only the process knows that sends it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from indexer.cluster.tokens import counted_tokens, match_tokens, norm_length, unit_tokens
from indexer.segments.schema import HEADING, MATCH, WORDS, Document
from indexer.segments.writer import numeric_columns
from indexer.text.day_numbers import A_MONTH, A_YEAR

__all__ = ["PreparedDocument", "completed", "document_key", "prepare", "read_prepared", "write_prepared"]

_MAX_KEY_BYTES = 500  # the cluster refuses keys above 512
_SIGN = 1 << 63


def document_key(id_: str) -> str:
    """Return what a paragraph is kept under: its id, or a digest of one that is long."""
    data = id_.encode("utf-8", "surrogatepass")
    return id_ if len(data) <= _MAX_KEY_BYTES else blake2b(data, digest_size=32).hexdigest()


class PreparedDocument(msgspec.Struct, frozen=True):
    """A paragraph of a seed: what it is kept under, its values by field, and its other fields as JSON."""

    key: str
    source: str
    values: dict[str, list[str]]
    fields: bytes


def write_prepared(path: Path, documents: Sequence[Document]) -> None:
    """Prepare documents where there are many processes, and write them for the one that sends them."""
    path.write_bytes(msgspec.msgpack.encode([prepare(document) for document in documents]))


def read_prepared(path: Path) -> list[PreparedDocument]:
    """Read what `write_prepared` wrote."""
    return msgspec.msgpack.decode(path.read_bytes(), type=list[PreparedDocument])


def prepare(document: Document) -> PreparedDocument:
    """Prepare a document."""
    values = {field: [*dict.fromkeys(own)] for field, own in document.values.items() if own}
    stored = _fields(document)
    return PreparedDocument(document_key(document.id), stored["path"], values, _encoded(stored))


def completed(prepared: PreparedDocument, numbers: Mapping[str, Any]) -> bytes:
    """Return the JSON of a paragraph, with the numbers that are known where it is sent."""
    return prepared.fields[:-1] + b"," + msgspec.json.encode(numbers)[1:]


def _encoded(fields: dict[str, Any]) -> bytes:
    try:
        return msgspec.json.encode(fields)
    except UnicodeEncodeError:  # half of a character, which JSON can write and UTF-8 cannot
        return json.dumps(fields).encode("ascii")


def _fields(document: Document) -> dict[str, Any]:
    """Return the fields of a paragraph."""
    columns = {name: int(column[0]) for name, column in numeric_columns([document]).items()}
    match, norm = match_tokens(document.match)
    words, words_norm = counted_tokens(document.words)
    heading, heading_norm = counted_tokens(document.heading)
    digest = columns["digest"]
    stored: dict[str, Any] = {
        "id": document.id,
        "path": document.record["source"],
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
