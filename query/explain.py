"""Why an answer is empty: what occurs nowhere, what does not occur together, what no filter passes."""

from __future__ import annotations

from query.language import parse, quote
from query.results import Results
from query.search import Index

__all__ = ["why_nothing"]


def why_nothing(index: Index, results: Results) -> str:
    """Explain an empty answer: what occurs nowhere, or what does not occur together."""
    if results.missing:
        return f"nothing found: {'、'.join(map(quote, results.missing))} occurs nowhere in the index"
    leaves = [leaf.text for leaf in parse(results.query)] if results.query.strip() else []
    if not leaves:
        return "nothing found: no paragraph passes the filters"
    unfiltered = len(index.ids(results.query))
    if unfiltered:
        return f"nothing found: {unfiltered} paragraphs hold the query, but none passes the filters"
    counts = "、".join(f"{quote(leaf)} in {len(index.ids(quote(leaf)))}" for leaf in leaves)
    return f"nothing found: {counts} paragraphs, but in none together"
