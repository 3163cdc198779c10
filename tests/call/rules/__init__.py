"""Tests of the rules: conditions, calls, live and afterwards."""
