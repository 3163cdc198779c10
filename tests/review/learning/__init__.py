"""Tests of what reviewed calls teach."""
