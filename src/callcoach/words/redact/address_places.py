"""Finds places and postcodes in English that are a whole answer, or stand together."""

from collections.abc import Iterator
from typing import Final

from callcoach.words.redact.address_answers import ends_sentence
from callcoach.words.redact.address_leads import (
    CLAUSES,
    MOST,
    address,
)
from callcoach.words.redact.answers import Answer, groups
from callcoach.words.redact.model import Asked, Entity, Kind
from callcoach.words.redact.speech import Speech
from callcoach.words.redact.tables import is_place

_FEW: Final = 4
"""Words of a turn that tells nothing but a number."""


def find_places(speech: Speech, asked: Asked, answer: Answer) -> Iterator[Entity]:
    """Yield a place and a postcode where the turn holds nothing else, or they stand together."""
    words = speech.tokens.words
    wants = Kind.ADDRESS in asked.kinds
    is_few = len(words) <= _FEW or (len(words) <= 2 * _FEW and _is_only(speech))
    if wants and is_few and speech.numbers:
        yield address(speech, min(speech.numbers), max(speech.numbers) + 1, "asked for")
    if wants and len(words) <= 3 * MOST:
        parts = sorted((*answer.digits, *answer.names, *answer.places, *answer.letters))
        if parts and (not answer.others or answer.places):
            for first, past in _sentences(speech, parts):
                yield address(speech, first, past, "asked for")
        return
    if answer.is_data and not _is_way(speech, answer):
        near = set(answer.places) | set(_towns(speech, answer))
        parts = sorted(near | {at for at in answer.digits if _is_beside(at, near)}) if near else []
        for first, past in groups(parts):
            yield address(speech, first, past, "nothing but a place")
    for run in speech.runs:
        if len(run.digits) not in (5, 6, 9) or run.is_spoken or run.first == 0:
            continue
        if is_place(words[run.first - 1]):
            yield address(speech, run.first - 1, run.past, "place with a postcode")


def _is_only(speech: Speech) -> bool:
    """Tell whether a turn is a number and what is put around one: `eleven i think no twelve`."""
    return all(
        at in speech.numbers or word in _DOUBT for at, word in enumerate(speech.tokens.words)
    )


_DOUBT: Final = frozenset((
    "i", "think", "believe", "no", "not", "yes", "sorry", "wait", "it", "is", "its", "number",
    "yeah", "sure", "um", "uh", "er", "oh", "well", "and", "or", "a", "b", "c", "d", "the",
    "that", "just",
))  # fmt: skip


def _sentences(speech: Speech, parts: list[int]) -> Iterator[tuple[int, int]]:
    """Yield from the first to past the last of some tokens in each sentence, but one of a name."""
    words = speech.tokens.words
    ends = (at for at in range(len(words)) if ends_sentence(speech, at) or words[at] in CLAUSES)
    starts = [0, *(at + 1 for at in ends)]
    for first, past in zip(starts, [*starts[1:], len(speech.tokens.words)], strict=True):
        inside = [at for at in parts if first <= at < past]
        is_only = len(starts) < 3 or any(
            at in speech.numbers or is_place(speech.tokens.words[at]) for at in inside
        )
        if inside and is_only and 2 * len(inside) >= max(inside) + 1 - min(inside):
            yield min(inside), max(inside) + 1


def _is_way(speech: Speech, answer: Answer) -> bool:
    """Tell whether a turn says from where to where somebody goes: `delhi to goa`."""
    words = speech.tokens.words
    beside = {*answer.places, *answer.names}
    return any(words[at - 1] == "to" and at - 2 in beside for at in beside)


def _towns(speech: Speech, answer: Answer) -> Iterator[int]:
    """Yield the strange words that stand before or behind a postcode: `nashua 85426`."""
    for run in speech.runs:
        if len(run.groups) == 1 and len(run.digits) in (5, 6) and not run.is_spoken:
            yield from (at for at in answer.names if at in (run.first - 1, run.first - 2, run.past))


def _is_beside(at: int, places: set[int]) -> bool:
    return at - 1 in places or at + 1 in places
