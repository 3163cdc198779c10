"""The command that turns recordings into text."""
