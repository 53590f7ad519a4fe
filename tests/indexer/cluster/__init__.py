"""Tests of indexer.cluster that need no cluster."""
