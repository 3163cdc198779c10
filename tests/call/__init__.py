"""Tests of what happens in a call."""
