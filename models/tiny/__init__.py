"""Builds a tiny Vosk model from synthesised speech; nothing here is needed at run time."""
