"""Tests of indexer.training."""
