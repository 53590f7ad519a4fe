"""Tests of query.verification."""
