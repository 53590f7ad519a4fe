"""Tests of indexer.pipeline."""
