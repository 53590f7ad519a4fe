"""Tests of indexer.formats.pdf."""
