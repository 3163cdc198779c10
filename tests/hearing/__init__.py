"""Hearing: from sound to words."""
