"""Tests of query.matching."""
