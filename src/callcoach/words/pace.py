"""How long it takes to say something, for calls that nobody has measured."""

from callcoach.words.normalise import is_character, tokenise

ENGLISH_PER_SECOND = 2.5
"""Words: 150 a minute, an unhurried telephone voice."""
CHINESE_PER_SECOND = 4.0
"""Characters: 240 a minute, likewise."""


def speaking_seconds(text: str) -> float:
    """Return about how long `text` takes to say, in seconds, to a tenth; at least half a second."""
    words = tokenise(text).words
    chinese = sum(map(is_character, words))
    seconds = (len(words) - chinese) / ENGLISH_PER_SECOND + chinese / CHINESE_PER_SECOND
    return max(round(seconds, 1), 0.5)
