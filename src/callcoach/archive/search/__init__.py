"""Searches over all calls of a journal, in Chinese and English."""
