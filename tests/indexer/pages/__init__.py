"""Tests of indexer.pages."""
