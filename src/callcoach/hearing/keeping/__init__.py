"""Sound of calls that was kept because somebody asked for it: its record, its end."""
