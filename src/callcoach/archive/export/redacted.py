"""Masks the personal data of a call before it is exported; spans go where their words went."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Final

import msgspec
from msgspec import structs

from callcoach.archive.export.proving import is_settled_identity, proving_turns
from callcoach.archive.export.record import CallRecord
from callcoach.call.captured import CaptureStarted, Source
from callcoach.call.events import (
    CueHeard,
    Event,
    FactTold,
    FlagCleared,
    FlagRaised,
    Heard,
    NoteWritten,
    Span,
    Suggested,
    Unknown,
)
from callcoach.locale import Messages
from callcoach.script.facts import FactKind
from callcoach.script.model import Script
from callcoach.words.normalise import is_character, tokenise
from callcoach.words.ordinary import is_ordinary
from callcoach.words.redact import Asked, Entity, Kind, Known, Masked, Masker, find, find_all
from callcoach.words.simplified import simplified_table

_KINDS: Final = {"name": Kind.NAME, "phone": Kind.PHONE, "amount": Kind.AMOUNT}
"""What a pack says of a private fact, and its mask; anything else is a detail."""
_IDENTITY: Final = frozenset((Kind.BIRTH, Kind.ID, Kind.ADDRESS))
"""What somebody gives who gives identity data, whatever was asked before."""
_NOBODY_ASKED: Final = Asked(is_known=True)
_LEAST_CHARACTERS: Final = 4


def redact_record(record: CallRecord, script: Script | None, messages: Messages) -> CallRecord:
    """Return a call with its personal data masked; masks are in the language of `messages`.

    Masked are what is found in utterances and notes, the facts that the pack calls private, these
    facts wherever they are said, and the data in what was noticed as identity data; not the agent's
    own name, which stands above the call. The same datum has the same mask all through the call. An
    event of an unknown kind loses what it holds, because nobody knows what that is; devices, often
    called after their owners, lose their names.
    """
    masker = Masker(messages, is_numbered=True)
    known = known_of(record.events, script)
    heard = [event for event in record.events if isinstance(event, Heard)]
    turns = [(event.speaker.value, event.text) for event in heard]
    proving = proving_turns(record.events, script)
    given = {at: _IDENTITY for at, event in enumerate(heard) if event.seq in proving}
    open_names = _open_names(record.agent, known)
    masked = {
        event.seq: masker.mask(event.text, [it for it in found if not _is_open(it, open_names)])
        for event, found in zip(heard, find_all(turns, known, given), strict=True)
    }
    redaction = _Redaction(script, known, masker, masked)
    events = tuple(redaction.event(event) for event in record.events)
    return replace(record, events=events, is_redacted=True)


def _open_names(agent: str, known: Known) -> frozenset[str]:
    """Return how the agent, whom a report names anyway, may be called; nothing of the customer."""
    whole = agent.strip().lower().translate(simplified_table())
    words = [it for it in whole.split() if len(it) > 1]
    names = {whole, *(words if whole.isascii() else ())} - {""}
    of_customer = {word for name in known.names for word in (name.lower(), *name.lower().split())}
    return frozenset(names - of_customer)


def _is_open(entity: Entity, names: frozenset[str]) -> bool:
    """Tell whether personal data are only the agent's own name."""
    return entity.kind is Kind.NAME and entity.value.lower().translate(simplified_table()) in names


def known_of(events: Iterable[Event], script: Script | None) -> Known:
    """Return what the facts of a call say of the customer, by what the pack calls private."""
    names: list[str] = []
    phones: list[str] = []
    amounts: list[Decimal] = []
    others: list[str] = []
    for event in events:
        fact = script.facts.get(event.fact) if script and isinstance(event, FactTold) else None
        if not isinstance(event, FactTold) or fact is None or fact.private is None:
            continue
        match _KINDS.get(fact.private):
            case Kind.NAME:
                names.append(event.value)
            case Kind.PHONE:
                phones.append(event.value)
            case Kind.AMOUNT:
                amounts += _amount(event.value)
            case _:
                others += [event.value] if _is_telling(event.value) else []
    return Known(tuple(names), tuple(phones), tuple(amounts), tuple(others))


def _amount(value: str) -> list[Decimal]:
    """Return the number of a canonical amount: `1280.40 CNY`; none where there is none."""
    try:
        return [Decimal(value.split(" ")[0])]
    except InvalidOperation:
        return []


def _same(kind: Kind, value: str) -> str:
    """Return a fact's value as the redactor has it where it is said."""
    if kind is Kind.PHONE:
        return "".join(filter(str.isdecimal, value))
    if kind is Kind.AMOUNT:
        return next((f"{amount.normalize():f}" for amount in _amount(value)), value)
    return value.lower().translate(simplified_table())


def _is_telling(value: str) -> bool:
    """Tell whether a text is so much of its own that it can be looked for in what was said."""
    words = tokenise(value).words
    characters = sum(map(is_character, words))
    if characters:
        return characters >= _LEAST_CHARACTERS
    return len(words) > 1 or any(not is_ordinary(word) for word in words)


class _Redaction:
    """Masks the events of one call."""

    def __init__(
        self, script: Script | None, known: Known, masker: Masker, masked: dict[int, Masked]
    ) -> None:
        self.script = script
        self.known = known
        self.masker = masker
        self.masked = masked

    def event(self, event: Event) -> Event:
        """Return an event without personal data."""
        match event:
            case Heard():
                masked = self.masked[event.seq]
                doubts = tuple(
                    structs.replace(it, start=masked.start(it.start), end=masked.end(it.end))
                    for it in event.doubts
                )
                return structs.replace(event, text=masked.text, doubts=doubts)
            case CaptureStarted():
                nameless = tuple(Source(source.role) for source in event.sources)
                return structs.replace(event, sources=nameless)
            case NoteWritten():
                return structs.replace(event, text=self._text(event.text))
            case FactTold():
                return structs.replace(event, value=self._fact(event))
            case CueHeard():
                also = tuple(self._span(span) for span in event.also)
                return structs.replace(
                    event, span=self._span(event.span), also=also, taken_for=self._taken(event)
                )
            case Suggested():
                return structs.replace(event, span=self._span(event.span))
            case FlagRaised() | FlagCleared():
                span = None if event.span is None else self._span(event.span)
                return structs.replace(event, span=span)
            case Unknown():
                header = {"kind": event.original, "seq": event.seq, "at": event.at}
                return structs.replace(event, body=msgspec.Raw(msgspec.json.encode(header)))
            case _:
                return event

    def _text(self, text: str) -> str:
        return self.masker.mask(text, find(text, self.known, _NOBODY_ASKED)).text

    def _fact(self, event: FactTold) -> str:
        fact = self.script.facts.get(event.fact) if self.script else None
        if fact is None:
            return self._text(event.value)
        if fact.private is not None and not is_settled_identity(fact):
            kind = _KINDS.get(fact.private, Kind.DETAIL)
            return self.masker.label(kind, _same(kind, event.value))
        is_free = fact.kind in (FactKind.TEXT, FactKind.PHONE)
        return self._text(event.value) if is_free else event.value

    def _taken(self, event: CueHeard) -> str:
        """Return what was understood; nothing where its words are hidden."""
        masked = self.masked.get(event.span.heard)
        moves = masked.moves if masked else ()
        is_hidden = any(a < event.span.end and event.span.start < b for a, b, _, _ in moves)
        return "" if is_hidden else event.taken_for

    def _span(self, span: Span) -> Span:
        masked = self.masked.get(span.heard)
        if masked is None:
            return span
        return Span(span.heard, masked.start(span.start), masked.end(span.end))
