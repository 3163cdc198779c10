"""callcoach calls, show, export, note: what the journal holds of past calls."""
