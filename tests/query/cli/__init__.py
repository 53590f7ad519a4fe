"""Tests of query.cli."""
