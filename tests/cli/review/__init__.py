"""Tests of the commands, run as a user runs them: words in, text and an exit code out."""
