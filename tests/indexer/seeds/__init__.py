"""Tests of indexer.seeds."""
