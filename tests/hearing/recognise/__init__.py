"""Hearing: the process that recognises speech."""
