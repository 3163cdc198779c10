"""Transcripts of recordings, and the files that they are written to."""
