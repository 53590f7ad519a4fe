"""Tests: each name states a behaviour."""
