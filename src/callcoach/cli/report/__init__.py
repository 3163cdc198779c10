"""The commands that write reports, and what they read from the journal."""
