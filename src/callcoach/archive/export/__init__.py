"""Exports calls: reports, tables, captions, and a JSON form from which they come back."""
