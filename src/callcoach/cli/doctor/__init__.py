"""The commands that look whether everything is in place."""
