"""The measures of a call and the units of numbers that rules can name."""

_SIDES = ("agent", "customer")
_OF_A_SIDE = (
    "utterances",
    "talk_time",
    "interruptions",
    "questions",
    "response_gap",
    "words_per_minute",
    "characters_per_minute",
)

_COUNTS = frozenset(("turns", "utterances", "questions", "interruptions"))

MEASURES = (
    "duration",
    "talk_ratio",
    "non_talk",
    "non_talk_share",
    "longest_non_talk",
    "overtalk",
    "hold",
    "turns",
    *(f"{side}.{name}" for side in _SIDES for name in _OF_A_SIDE),
)
"""Times are in seconds, shares from 0 to 1; `docs/measures.md` says how each is measured."""

MONEY = "money"
"""An amount in any currency."""

UNITS = (MONEY, "percent", "minute", "hour", "day", "week", "month", "year", "instalment")
"""What a number may count; beside these the ISO 4217 code of a currency, such as `CNY`."""


def is_count(measure: str) -> bool:
    """Tell whether a measure says how many: a whole number."""
    return measure.rpartition(".")[2] in _COUNTS
