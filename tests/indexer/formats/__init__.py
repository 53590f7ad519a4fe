"""Tests of indexer.formats."""
