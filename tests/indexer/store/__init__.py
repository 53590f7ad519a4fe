"""Tests of indexer.store."""
