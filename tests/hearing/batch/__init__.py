"""Tests of transcribing many recordings."""
