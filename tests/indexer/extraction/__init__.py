"""Tests of indexer.extraction."""
