"""Finds postcodes of letters and digits as they are written or spelled: `s w one a two a a`."""

import re
from collections.abc import Iterator
from typing import Final

from callcoach.words.numbers import english
from callcoach.words.redact.model import Asked, Entity, Kind
from callcoach.words.redact.speech import Speech
from callcoach.words.redact.tables import is_common

_UNITED_KINGDOM: Final = r"[a-z]{1,2}\d[a-z\d]?\d[a-z]{2}"
_CANADA: Final = r"[a-z]\d[a-z]\d[a-z]\d"
_IRELAND: Final = r"[acdefhknprtv-y](?:\d\d|6w)(?=[a-z\d]{0,3}\d)[acdefhknprtv-y\d]{4}"
_SHAPE: Final = re.compile(rf"{_UNITED_KINGDOM}|{_CANADA}|{_IRELAND}")
_CALLED: Final = re.compile(
    r"\b(?:post(?:al)?\s?code|eircode|zip(?:\s?code)?|pin\s?code)(?:\s+(?:is|was|it\s+is)|'s|:)*\s+"
)
_PART: Final = 3
_LEAST: Final = 4
_MOST: Final = 12
"""Letters and numbers in a row that may hold a postcode."""


def find_postcodes(speech: Speech, asked: Asked) -> Iterator[Entity]:
    """Yield postcodes: what is called one, looks like one, or is a part that was asked for."""
    wants = Kind.ADDRESS in asked.kinds
    starts = speech.tokens.starts
    if not (speech.numbers and speech.has_latin):
        return
    leads = [found.end() for found in _CALLED.finditer(speech.low)]
    at = 0
    while at < len(starts):
        parts = _parts(speech, at)
        if 1 < len(parts) <= _MOST:
            yield from _postcode(speech, parts, is_led=starts[at] in leads)
            if wants and _is_part(parts):
                code = "".join(part[0] for part in parts)
                yield Entity(
                    Kind.ADDRESS, *speech.span(parts[0][1], parts[-1][2]), "postcode", code
                )
        at = parts[-1][2] if parts else at + 1


def _is_part(parts: list[tuple[str, int, int]]) -> bool:
    """Tell the half of a postcode: letters and digits, three and more."""
    code = "".join(part[0] for part in parts)
    has_both = any(map(str.isdigit, code)) and any(map(str.isalpha, code))
    return has_both and len(code) >= _PART and not code.endswith(("am", "pm", "i"))


def _postcode(speech: Speech, parts: list[tuple[str, int, int]], is_led: bool) -> Iterator[Entity]:
    """Yield the postcode that ends where some letters and digits end."""
    for place in range(len(parts)):
        code = "".join(part[0] for part in parts[place:])
        has_digit = any(map(str.isdigit, code))
        is_whole = is_led and has_digit and place == 0 and len(code) >= _LEAST
        if _SHAPE.fullmatch(code) or is_whole:
            yield Entity(
                Kind.ADDRESS, *speech.span(parts[place][1], parts[-1][2]), "postcode", code
            )
            return


def _parts(speech: Speech, at: int) -> list[tuple[str, int, int]]:
    """Return the letters and digits that are said from a token on, each with its tokens."""
    words = speech.tokens.words
    parts: list[tuple[str, int, int]] = []
    while at < len(words):
        word = words[at]
        is_number = at in speech.numbers
        number = (english.digit_of(words, at) or english.small(words, at)) if is_number else None
        if number is not None:
            parts.append((str(number[0]), at, number[1]))
        elif word.isdecimal() or (_are_letters(word) and not _is_contracted(speech, at)):
            parts.append((word, at, at + 1))
        else:
            break
        at = parts[-1][2]
    return parts


def _is_contracted(speech: Speech, at: int) -> bool:
    """Tell the parts of `i'm`, which are no letters of a code."""
    start, end = speech.span(at, at + 1)
    return "'" in speech.text[start:end] or "’" in speech.text[start:end]


def _are_letters(word: str) -> bool:
    """Tell whether a word is a letter, or two that are no word."""
    is_latin = word.isascii() and word.isalpha()
    return is_latin and (len(word) == 1 or (len(word) == 2 and not is_common(word)))
