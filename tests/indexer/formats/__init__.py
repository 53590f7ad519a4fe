"""Tests of the readers of files that are no plain text."""
