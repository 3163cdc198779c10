"""Tests of what calls were worth."""
