"""Hearing: how well and how fast a model hears."""
