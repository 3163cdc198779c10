"""Finds codes of letters and digits: `kis 548796`, `confirmation number is 8 pity 5`."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from callcoach.words.redact.answers import AROUND, SHORT_WORDS, Answer, groups
from callcoach.words.redact.model import Asked, Entity, Kind
from callcoach.words.redact.speech import Speech
from callcoach.words.redact.tables import is_common

_LED: Final = re.compile(
    r"\b(?:booking|confirmation|reservation|reference|policy|claim|member(?:ship)?|customer|account"
    r"|contract|loan|itinerary|pnr)\s*(?:confirmation\s+|booking\s+)?(?:(?:number|num|no|code|id|ref)\b)?"
    r"\s*(?:(?:is|was|it\s+is|it's|its|:|#)\s*)*"
)
"""What a code follows directly; anything short behind it belongs to the code."""
_NEVER: Final = frozenset(
    (
        *(
            "and",
            "ends",
            "end",
            "my",
            "for",
            "the",
            "is",
            "but",
            "or",
            "to",
            "you",
            "not",
            "can",
            "was",
            "has",
        ),
        *("on", "in", "at", "of", "with", "from", "it", "i", "name", "card", "ssn", "that", "will"),
        *(
            "day",
            "days",
            "past",
            "due",
            "week",
            "late",
            "paid",
            "left",
            "open",
            "done",
            "pay",
            "owes",
        ),
        *("back", "over", "up", "down", "gone", "fine", "year", "old"),
        *(
            "also",
            "what",
            "why",
            "how",
            "who",
            "this",
            "your",
            "our",
            "need",
            "want",
            "have",
            "does",
        ),
    )
)
_PARTS: Final = frozenset(
    (
        "ph",
        "tel",
        "cell",
        "mob",
        "fax",
        "x",
        "ext",
        "apt",
        "ste",
        "unit",
        "zip",
        "pin",
        "po",
        "box",
        "reg",
        "rego",
    )
)
"""What stands before the digits of a phone number or an address."""
_MOST_LETTERS: Final = 4
_LEAST: Final = 4
_LEAST_ALONE: Final = 5
_NEAR: Final = re.compile(r"[\s\-/.]{0,2}")


def find_codes(speech: Speech, answer: Answer, asked: Asked) -> Iterator[Entity]:
    """Yield codes: where they are called so, where letters and digits alternate, or alone."""
    if not any(speech.tokens.words[at][0].isdecimal() for at in speech.numbers):
        yield from _alone(speech, answer, asked)
        return
    for found in _LED.finditer(speech.low):
        first = next(
            (at for at, start in enumerate(speech.tokens.starts) if start >= found.end()), None
        )
        if first is not None:
            past = _stretch(speech, first, is_led=True)
            if past > first and _is_code(speech, first, past, _LEAST, turns=1):
                yield _entity(speech, first, past, Kind.ACCOUNT, "said to be a code")
    at = 0
    while at < len(speech.tokens.words):
        past = _stretch(speech, at, is_led=False)
        if past > at and _is_code(speech, at, past, _LEAST_ALONE, turns=2):
            yield _entity(speech, at, past, Kind.ACCOUNT, "letters and digits")
        at = max(past, at + 1)
    yield from _alone(speech, answer, asked)


def _stretch(speech: Speech, first: int, is_led: bool) -> int:
    """Return the token past the digits and short groups of letters that begin at `first`."""
    words = speech.tokens.words
    past = first
    while past < len(words) and (
        words[past].isdecimal() or _is_letters(words[past], is_led=is_led)
    ):
        if past == first and not is_led and words[past] in ("a", "i"):
            break
        between = speech.text[speech.tokens.ends[past - 1] : speech.tokens.starts[past]]
        if past > first and not _NEAR.fullmatch(between):
            break
        past += 1
    return past


def _is_letters(word: str, is_led: bool) -> bool:
    """Tell whether a word may be a group of letters in a code."""
    if not (word.isascii() and word.isalpha() and len(word) <= _MOST_LETTERS) or word in _NEVER:
        return False
    if is_led:
        return True
    if word in _PARTS:
        return False
    if len(word) == 1:
        return True
    return (
        word not in SHORT_WORDS and word not in AROUND and (len(word) == 2 or not is_common(word))
    )


def _is_code(speech: Speech, first: int, past: int, least: int, turns: int) -> bool:
    """Tell whether a stretch holds letters and digits that alternate, and enough of them."""
    are_digits = [word.isdecimal() for word in speech.tokens.words[first:past]]
    changes = sum(one != other for one, other in pairwise(are_digits))
    length = sum(map(len, speech.tokens.words[first:past]))
    start, end = speech.span(first, past)
    is_day = any(day.start < end and start < day.end for day in speech.days)
    return changes >= turns and length >= least and not is_day


def _alone(speech: Speech, answer: Answer, asked: Asked) -> Iterator[Entity]:
    """Yield a code that is the whole answer."""
    digits = sum(len(run.digits) for run in speech.runs)
    if not answer.letters or not answer.is_data or digits < 3:
        return
    wanted = [kind for kind in asked.kinds if kind in (Kind.ACCOUNT, Kind.ID, Kind.SECRET)]
    letters = set(answer.letters)
    for first, past in groups(sorted((*answer.letters, *answer.digits))):
        start, end = speech.span(first, past)
        is_day = any(day.start < end and start < day.end for day in speech.days)
        if letters & set(range(first, past)) and past - first > 1 and not is_day:
            kind = wanted[0] if wanted else Kind.ACCOUNT
            yield _entity(speech, first, past, kind, "nothing but a code")


def _entity(speech: Speech, first: int, past: int, kind: Kind, why: str) -> Entity:
    return Entity(kind, *speech.span(first, past), why, "".join(speech.tokens.words[first:past]))
