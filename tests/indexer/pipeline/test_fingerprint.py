"""Which versions make an index stale, and which do not."""

from __future__ import annotations

from hashlib import sha256
from importlib.metadata import version

from indexer.extraction.speakers.weights import WEIGHTS_FILE
from indexer.pipeline.fingerprint import fingerprint, packages


def test_what_reads_folds_and_cuts_texts_makes_an_index_stale() -> None:
    found = fingerprint([])
    assert found.keys() == {"lianghui", "jieba", "rjieba", "opencc", "unicode", "speakers", "schema"}
    assert found["jieba"] == version("jieba")
    assert found["speakers"] == sha256(WEIGHTS_FILE.read_bytes()).hexdigest()


def test_what_only_writes_files_does_not() -> None:
    assert packages().keys() == {"numpy", "marisa-trie", "whoosh-reloaded"}
