"""Transcribing many recordings at once, each voice in a process that may crash."""
