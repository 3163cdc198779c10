"""The command that watches what is heard for flags, without a script."""
