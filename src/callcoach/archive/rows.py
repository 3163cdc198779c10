"""Reads rows of the journal as what they stand for; a disk may have changed any of them."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from callcoach.archive.chain import StoredEvent
from callcoach.archive.ids import CallId
from callcoach.archive.summary import CallSummary
from callcoach.call.events import Event, decode
from callcoach.errors import JournalDamaged
from callcoach.script.model import OutcomeId, PackId

_SUMMARY = (str,) * 8 + (float, float | None, str | None, str, int)
_STORED = (int, str, int, float, str, bytes, bytes)


def summary_of(row: Sequence[Any]) -> CallSummary:
    """Return what a row of the list of calls says. Raises `JournalDamaged`."""
    check_types(row, _SUMMARY)
    id, script, digest, language, mode, agent, started, day, last, ended, outcome, code, n = row
    return CallSummary(
        id=CallId(id),
        script=PackId(script),
        digest=digest,
        language=language,
        mode=mode,
        agent=agent,
        started=started,
        day=day,
        last_at=last,
        ended_at=ended,
        outcome=OutcomeId(outcome) if outcome else None,
        code=code,
        events=n,
    )


def stored_of(row: Sequence[Any]) -> StoredEvent:
    """Return the event that a row holds. Raises `JournalDamaged`."""
    check_types(row, _STORED)
    return StoredEvent(*row)


def check_types(row: Sequence[Any], types: Sequence[Any]) -> None:
    """Raise `JournalDamaged` for values that callcoach never writes: a disk can change a type."""
    if not all(map(isinstance, row, types)):
        raise JournalDamaged(
            "a row of the journal cannot be read", "callcoach journal verify says what is damaged"
        )


def decode_events(call: CallId, stored: Iterable[StoredEvent]) -> tuple[Event, ...]:
    """Return the events of a call. Raises `JournalDamaged` for one that cannot be read."""
    found: list[Event] = []
    for event in stored:
        try:
            found.append(decode(event.kind, event.version, event.body))
        except msgspec.DecodeError as error:
            raise JournalDamaged(
                "event {seq} of the call {id} cannot be read",
                "callcoach journal verify says what is damaged",
                seq=event.seq,
                id=call,
            ) from error
    return tuple(found)
