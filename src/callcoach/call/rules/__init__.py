"""Judges the rules of a script: what was said, by whom, where in the call, and what was not."""
