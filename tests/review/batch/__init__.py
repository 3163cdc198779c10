"""Tests of judging any number of calls."""
