"""Freeze jieba's words into the dictionary that ships: python -m indexer.training.dictionary."""

from __future__ import annotations

from indexer.analysis.dictionary import write_dictionary
from indexer.analysis.jieba_words import load_jieba_words
from indexer.analysis.shipped_dictionary import SHIPPED_DICTIONARY

__all__: list[str] = []

if __name__ == "__main__":
    write_dictionary(SHIPPED_DICTIONARY, load_jieba_words())
