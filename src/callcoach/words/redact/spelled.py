"""Finds names that are spelled: `b r a i t h w a i t e`, `n for november, e for echo`."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from callcoach.words.redact.answers import AROUND
from callcoach.words.redact.model import Asked, Entity, Kind
from callcoach.words.redact.speech import Speech

_JOINTS: Final = (("for",), ("as", "in"), ("like",), ("as",), ("is", "for"), ("in",), ("from",))
"""What stands between a letter and the word that tells which it is: `n as in nancy`."""
_SPOKEN: Final[dict[str, str]] = {
    word: word[0]
    for word in (
        *("alpha", "alfa", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel"),
        *("india", "juliet", "juliett", "kilo", "lima", "mike", "november", "oscar", "papa"),
        *("quebec", "romeo", "sierra", "tango", "uniform", "victor", "whiskey", "whisky", "xray"),
        *("yankee", "zulu"),
    )
}
"""The words of the radio alphabet (ICAO annex 10)."""
_TIMES: Final = {"double": 2, "triple": 3, "treble": 3}
_BETWEEN: Final = frozenset((
    "then", "hyphen", "dash", "space", "apostrophe", "capital", "um", "uh", "er", "erm", "new",
    "word", "and",
))  # fmt: skip
"""What is said between the letters of a name."""
_SPELL: Final = frozenset((
    "spell", "spelled", "spelt", "spelling", "spells", "name", "surname", "letters", "written",
))  # fmt: skip
ACRONYMS: Final = frozenset((
    "bmw", "vw", "hp", "tv", "bbc", "uk", "us", "usa", "am", "pm", "pc", "dvd", "gp", "nhs",
    "vat", "sms", "pin", "dvla", "ccj", "iva", "hmrc", "fca", "ico", "apr", "atm", "dd", "id",
    "ni", "ppi", "ssn", "sin", "pps", "fico", "irs", "dmv", "ac", "dc", "ok", "tsb", "rbs",
    "hsbc", "ee", "bt", "edf", "aa", "rac", "cv", "diy", "faq", "gdpr", "gps", "hr", "iou", "it",
    "kfc", "llc", "ltd", "mot", "nato", "ngo", "otp", "pdf", "pr", "rip", "suv", "ups", "dhl",
    "usb", "vip", "abc", "cnn", "nab", "anz", "fnb", "absa", "emi", "upi", "sbi", "ira", "cpr",
    "po", "ceo", "cfo", "ba", "ma", "phd", "asap", "eta", "fyi", "lol", "omg", "tfl", "rspca",
    "dwp", "esa", "pip", "uc", "nsf", "ach", "cvv", "cvc", "iban", "bic", "kyc", "ev", "mg",
    "bvn", "nin", "tba", "tbc", "ml",
))  # fmt: skip
"""Letters that are a firm or a thing."""
_LEAST: Final = 3
_LEAST_ALONE: Final = 4
"""Letters in a row that are hardly a firm's short name."""
_APART: Final = 5
"""Tokens between two letters at most: `n as in nancy e`."""
_REACH: Final = 5
_FEW: Final = 2
"""Words of the radio alphabet in a row that are no names or cities."""


def letter_at(words: tuple[str, ...], at: int) -> tuple[str, int, bool] | None:
    """Return the letter that is said at a token, or the same twice, and the token past it.

    The last tells whether it is a letter by itself, and no word of the radio alphabet.
    """
    times = _TIMES.get(words[at], 1)
    place = at + (times > 1)
    word = words[place] if place < len(words) else ""
    letter = word if len(word) == 1 and "a" <= word <= "z" else _SPOKEN.get(word, "")
    if not letter:
        return None
    past = place + 1
    for joint in _JOINTS if word == letter else ():
        behind = past + len(joint)
        is_joined = words[past:behind] == joint and behind < len(words)
        if is_joined and words[behind].startswith(letter) and len(words[behind]) > 1:
            return letter * times, behind + 1, True
    after = words[past] if past < len(words) else ""
    if word == letter and (_SPOKEN.get(after) == letter or (letter, after) == ("x", "ray")):
        past += 1
    return letter * times, past, word == letter


def find_spelled(speech: Speech, asked: Asked) -> Iterator[Entity]:
    """Yield the letters that spell a name: one that is said too, was asked for or is announced."""
    if not speech.has_latin:
        return
    words = speech.tokens.words
    places = [at for at, word in enumerate(words) if len(word) == 1 or word in _SPOKEN]
    if not any(later - at <= _APART for at, later in pairwise(places)):
        return
    done = 0
    for place in places:
        at = place - (place > 0 and words[place - 1] in _TIMES)
        if at < done:
            continue
        letters, past, has_joints = _letters(speech, at)
        if len(letters) >= _LEAST and _is_spelling(speech, asked, at, past, letters, has_joints):
            start, end = speech.span(at, past)
            yield Entity(Kind.NAME, start, end, "spelled", letters)
            for said, word in enumerate(words):
                if word == letters:
                    yield Entity(Kind.NAME, *speech.span(said, said + 1), "spelled too", letters)
        done = past


def _letters(speech: Speech, at: int) -> tuple[str, int, bool]:
    """Return the letters that are said from a token on, the token past, and whether with words."""
    words = speech.tokens.words
    letters, past, has_joints, said = "", at, False, 0
    place = at
    while place < len(words):
        if letters and words[place] in _BETWEEN and not _is_clause(words, place + 1):
            place += 1
            continue
        found = letter_at(words, place)
        if found is None:
            break
        letter, behind, is_plain = found
        has_joints = has_joints or behind - place > 1 + (words[place] in _TIMES)
        said += not is_plain
        letters += letter
        place = past = behind
    return letters, past, has_joints or said >= _FEW


def _is_clause(words: tuple[str, ...], at: int) -> bool:
    """Tell whether `i` or `a` begins a sentence, and is no letter: `b r o w n and i live`."""
    return words[at : at + 1] in (("i",), ("a",)) and letter_at((*words, ""), at + 1) is None


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
    if letters in ACRONYMS:
        return False
    start, end = speech.span(at, past)
    if speech.text[start:end] == "-".join(letters.upper()):
        return True
    rest = (*words[:at], *words[past:])
    is_long = len(letters) > _LEAST_ALONE
    return is_long or (len(letters) >= _LEAST_ALONE and all(word in AROUND for word in rest))
