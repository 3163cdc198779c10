"""What the tests of the journal share: a call that always goes the same way, disks, a fake."""

import os
import random
import resource
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from callcoach.archive.chain import GENESIS, StoredEvent, link
from callcoach.archive.ids import CallId, new_call_id
from callcoach.archive.journal import Journal
from callcoach.archive.summary import CallSummary
from callcoach.archive.verify import Verdict
from callcoach.archive.writer import CallWriter
from callcoach.call.beat import Beat
from callcoach.call.coach import Coach
from callcoach.call.events import CallStarted, Event, encode, kind_of
from callcoach.call.ports import Saving
from callcoach.call.rehearse import Rehearsal, given_facts
from callcoach.call.session import Session
from callcoach.call.state import CallState
from callcoach.errors import JournalBusy
from callcoach.script.load import PackFiles
from callcoach.script.model import PlanId
from tests.sessions import shipped_coach
from tests.support import shipped

NOBODY = 65534
"""The user whom no file belongs to."""
BOUND = 30.0
"""How long a test waits for a condition at most, in seconds."""
CALL = CallId("0199aaaa-bbbb-7ccc-8ddd-eeeeffff0000")
"""The id of a call, where any would do."""


@dataclass(frozen=True, slots=True)
class ScriptedCall:
    """A call with the pack `overdue` that always goes the same way."""

    coach: Coach
    sources: tuple[PackFiles, ...]
    started: CallStarted
    beats: tuple[Beat, ...]
    batches: tuple[tuple[Event, ...], ...]
    """What is to be appended at a time: the opening, then what each beat led to."""
    states: Mapping[int, CallState]
    """The state after so many events, for every number at which a batch ends."""

    @property
    def events(self) -> tuple[Event, ...]:
        """Return all events of the call."""
        return tuple(event for batch in self.batches for event in batch)


@cache
def scripted_call() -> ScriptedCall:
    """Return the rehearsed call that agrees on three instalments."""
    loaded, coach = shipped().load("overdue"), shipped_coach("overdue")
    started = coach.started(
        "zh",
        started="2026-11-23T09:30:00.000Z",
        day="2026-11-23",
        seed=7,
        mode="practice",
        agent="a17",
    )
    session, opening = Session.start(coach, started)
    plan = loaded.plans[PlanId("overdue.three_instalments")]
    rehearsal = Rehearsal(session, plan, list(opening))
    batches, beats = [opening], []
    states = {len(opening): session.state}
    for beat in _all_beats(rehearsal):
        beats.append(beat)
        batches.append(rehearsal.play(beat))
        states[len(rehearsal.events)] = session.state
    assert not rehearsal.failures
    assert session.state.ended is not None
    return ScriptedCall(coach, loaded.sources, started, tuple(beats), tuple(batches), states)


def _all_beats(rehearsal: Rehearsal) -> Iterator[Beat]:
    yield from given_facts(rehearsal.session, rehearsal.plan)
    yield from rehearsal.beats()


def begun(started: str, **fields: str) -> tuple[Event, ...]:
    """Return the opening of the scripted call, as of one that began at another instant."""
    scripted = scripted_call()
    return (replace(scripted.started, started=started, **fields), *scripted.batches[0][1:])


def write_call(
    journal: Path,
    batches: Sequence[Sequence[Event]] | None = None,
    call: CallId | None = None,
    sources: Sequence[PackFiles] | None = None,
) -> CallId:
    """Write a call into a journal, by default the scripted one, and close it; return its id."""
    scripted = scripted_call()
    call = call or new_call_id()
    writer = CallWriter(journal, call, scripted.sources if sources is None else sources)
    try:
        for batch in scripted.batches if batches is None else batches:
            assert writer.append(batch).is_durable
    finally:
        writer.close()
    return call


def as_stored(events: Sequence[Event], wall: str = "2026-11-23T09:30:00.000Z") -> list[StoredEvent]:
    """Return events as they are handed to the journal, not yet chained."""
    return [
        StoredEvent(event.seq, kind_of(event), event.version, event.at, wall, encode(event))
        for event in events
    ]


def bodies(events: Sequence[StoredEvent]) -> list[bytes]:
    """Return what events say, whenever they were stored."""
    return [event.body for event in events]


