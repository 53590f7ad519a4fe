"""Tests of query.rewriting."""
