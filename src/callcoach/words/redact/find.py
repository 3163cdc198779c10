"""Finds the personal data of one turn: asks every rule, and settles where they overlap."""

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter
from typing import Final

from callcoach.words.composed import Composed, composed
from callcoach.words.redact.addresses import find_addresses
from callcoach.words.redact.answers import Answer, read_answer
from callcoach.words.redact.births import find_births
from callcoach.words.redact.chinese_addresses import find_chinese_addresses
from callcoach.words.redact.chinese_births import find_chinese_births
from callcoach.words.redact.chinese_codes import find_chinese_codes
from callcoach.words.redact.chinese_names import find_chinese_names
from callcoach.words.redact.chinese_numbers import find_chinese_numbers
from callcoach.words.redact.chinese_replies import find_chinese_replies
from callcoach.words.redact.closed import HAS_HAN, close, paused
from callcoach.words.redact.codes import find_codes
from callcoach.words.redact.digits import find_digits
from callcoach.words.redact.emails import find_emails
from callcoach.words.redact.known import find_known
from callcoach.words.redact.model import DIGITS, NOBODY, NOTHING, Asked, Entity, Kind, Known
from callcoach.words.redact.names import find_names
from callcoach.words.redact.passwords import find_answers, find_passwords
from callcoach.words.redact.postcodes import find_postcodes
from callcoach.words.redact.replies import find_replies
from callcoach.words.redact.speech import Speech, prepare
from callcoach.words.redact.spelled import find_spelled
from callcoach.words.redact.spoken_codes import find_spoken_codes
from callcoach.words.redact.usernames import find_usernames

_RANKS: Final = {
    Kind.AMOUNT: 0, Kind.DETAIL: 1, Kind.EMAIL: 2, Kind.ID: 3, Kind.CARD: 4, Kind.SECRET: 5,
    Kind.USERNAME: 6, Kind.IP: 6, Kind.PLATE: 6, Kind.SSN: 7, Kind.PHONE: 7, Kind.ACCOUNT: 8,
    Kind.BIRTH: 8, Kind.ADDRESS: 9, Kind.NAME: 10, Kind.NUMBER: 11,
}  # fmt: skip
"""Which kind holds where two overlap and are of one length."""
_BLANK: Final = re.compile(r"\[[^\[\]\d]{1,40}(?:-\d+)?\]|【[^【】\d]{1,40}】")
"""A fact that is not known, as lines show it, or a mask: `[Agent's name]`, `[NAME-1]`."""
_BEGIN: Final = attrgetter("start")
_LONGEST: Final = 1000
"""Characters that are read at once, so that the cost of a long text grows with its length only."""
_OVERLAP: Final = 150
"""Characters of the longest datum."""
_REMEMBERED: Final = 512
"""Turns of which the entities are remembered: those of a long call."""
_GAP: Final = re.compile(r"[\s,.!?;，。！？；]")
_CODE: Final = re.compile(r"[\W_]*")
_UNSPOKEN: Final = re.compile(r"\S*(?:://|=)\S*")
"""A link or markup: of the names in it only those that the record knows are anybody's."""


def find(text: str, known: Known = NOBODY, asked: Asked = NOTHING) -> tuple[Entity, ...]:
    """Return the personal data in a turn, in order and without overlaps.

    `known` is what the contact record says of the customer, `asked` what the turn before asked
    for. Spans are in characters of `text`. Amounts of money and ordinary dates are not personal.
    """
    whole = composed(text)
    if whole is not None:
        return tuple(placed(one, whole) for one in find(whole.text, known, asked))
    if len(text) <= _LONGEST:
        return _found(text, known, asked)
    found = (
        replace(one, start=one.start + start, end=one.end + start)
        for start, end in _pieces(text)
        for one in _found(text[start:end], known, asked)
    )
    return _settled(text, found)


