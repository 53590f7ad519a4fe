"""Tests of indexer.formats.html."""
