"""Finds names that are spelled: `b r a i t h w a i t e`, `n for november, e for echo`."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from callcoach.words.redact.answers import AROUND
from callcoach.words.redact.model import Asked, Entity, Kind
from callcoach.words.redact.speech import Speech

_JOINTS: Final = (("for",), ("as", "in"), ("like",), ("as",))
"""What stands between a letter and the word that tells which it is: `n as in nancy`."""
_SPELL: Final = frozenset(("spell", "spelled", "spelt", "spelling", "spells", "name", "surname"))
_LEAST: Final = 3
_LEAST_ALONE: Final = 5
"""Letters in a row that are hardly a firm's short name."""
_APART: Final = 5
"""Tokens between two letters at most: `n as in nancy e`."""
_REACH: Final = 5


def find_spelled(speech: Speech, asked: Asked) -> Iterator[Entity]:
    """Yield the letters that spell a name: one that is said too, was asked for or is announced."""
    if not speech.has_latin:
        return
    places = [
        at for at, word in enumerate(speech.tokens.words) if len(word) == 1 and word.isascii()
    ]
    if not any(later - at <= _APART for at, later in pairwise(places)):
        return
    at = 0
    while at < len(speech.tokens.words):
        letters, past, has_joints = _letters(speech, at)
        if len(letters) >= _LEAST and _is_spelling(speech, asked, at, past, letters, has_joints):
            start, end = speech.span(at, past)
            yield Entity(Kind.NAME, start, end, "spelled", letters)
            for said, word in enumerate(speech.tokens.words):
                if word == letters:
                    yield Entity(Kind.NAME, *speech.span(said, said + 1), "spelled too", letters)
        at = max(past, at + 1)


def _letters(speech: Speech, at: int) -> tuple[str, int, bool]:
    """Return the letters that are said from a token on, the token past, and whether with words."""
    words = speech.tokens.words
    letters, past, has_joints = "", at, False
    while past < len(words):
        times = 2 if words[past] == "double" else 1
        letter = words[past + times - 1] if past + times <= len(words) else ""
        if len(letter) != 1 or not ("a" <= letter <= "z"):
            break
        letters += letter * times
        past += times
        for joint in _JOINTS:
            behind = past + len(joint)
            is_joined = words[past:behind] == joint and behind < len(words)
            if is_joined and words[behind].startswith(letter) and len(words[behind]) > 1:
                past, has_joints = behind + 1, True
                break
    return letters, past, has_joints


def _is_spelling(
    speech: Speech, asked: Asked, at: int, past: int, letters: str, has_joints: bool
) -> bool:
    words = speech.tokens.words
    if any(run.first in (past, at) or run.past == at for run in speech.runs):
        return False
    if has_joints or Kind.NAME in asked.kinds or any(word == letters for word in words):
        return True
    if any(word in _SPELL for word in words[max(at - _REACH, 0) : at]):
        return True
    rest = (*words[:at], *words[past:])
    return len(letters) >= _LEAST_ALONE and all(word in AROUND for word in rest)
