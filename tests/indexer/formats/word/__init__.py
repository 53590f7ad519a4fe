"""Tests of indexer.formats.word."""