def chained(call: CallId, events: Sequence[StoredEvent]) -> list[bytes]:
    """Return the hashes that a chain of these events has."""
    hashes: list[bytes] = []
    for event in events:
        hashes.append(link(hashes[-1] if hashes else GENESIS, call, event))
    return hashes


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that can be read from a journal."""

    calls: tuple[CallSummary, ...]
    unfinished: tuple[CallSummary, ...]
    found: tuple[CallSummary, ...]
    stored: tuple[tuple[StoredEvent, ...], ...]
    events: tuple[tuple[Event, ...], ...]
    sources: tuple[tuple[PackFiles, ...], ...]


def read_all(path: Path) -> Content:
    """Return everything that a journal says, read in every way there is."""
    with Journal(path) as journal:
        calls = journal.calls()
        return Content(
            calls=calls,
            unfinished=journal.unfinished(),
            found=tuple(journal.find(call.id) for call in calls),
            stored=tuple(journal.stored(call.id) for call in calls),
            events=tuple(journal.events(call.id) for call in calls),
            sources=tuple(journal.sources(call.digest) for call in calls),
        )


def verdict(path: Path) -> Verdict:
    """Return what verifying a journal comes to."""
    with Journal(path) as journal:
        return journal.verify()


def change(path: Path, *statements: str, **values: object) -> None:
    """Change a journal behind callcoach's back; `:name` in a statement stands for a value."""
    db = sqlite3.connect(path, isolation_level=None)
    try:
        for statement in statements:
            db.execute(statement, values)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        db.close()


def mode_of(path: Path) -> int:
    """Return the rights of a file or folder, as in 0o600."""
    return path.stat().st_mode & 0o777


def chances(seed: int) -> random.Random:
    """Return chances that fall the same way every time."""
    return random.Random(seed)


@contextmanager
def umask(mask: int) -> Iterator[None]:
    """Make files with this mask, as a careless shell might have set it."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Act as a user whom file rights bind, also where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    group = os.getegid()
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(group)


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[bool]:
    """Mount a disk of that size over a folder; yields False where the system forbids it."""
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    is_mounted = False
    if os.geteuid() == 0 and mount and unmount:
        command = [mount, "-t", "tmpfs", "-o", f"size={kilobytes}k,mode=700", "tmpfs", str(folder)]
        done = subprocess.run(command, check=False, capture_output=True)
        is_mounted = done.returncode == 0
    try:
        yield is_mounted
    finally:
        if is_mounted and unmount:
            subprocess.run([unmount, "--lazy", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Fill a disk to the last byte; return the file that does it."""
    ballast = folder / "ballast"
    with suppress(OSError), ballast.open("ab", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    return ballast


@contextmanager
def full(size: int) -> Iterator[None]:
    """Let no file grow beyond a size, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def wait_until(is_true: Callable[[], bool], what: str) -> None:
    """Wait for a condition; fail where it does not come true."""
    end = time.monotonic() + BOUND
    while not is_true():
        assert time.monotonic() < end, f"{what}: not within {BOUND} s"
        os.sched_yield()


@dataclass(slots=True)
class MemoryStore:
    """A journal that is a dictionary."""

    calls: dict[CallId, list[Event]] = field(default_factory=dict)
    open: set[CallId] = field(default_factory=set)
    is_broken: bool = False


class MemoryRecorder:
    """A `call.ports.Recorder` that keeps events in memory; the fake of `CallWriter`."""

    def __init__(self, store: MemoryStore, call: CallId) -> None:
        """Take the call over; raises `JournalBusy` where another recorder has it."""
        if call in store.open:
            raise JournalBusy(f"the call {call} is open in another window", "close it there first")
        store.open.add(call)
        self._store = store
        self._call = call
        self._waiting: list[Event] = []

    def append(self, events: Sequence[Event]) -> Saving:
        """Keep events; see `Recorder.append`."""
        self._waiting += events
        if not self._store.is_broken and self._waiting:
            self._store.calls.setdefault(self._call, []).extend(self._waiting)
            self._waiting = []
        saved = len(self._store.calls.get(self._call, ()))
        if self._waiting:
            return Saving(saved, len(self._waiting), "memory is broken", "mend it")
        return Saving(saved)

    def close(self) -> Saving:
        """Write what waits, and let others write the call."""
        saving = self.append(())
        self._store.open.discard(self._call)
        return saving
