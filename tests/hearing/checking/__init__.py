"""Hearing: whether there is sound."""
