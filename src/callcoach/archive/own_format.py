"""What tells that a file was written by callcoach itself, to its readers and its writers."""

EXPORT_KEY = "callcoach_export"
EXPORT_FORMAT = 1
"""The newest form of the own export that this program reads and writes."""
ESTIMATED = "NOTE callcoach: times estimated"
"""What stands under the head of WebVTT of which nobody measured all times."""
