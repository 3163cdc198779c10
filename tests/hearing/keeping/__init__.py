"""Hearing: sound that was kept."""
