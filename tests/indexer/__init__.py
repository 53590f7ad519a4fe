"""Tests of seeds to an index, in the rooms of what they test."""
