"""What tells that a JSON file is an export of callcoach itself, to its reader and its writer."""

EXPORT_KEY = "callcoach_export"
EXPORT_FORMAT = 1
"""The newest form of the own export that this program reads and writes."""
