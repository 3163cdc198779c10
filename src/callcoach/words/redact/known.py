"""Finds what the contact record says of the customer wherever it is said."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from callcoach.words.normalise import tokenise
from callcoach.words.redact.chinese_called import stands_as_name
from callcoach.words.redact.closed import HAS_HAN
from callcoach.words.redact.model import Entity, Kind, Known
from callcoach.words.redact.name_shapes import stops
from callcoach.words.redact.name_slots import DEAR, VERBS, is_thing
from callcoach.words.redact.speech import Speech
from callcoach.words.redact.tables import is_common, is_listed
from callcoach.words.simplified import simplified_table

_LAST: Final = 4
"""So many last digits of a phone number still tell whose it is."""
_BESIDE: Final = frozenset((
    "to", "with", "for", "from", "by", "and", "or", "tell", "ask", "thanks", "okay", "ok", "hi",
    "hello", "sorry", "yes", "no", "not", "am", "you", "whatever", "well", "right", "bye", "what",
))  # fmt: skip
"""Behind these a name that was said in the call is that name again."""
_TITLE: Final = re.compile("先生|女士|小姐|太太|总|經理|经理|老师|本人")


def find_known(speech: Speech, known: Known) -> Iterator[Entity]:
    """Yield the names, phone numbers, amounts and texts of the contact record."""
    for name in known.names:
        yield from _name(speech, name)
    numbers = [re.sub(r"\D", "", phone) for phone in known.phones]
    for run in speech.runs:
        if any(_is_part(run.digits, number) for number in numbers):
            yield Entity(Kind.PHONE, run.start, run.end, "of the contact record", run.digits)
    if known.amounts:
        for amount in speech.amounts:
            if amount.value in known.amounts:
                yield Entity(
                    Kind.AMOUNT,
                    amount.start,
                    amount.end,
                    "of the contact record",
                    f"{amount.value.normalize():f}",
                )
    for other in known.others:
        yield from _words(speech, other, Kind.DETAIL)


def _is_part(digits: str, number: str) -> bool:
    """Tell whether digits are a number, hold it, or are its last ones."""
    if len(number) < _LAST or len(digits) < _LAST:
        return False
    return number in digits or (len(digits) >= _LAST and number.endswith(digits))


def _name(speech: Speech, name: str) -> Iterator[Entity]:
    """Yield a name, and its parts where they can hardly be anything else."""
    parts = _parts(name)
    if (
        parts
        and not HAS_HAN.search(name)
        and not any(part in speech.tokens.words for part in parts)
    ):
        return
    if len(parts) > 1 or not is_common(name.lower()):
        yield from _words(speech, name, Kind.NAME)
    if HAS_HAN.search(name):
        yield from _chinese_parts(speech, name)
        return
    for part in parts:
        if len(part) > 2 and not is_common(part):
            yield from _words(speech, part, Kind.NAME, whole=name)
        elif len(part) > 2 and is_listed(part):
            yield from _large(speech, part, name)
            yield from _again(speech, part, name)
    last = parts[-1:]
    titles = ("mr", "mrs", "ms", "miss", "dr", "mister")
    for at in range(1, len(speech.tokens.words)):
        if speech.tokens.words[at : at + 1] == last and speech.tokens.words[at - 1] in titles:
            start, end = speech.span(at, at + 1)
            yield Entity(Kind.NAME, start, end, "of the contact record", name.lower())


@lru_cache(maxsize=256)
def _parts(text: str) -> tuple[str, ...]:
    """Return the tokens of a name, which is looked for in every turn."""
    return tokenise(text).words


def _large(speech: Speech, part: str, name: str) -> Iterator[Entity]:
    """Yield a name that is a common word too, where a capital inside a sentence tells it apart."""
    for at, word in enumerate(speech.tokens.words):
        if word != part or not speech.is_capital(at) or is_thing(speech.tokens.words, at):
            continue
        start, end = speech.span(at, at + 1)
        is_inside = speech.text[:start].rstrip()[-1:] not in ("", ".", "!", "?")
        if is_inside or speech.text[end : end + 1] in (",", ".", "!", "?", "'", "’"):
            yield Entity(Kind.NAME, start, end, "of the contact record", name.lower())


def _again(speech: Speech, part: str, name: str) -> Iterator[Entity]:
    """Yield a name that is a common word too, where a person of that name is called again."""
    words = speech.tokens.words
    if part in VERBS or part in DEAR:
        return
    for at, word in enumerate(words):
        is_beside = at == 0 or stops(speech, at - 1) or words[at - 1] in _BESIDE
        if word == part and is_beside and not is_thing(words, at):
            yield Entity(Kind.NAME, *speech.span(at, at + 1), "of the contact record", name.lower())


def _chinese_parts(speech: Speech, name: str) -> Iterator[Entity]:
    """Yield the given name of two characters, and the family name before a title."""
    plain = "".join(name.translate(simplified_table()).split())
    text = speech.text.translate(simplified_table())
    if len(plain) >= 3:
        for start in _places(text, plain[-2:]):
            if stands_as_name(text, start, start + 2):
                yield Entity(Kind.NAME, start, start + 2, "of the contact record", plain)
    for length in (1, 2):
        for start in _places(text, plain[:length]):
            end = start + length
            if _TITLE.match(text, end):
                yield Entity(Kind.NAME, start, end, "of the contact record", plain)


def _places(text: str, part: str) -> Iterator[int]:
    """Yield where a part of a text begins."""
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + len(part))


def _words(speech: Speech, text: str, kind: Kind, whole: str = "") -> Iterator[Entity]:
    """Yield where the words of a text stand next to each other."""
    wanted = _parts(text)
    words = speech.tokens.words
    if not wanted or wanted[0] not in words:
        return
    is_one_name = kind is Kind.NAME and len(wanted) == 1
    is_han = kind is Kind.NAME and HAS_HAN.search(text) is not None
    plain = speech.text.translate(simplified_table()) if is_han else ""
    value = (whole or text).lower().translate(simplified_table())
    for at in range(len(words) - len(wanted) + 1):
        if words[at : at + len(wanted)] == wanted:
            if is_one_name and is_thing(words, at):
                continue
            start, end = speech.span(at, at + len(wanted))
            if is_han and not stands_as_name(plain, start, end):
                continue
            yield Entity(kind, start, end, "of the contact record", value)
