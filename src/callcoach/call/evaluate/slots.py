"""Scores redaction: whether the words that people marked as personal data are found."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from callcoach.call.evaluate.counts import Estimate, share
from callcoach.call.evaluate.gold import LabelledCall, Slot

PERSONAL = frozenset(
    (
        *("name", "address", "email_address", "phone_number", "phonenumber", "card_number", "ssn"),
        *("account_number", "target_account_number", "account_id", "policyid", "claimid"),
        *("password", "username", "booking_confirmation_number"),
        *("current_zipcode", "new_zipcode"),
    )
)
"""The kinds of slots that redaction has to find; of the others it should keep away."""

NEUTRAL = frozenset(("current_city", "new_city"))
"""Kinds of slots that redaction may find or leave: part of an address, or a place like any."""


class Found(Protocol):
    """Something that was found to be personal data."""

    @property
    def kind(self) -> str:
        """Return what it is: `card`, `name`."""
        ...

    @property
    def start(self) -> int:
        """Return where it begins, in characters."""
        ...

    @property
    def end(self) -> int:
        """Return where it ends, exclusive."""
        ...


Find = Callable[[LabelledCall], Sequence[Iterable[Found]]]
"""Returns what is personal in each utterance of a call."""


@dataclass(frozen=True, slots=True)
class SlotScore:
    """How many of the marked words of one kind are found."""

    kind: str
    words: int
    found: int
    recall: Estimate


@dataclass(frozen=True, slots=True)
class FoundScore:
    """How many of the words that are found as one kind are marked at all."""

    kind: str
    words: int
    marked: int
    precision: Estimate


@dataclass(frozen=True, slots=True)
class Redaction:
    """How well personal data are found, word by word."""

    slots: tuple[SlotScore, ...]
    found: tuple[FoundScore, ...]
    recall: Estimate
    """Over all personal words."""
    precision: Estimate
    """Of all words that are found; marks that people forgot count against it."""


def score_slots(
    calls: Sequence[LabelledCall], find: Find, personal: Collection[str] = PERSONAL
) -> Redaction | None:
    """Return how well `find` finds the marked words; None where no call has any.

    Data sets in which nothing is marked are left out: nobody looked there.
    """
    marking = {call.origin for call in calls if any(one.slots for one in call.utterances)}
    hits: dict[str, list[tuple[int, int]]] = {}
    right: dict[str, list[tuple[int, int]]] = {}
    whole: list[tuple[int, int]] = []
    given: list[tuple[int, int]] = []
    for call in calls:
        if call.origin not in marking:
            continue
        marked, met, named, fit = _count(call, find, personal)
        for kind, total in marked.items():
            hits.setdefault(kind, []).append((met[kind], total))
        for kind, total in named.items():
            right.setdefault(kind, []).append((fit[kind], total))
        whole.append((met.total(), marked.total()))
        given.append((fit.total(), named.total()))
    if not hits:
        return None
    slots = [SlotScore(kind, _total(of), _hits(of), share(of)) for kind, of in hits.items()]
    found = [FoundScore(kind, _total(of), _hits(of), share(of)) for kind, of in right.items()]
    return Redaction(
        tuple(sorted(slots, key=lambda one: (-one.words, one.kind))),
        tuple(sorted(found, key=lambda one: (-one.words, one.kind))),
        share(whole),
        share(given),
    )


def _count(
    call: LabelledCall, find: Find, personal: Collection[str]
) -> tuple[Counter[str], Counter[str], Counter[str], Counter[str]]:
    """Return, by kind, marked words, those found of them, words found, those marked of them."""
    marked, met, named, fit = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for one, entities in zip(call.utterances, find(call), strict=True):
        slots = {(slot.start, slot.end): slot for slot in one.slots if slot.kind in personal}
        found = list(entities)
        for slot in slots.values():
            marked[slot.kind] += 1
            met[slot.kind] += any(_overlaps(slot, entity) for entity in found)
        free = {(slot.start, slot.end) for slot in one.slots if slot.kind in NEUTRAL}
        for start, end in _words(one.text):
            if (start, end) in free:
                continue
            kinds = {entity.kind for entity in found if entity.start < end and start < entity.end}
            for kind in sorted(kinds)[:1]:
                named[kind] += 1
                fit[kind] += (start, end) in slots
    return marked, met, named, fit


def _words(text: str) -> Iterable[tuple[int, int]]:
    """Yield where the words stand that single spaces separate."""
    at = 0
    for word in text.split(" "):
        if word.strip():
            yield at, at + len(word)
        at += len(word) + 1


def _overlaps(slot: Slot, entity: Found) -> bool:
    return entity.start < slot.end and slot.start < entity.end


def _hits(parts: Sequence[tuple[int, int]]) -> int:
    return sum(part[0] for part in parts)


def _total(parts: Sequence[tuple[int, int]]) -> int:
    return sum(part[1] for part in parts)
