"""Writes recognised words as one text, as people write it: Chinese without spaces."""

from collections.abc import Sequence

from callcoach.call.captured import SURE_FROM, Doubt
from callcoach.hearing.heard import Word
from callcoach.words.normalise import is_character


def joined(words: Sequence[Word]) -> tuple[str, tuple[Doubt, ...]]:
    """Return what was said as one text, and where in it the recogniser is unsure.

    A space stands between two words unless a Chinese character is beside it.
    """
    text = ""
    doubts: list[Doubt] = []
    for word in words:
        if not word.text:
            continue
        if text and not is_character(text[-1]) and not is_character(word.text[0]):
            text += " "
        start = len(text)
        text += word.text
        if word.confidence < SURE_FROM:
            doubts.append(Doubt(start, len(text), word.confidence))
    return text, tuple(doubts)
