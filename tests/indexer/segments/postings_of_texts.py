"""Postings of small texts of four terms, as they are written and as they have to be read."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from indexer.segments.posting_lists import PostingLists, invert_tokens
from indexer.segments.postings import Postings, write_postings
from indexer.store.arrays import ArrayFile, ArrayWriter

__all__ = ["TERMS", "Texts", "expected_positions", "read_positions", "write_texts"]

Texts = list[list[int]]
"""Texts whose tokens are numbers of terms."""

TERMS = [b"a", b"bb", b"c", b"dd"]


def invert_texts(texts: Texts) -> PostingLists:
    """Invert all terms of texts, with positions."""
    sizes = [len(text) for text in texts]
    terms = np.array([token for text in texts for token in text], "i8")
    positions = np.array([position for text in texts for position in range(len(text))], "i8")
    return invert_tokens(terms, np.repeat(np.arange(len(texts)), sizes), positions, len(TERMS))


def write_texts(path: Path, texts: Texts) -> Postings:
    """Write the postings of texts as the field `f` of a file, and open them."""
    lists = invert_texts(texts)
    present = np.flatnonzero(lists.sizes)
    writer = ArrayWriter(path)
    norms = np.ones(len(texts), "u1")
    write_postings(writer, "f", [TERMS[at] for at in present], lists.reorder(present), norms)
    writer.close()
    return Postings(ArrayFile(path), "f")


def read_positions(postings: Postings) -> dict[bytes, dict[int, list[int]]]:
    """Read the positions of each term in each text."""
    found: dict[bytes, dict[int, list[int]]] = {}
    for number in range(len(postings)):
        docs, frequencies = postings.docs(number).tolist(), postings.term_frequencies(number).tolist()
        positions = postings.positions(number).tolist()
        found[postings.term(number)] = {}
        for doc, frequency in zip(docs, frequencies, strict=True):
            found[postings.term(number)][doc], positions = positions[:frequency], positions[frequency:]
        assert positions == []
    return found


def expected_positions(texts: Texts) -> dict[bytes, dict[int, list[int]]]:
    """Work out from the texts what `read_positions` has to find."""
    found: dict[bytes, dict[int, list[int]]] = {}
    for doc, text in enumerate(texts):
        for position, token in enumerate(text):
            found.setdefault(TERMS[token], {}).setdefault(doc, []).append(position)
    return found
