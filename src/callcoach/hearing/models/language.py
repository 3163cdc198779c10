"""The languages that calls are heard in, and which of them a model's name tells."""

import re

LANGUAGES = ("zh", "en")
"""The languages that packs are written in."""
_WORDS = {"zh": "zh", "cn": "zh", "chinese": "zh", "en": "en", "english": "en"}
"""Words in a model's name that tell its language."""


def language_of(name: str) -> str:
    """Return the language that a model's name tells; empty where it tells none."""
    words = re.split(r"[-_.]", name.lower())
    return next((_WORDS[word] for word in words if word in _WORDS), "")
