"""What tells that a file was written by callcoach itself, to its readers and its writers."""

EXPORT_KEY = "callcoach_export"
EXPORT_FORMAT = 1
"""The newest form of the own export that this program reads and writes."""
ESTIMATED = "NOTE callcoach: times estimated"
"""What stands under the head of WebVTT of which nobody measured all times."""
ESTIMATED_CAPTION = "[times estimated · 时间为估算]"
"""The first caption of such a call in SubRip, which has no notes: the same in every language."""
ESTIMATED_TURNS = "TimesEstimated"
"""Under `Callcoach`, in the shape of Contact Lens: the ids of the turns of which nobody measured
the times."""
