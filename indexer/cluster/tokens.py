"""Units, pairs and words as the tokens of a field that is split at blanks.

Folding drops all control characters, so that these can stand for what is no text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import pairwise

import numpy as np

from indexer.segments.norms import NORM_LENGTHS, encode_norms
from indexer.text.folding import join_pair

__all__ = ["END", "FREQUENCY_MARK", "GAP", "START", "counted_tokens", "match_tokens", "token", "unit_tokens"]

START, END = "\x03", "\x04"
"""The tokens before the first and behind the last unit of a paragraph."""

GAP = "\x02"
"""The token of a query that stands for any one unit."""

FREQUENCY_MARK = "\x01"
"""Stands between a token and its frequency."""

_BLANK = "\x05"  # inside a pair of two runs, or a name
_MAX_LENGTH = 2_000  # characters of a token; Lucene refuses those above 32,766 bytes
_KEPT = 1_000  # of a longer one, before its digest
_MAX_FREQUENCY = 0xFFFF  # together with a norm, what a float holds exactly


def token(term: str) -> str:
    """Write a term as one token."""
    term = term.replace(" ", _BLANK)
    if len(term) <= _MAX_LENGTH:
        return term
    digest = blake2b(term.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return term[:_KEPT] + _BLANK + digest


def unit_tokens(units: Iterable[str]) -> str:
    """Write the units of a paragraph in their order, between `START` and `END`."""
    return " ".join([START, *map(token, units), END])


def match_tokens(units: Sequence[str]) -> tuple[str, int]:
    """Write the units and pairs of a paragraph as `counted_tokens`; return with it the norm."""
    pairs = (join_pair(left, right) for left, right in pairwise(units))
    norm = _norm(max(0, 2 * len(units) - 1))
    return _counted(Counter(units) + Counter(pairs), norm), norm


def counted_tokens(terms: Sequence[str]) -> tuple[str, int]:
    """Write each of some terms once, with how often it stands there and the norm of the whole in one number.

    The number is the frequency times 256 plus the norm, so that the score of a term needs nothing else.
    """
    norm = _norm(len(terms))
    return _counted(Counter(terms), norm), norm


def _counted(counts: Counter[str], norm: int) -> str:
    return " ".join(
        f"{token(term)}{FREQUENCY_MARK}{min(count, _MAX_FREQUENCY) << 8 | norm}"
        for term, count in counts.items()
    )


def _norm(length: int) -> int:
    return int(encode_norms(np.array(length)))


def norm_length(norm: int) -> int:
    """Return the length that a norm stands for."""
    return int(NORM_LENGTHS[norm])
