"""Tests of callcoach.call.evaluate."""
