"""Recognising speech, in a process of its own."""
