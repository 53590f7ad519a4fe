"""Tests of an index to answers, in the rooms of what they test."""
