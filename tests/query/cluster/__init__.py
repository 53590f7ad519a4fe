"""Tests of query.cluster that need no cluster."""
