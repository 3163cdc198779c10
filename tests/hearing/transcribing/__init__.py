"""Hearing: transcripts."""
