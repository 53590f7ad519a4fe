"""Tests of query.output."""
