"""The command and the screen that search the journal."""
