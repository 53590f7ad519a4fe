"""Tests of indexer.segments."""
