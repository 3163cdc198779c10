"""Hearing: the parts of the ear."""
