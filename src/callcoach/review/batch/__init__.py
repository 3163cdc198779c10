"""Judging any number of calls: the same session for each, on all cores, bounded in memory."""
