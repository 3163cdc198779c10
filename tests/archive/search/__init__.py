"""Tests of searching in the journal."""
