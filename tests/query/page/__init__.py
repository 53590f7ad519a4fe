"""Tests of query.page."""
