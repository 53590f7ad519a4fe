"""Tests of indexer.text."""
