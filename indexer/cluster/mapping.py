"""The mapping of a generation: which fields a paragraph has in a cluster, and how they are scored.

field            type      what it holds
id               keyword   the id of the paragraph
build            integer   the number of the build that wrote it
path, number     keyword,  where it stands: the seed, and its number among the paragraphs of that seed;
                 integer   both together are the reading order
units            text      its units in order, with positions: phrases, wildcards, NEAR
match            text      its units and pairs, with frequency and norm in one number: see `tokens`
words, heading   text      its words, and those of what stands above it, likewise
norm             integer   the norm of `match`, for what is counted by occurrences
length.<field>   integer   the rounded length of a scored field: their sum is what avgdl is made of
date, end, last  integer   its first day; the last that it may be of; the last as it is known
digest           long      a digest of its units: equal texts have the same
<value field>    keyword   the numbers of its values, see `indexer.segments.values`
record, tokens             the paragraph, and its words in order; neither is indexed
"""

from __future__ import annotations

from typing import Any

from indexer.cluster.tokens import FREQUENCY_MARK, GAP
from indexer.segments.schema import HEADING, MATCH, SCORED_FIELDS, VALUE_FIELDS, WORDS, schema_version

__all__ = ["MAPPING_VERSION", "SHARD_IDF", "index_body", "similarity_settings"]

MAPPING_VERSION = f"2-{schema_version()}"
"""The version of the mapping; it grows when an index written before can no longer be read."""

_LONGEST_TOKEN = 1_000_000  # characters: `tokens` makes none that is longer

SHARD_IDF = float(1 << 20)
"""A boost of at least this is a weight that the steep idf of a shard is multiplied by, roughly ours."""

_WEIGHT = (
    f"if (query.boost < {SHARD_IDF}) return query.boost;"
    " double n = field.docCount; double df = term.docFreq;"
    f" return query.boost / {SHARD_IDF} * Math.pow(Math.log(1 + (n - df + 0.5) / (df + 0.5)), 1.25);"
)

# The term frequency part of BM25, as `query.matching.bm25` computes it. `doc.freq` is the frequency times
# 256 plus the norm; the weight is the boost of a query, which is our idf.
_SCORE = (
    "int packed = (int) doc.freq; int norm = packed & 255; double f = packed >> 8;"
    " double length = Math.max(1.0, Math.rint((Math.pow(1.033, norm) - 1) * 27));"
    " return weight * f * 2.2 / (f + 1.2 * (0.25 + 0.75 * length / {average!r}));"
)


def index_body(shards: int, manifest: dict[str, Any]) -> dict[str, Any]:
    """Return the body that makes the index of a generation; `manifest` is kept beside its mapping."""
    counted = {"type": "text", "index_options": "freqs", "norms": False, "analyzer": "counted"}
    keyword = {"type": "keyword", "norms": False}
    properties: dict[str, Any] = {
        "id": {"type": "keyword"},
        "build": {"type": "integer"},
        "path": {"type": "keyword"},
        "number": {"type": "integer"},
        "units": {"type": "text", "norms": False, "analyzer": "blanks"},
        **{field: {**counted, "similarity": field} for field in SCORED_FIELDS},
        "norm": {"type": "integer", "index": False},
        "length": {
            "properties": {field: {"type": "integer", "index": False} for field in SCORED_FIELDS},
        },
        **{field: {"type": "integer"} for field in ("date", "end", "last")},
        "digest": {"type": "long"},
        **dict.fromkeys(VALUE_FIELDS, keyword),
        "record": {"type": "object", "enabled": False},
        "tokens": {"type": "object", "enabled": False},
    }
    return {
        "settings": {
            "index": {
                "number_of_shards": shards,
                "auto_expand_replicas": "0-1",
                "refresh_interval": "-1",
                "codec": "best_compression",
                "replication": {"type": "SEGMENT"},  # a replica copies what the primary indexed
            },
            "similarity": similarity_settings(dict.fromkeys(SCORED_FIELDS, 1.0)),
            "analysis": _analysis(),
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {"excludes": ["units", MATCH, WORDS, HEADING]},
            "_meta": manifest,
            "properties": properties,
        },
    }


def similarity_settings(averages: dict[str, float]) -> dict[str, Any]:
    """Return how each scored field is scored, by its average length."""
    return {
        field: {
            "type": "scripted",
            "weight_script": {"source": _WEIGHT},
            "script": {"source": _SCORE.format(average=float(average))},
        }
        for field, average in averages.items()
    }


def _analysis() -> dict[str, Any]:
    return {
        "tokenizer": {"blanks": {"type": "whitespace", "max_token_length": _LONGEST_TOKEN}},
        "filter": {
            "frequency": {"type": "delimited_term_freq", "delimiter": FREQUENCY_MARK},
            "gap": {"type": "stop", "stopwords": [GAP]},
        },
        "analyzer": {
            "blanks": {"type": "custom", "tokenizer": "blanks"},
            "gapped": {"type": "custom", "tokenizer": "blanks", "filter": ["gap"]},
            "counted": {"type": "custom", "tokenizer": "blanks", "filter": ["frequency"]},
        },
    }
