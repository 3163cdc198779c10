"""Verifies a call: the chain of its events, and that the list of calls says what they say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from callcoach.archive.chain import GENESIS, StoredEvent, link
from callcoach.archive.ids import CallId
from callcoach.archive.summary import CallSummary
from callcoach.call.events import CallEnded, CallStarted, Undone, decode
from callcoach.errors import Told

NO_CALL = CallId("")
"""Where the file as a whole has a problem."""
LOST_ROW = Told("the call is missing from the list of calls")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in the journal."""

    call: CallId
    seq: int | None
    """The event; None for the call as a whole."""
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying a journal came to."""

    calls: int
    events: int
    problems: tuple[Problem, ...]
    erased: int = 0
    """How many calls were erased on purpose."""
    unfinished: int = 0
    """Of how many of these something may still be on the disk."""
    held: int = 0
    """How many calls are on hold."""

    @property
    def is_sound(self) -> bool:
        """Tell whether every event is as it was written."""
        return not self.problems


def check_call(summary: CallSummary, stored: Sequence[StoredEvent], head: bytes) -> list[Problem]:
    """Return what is wrong with a call; `head` is the hash that its last event should have."""
    broken = [*check_chain(summary.id, stored, summary.events, head)]
    if broken:
        return broken
    told = summarise(summary.id, stored)
    if isinstance(told, Problem):
        return [told]
    if told != summary:
        what = Told("the list of calls does not say what the events say")
        return [Problem(summary.id, None, what)]
    return []


def summarise(call: CallId, stored: Sequence[StoredEvent]) -> CallSummary | Problem:
    """Return what the list of calls must say about a call, or why nobody can tell."""
    first: CallStarted | None = None
    ended: CallEnded | None = None
    ends: set[int] = set()
    for event in stored:
        try:
            known = decode(event.kind, event.version, event.body)
        except msgspec.DecodeError:
            return Problem(call, event.seq, Told("the event cannot be read"))
        match known:
            case CallStarted():
                first = first or known
            case CallEnded():
                ended = known
                ends.add(event.seq)
            case Undone(of=of) if of in ends:
                ended = None
            case _:
                pass
    if first is None:
        return Problem(call, None, Told("its first events are missing"))
    return CallSummary(
        id=call,
        script=first.script,
        digest=first.digest,
        language=first.language,
        mode=first.mode,
        agent=first.agent,
        started=first.started,
        day=first.day,
        last_at=stored[-1].at,
        ended_at=ended.at if ended else None,
        outcome=ended.outcome if ended else None,
        code=ended.code if ended else "",
        events=len(stored),
    )


def check_chain(
    call: CallId, stored: Sequence[StoredEvent], count: int, head: bytes
) -> Iterator[Problem]:
    """Yield what is wrong with the chain of one call; after a break the rest is not trusted."""
    previous = GENESIS
    for place, event in enumerate(stored):
        if event.seq != place:
            yield Problem(call, place, Told("an event is missing"))
            return
        if link(previous, call, event) != event.hash:
            yield Problem(call, event.seq, Told("the event was changed after it was written"))
            return
        previous = event.hash
    if len(stored) != count or previous != head:
        told = Told("{written} events were written and {n} are there", written=count, n=len(stored))
        yield Problem(call, None, told)
