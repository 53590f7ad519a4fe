"""Tests of query.language."""