def placed(one: Entity, whole: Composed) -> Entity:
    """Return what was found in a composed text with its place in the text as it was given."""
    start, end = whole.span(one.start, one.end)
    return replace(one, start=start, end=end)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the parts of a text that nobody says in one breath; each begins inside of the last.

    What the end of one cuts off stands whole in the next, and the longer of the two holds.
    """
    start, end = 0, _LONGEST
    yield start, end
    while end < len(text):
        gap = _GAP.search(text, end - _OVERLAP, end)
        start = gap.end() if gap is not None else end - _OVERLAP
        end = min(start + _LONGEST, len(text))
        yield start, end


def _found(text: str, known: Known, asked: Asked) -> tuple[Entity, ...]:
    speech = prepare(text, least=2 if asked.kinds & DIGITS else 3)
    has_blanks = "[" in text or "【" in text
    blanks = [blank.span() for blank in _BLANK.finditer(text)] if has_blanks else []
    found = (
        one
        for one in (*find_known(speech, known), *_unknown(text, asked))
        if not any(start < one.end and one.start < end for start, end in blanks)
    )
    return _settled(speech.text, found)


@lru_cache(maxsize=_REMEMBERED)
def _unknown(text: str, asked: Asked) -> tuple[Entity, ...]:
    """Return what no record has to know; a call that is over is read twice."""
    speech = prepare(text, least=2 if asked.kinds & DIGITS else 3)
    return tuple(_candidates(speech, read_answer(speech), asked))


def _candidates(speech: Speech, answer: Answer, asked: Asked) -> Iterator[Entity]:
    yield from find_emails(speech, asked)
    yield from find_passwords(speech)
    replies = tuple(find_replies(speech, asked))
    yield from replies or find_answers(speech, asked, answer)
    if speech.numbers:
        yield from find_digits(speech, asked, answer.is_data)
        yield from find_postcodes(speech, asked)
    yield from find_addresses(speech, asked, answer)
    unspoken = [part.span() for part in _UNSPOKEN.finditer(speech.text)]
    for name in find_names(speech, asked, answer):
        if not any(start < name.end and name.start < end for start, end in unspoken):
            yield name
    yield from find_spelled(speech, asked)
    yield from find_births(speech, asked)
    yield from find_codes(speech, answer, asked)
    yield from find_spoken_codes(speech, asked)
    if not HAS_HAN.search(speech.text):
        yield from find_usernames(speech, asked)
    if HAS_HAN.search(speech.text) or "、" in speech.text:
        closed = close(speech.text)
        yield from closed.back(find_chinese_addresses(closed.text, asked))
        yield from closed.back(find_chinese_births(closed.text, asked))
        yield from closed.back(find_chinese_codes(closed.text, asked))
        yield from closed.back(find_chinese_numbers(closed.text, asked))
        yield from closed.back(find_chinese_replies(closed.text, asked))
        said = paused(speech.text, closed)
        yield from said.back(find_chinese_names(said.text, asked, closed.gaps()))


def _settled(text: str, found: Iterable[Entity]) -> tuple[Entity, ...]:
    """Return entities without overlaps: the longer first, then the record's, then by kind.

    What is left of one that gives way stays hidden too: half a number is still one.
    """
    ranked = sorted(
        (one for one in found if one.end > one.start),
        key=lambda one: (
            one.start - one.end,
            one.why != "of the contact record",
            _RANKS[one.kind],
            one.start,
        ),
    )
    kept: list[Entity] = []
    for one in ranked:
        for start, end in _free(one.start, one.end, kept):
            start, end = _trimmed(text, start, end)
            if end - start == one.end - one.start or end - start > 1:
                insort(kept, replace(one, start=start, end=end), key=_BEGIN)
    return tuple(kept)


def _free(start: int, end: int, kept: list[Entity]) -> list[tuple[int, int]]:
    """Return the parts of a span that nothing of `kept`, which is in order, lies on."""
    parts: list[tuple[int, int]] = []
    at = bisect_left(kept, start, key=_BEGIN)
    at -= at > 0 and kept[at - 1].end > start
    while at < len(kept) and kept[at].start < end:
        if kept[at].start > start:
            parts.append((start, kept[at].start))
        start = kept[at].end
        at += 1
    return [*parts, (start, end)] if start < end else parts


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without the spaces and marks at its ends."""
    first = _CODE.match(text, start, end)
    begin = first.end() if first is not None else start
    if begin >= end:
        return start, start
    if text[start] in "(+@$¥￥£€":
        begin = start
    while end > begin and _CODE.fullmatch(text[end - 1]):
        end -= 1
    return begin, end
