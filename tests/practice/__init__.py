"""Tests of the other voice of a practice call."""
