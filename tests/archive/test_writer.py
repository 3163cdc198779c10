"""Tests of writing calls; the contract of `call.ports.Recorder` holds for the fake alike."""

import errno
import fcntl
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callcoach.archive import writer as writer_module
from callcoach.archive.ids import CallId, new_call_id
from callcoach.archive.journal import Journal
from callcoach.archive.writer import CallWriter, is_being_written
from callcoach.call.events import Event, Heard, NoteWritten, decode
from callcoach.call.ports import Recorder, Saving
from callcoach.errors import JournalBusy
from callcoach.script.model import Speaker
from tests.archive.pool import Order, Pool
from tests.archive.support import (
    MemoryRecorder,
    MemoryStore,
    mode_of,
    ordinary_user,
    read_all,
    scripted_call,
    wait_until,
    write_call,
)

CALL = CallId("0199aaaa-bbbb-7ccc-8ddd-eeeeffff0000")
OTHER = CallId("0199aaaa-bbbb-7ccc-8ddd-eeeeffff0001")
CALLS_EACH = 12


class Shelf(Protocol):
    """Where recorders keep what they are given, and how the tests look at it."""

    def open(self, call: CallId) -> Recorder:
        """Return a recorder of a call."""
        ...

    def kept(self, call: CallId) -> Sequence[Event]:
        """Return what would survive a loss of power."""
        ...

    def close(self) -> None:
        """Make it impossible to keep anything."""
        ...

    def mend(self) -> None:
        """Make it possible again."""
        ...


class JournalShelf:
    """A journal, locked by somebody else while it is broken."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._locked_by: sqlite3.Connection | None = None

    def open(self, call: CallId) -> Recorder:
        """Return a writer."""
        return CallWriter(self.path, call, scripted_call().sources)

    def kept(self, call: CallId) -> Sequence[Event]:
        """Return what is in the journal."""
        if not self.path.exists():
            return ()
        with Journal(self.path) as journal:
            return journal.events(call)

    def close(self) -> None:
        """Lock the journal."""
        write_call(self.path, scripted_call().batches[:1])
        self._locked_by = sqlite3.connect(self.path, isolation_level=None)
        self._locked_by.execute("BEGIN EXCLUSIVE")

    def mend(self) -> None:
        """Let the journal go."""
        if self._locked_by is not None:
            self._locked_by.close()
            self._locked_by = None


class MemoryShelf:
    """A dictionary."""

    def __init__(self) -> None:
        self._store = MemoryStore()

    def open(self, call: CallId) -> Recorder:
        """Return a fake."""
        return MemoryRecorder(self._store, call)

    def kept(self, call: CallId) -> Sequence[Event]:
        """Return what is in the dictionary."""
        return tuple(self._store.calls.get(call, ()))

    def close(self) -> None:
        """Refuse everything."""
        self._store.is_broken = True

    def mend(self) -> None:
        """Take everything."""
        self._store.is_broken = False


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "LIVE_BUSY_MS", 5)


@pytest.fixture(params=["journal", "memory"])
def shelf(request: pytest.FixtureRequest, journal: Path) -> Iterator[Shelf]:
    """Return each kind of shelf there is."""
    made: Shelf = JournalShelf(journal) if request.param == "journal" else MemoryShelf()
    yield made
    made.mend()


BATCHES = scripted_call().batches
EVENTS = scripted_call().events


# The contract


def test_what_is_appended_is_kept_when_append_returns(shelf: Shelf) -> None:
    recorder = shelf.open(CALL)
    count = 0
    for batch in BATCHES[:8]:
        count += len(batch)
        saving = recorder.append(batch)
        assert saving == Saving(count)
        assert saving.is_durable
        assert tuple(shelf.kept(CALL)) == EVENTS[:count]
    assert recorder.close() == Saving(count)


def test_nothing_is_appended(shelf: Shelf) -> None:
    recorder = shelf.open(CALL)
    assert recorder.append(()) == Saving(0)
    assert recorder.append(BATCHES[0]) == recorder.append(())
    assert recorder.close() == Saving(len(BATCHES[0]))
    assert tuple(shelf.kept(CALL)) == BATCHES[0]


def test_what_cannot_be_kept_is_no_error_but_said(shelf: Shelf) -> None:
    recorder = shelf.open(CALL)
    recorder.append(BATCHES[0])
    shelf.close()
    waiting = 0
    for batch in BATCHES[1:5]:
        waiting += len(batch)
        saving = recorder.append(batch)
        assert not saving.is_durable
        assert (saving.saved, saving.waiting) == (len(BATCHES[0]), waiting)
        assert saving.problem
        assert saving.hint
    shelf.mend()
    recorder.close()


def test_what_waits_is_kept_as_soon_as_that_is_possible(shelf: Shelf) -> None:
    recorder = shelf.open(CALL)
    shelf.close()
    for batch in BATCHES[:4]:
        assert not recorder.append(batch).is_durable
    assert not recorder.append(()).is_durable
    shelf.mend()
    count = sum(map(len, BATCHES[:4]))
    assert recorder.append(()) == Saving(count)
    assert tuple(shelf.kept(CALL)) == EVENTS[:count]
    recorder.close()


def test_what_waited_comes_before_what_is_new(shelf: Shelf) -> None:
    recorder = shelf.open(CALL)
    shelf.close()
    recorder.append(BATCHES[0])
    shelf.mend()
    count = len(BATCHES[0]) + len(BATCHES[1])
    assert recorder.append(BATCHES[1]) == Saving(count)
    assert tuple(shelf.kept(CALL)) == EVENTS[:count]
    recorder.close()


def test_closing_keeps_what_waits(shelf: Shelf) -> None:
    recorder = shelf.open(CALL)
    shelf.close()
    recorder.append(BATCHES[0])
    shelf.mend()
    assert recorder.close() == Saving(len(BATCHES[0]))
    assert tuple(shelf.kept(CALL)) == BATCHES[0]


def test_closing_says_what_could_not_be_kept(shelf: Shelf) -> None:
    recorder = shelf.open(CALL)
    shelf.close()
    recorder.append(BATCHES[0])
    saving = recorder.close()
    assert (saving.saved, saving.waiting) == (0, len(BATCHES[0]))
    assert saving.problem
    assert saving.hint


def test_closing_again_is_harmless(shelf: Shelf) -> None:
    recorder = shelf.open(CALL)
    recorder.append(BATCHES[0])
    assert recorder.close() == recorder.close()


def test_one_call_has_one_recorder(shelf: Shelf) -> None:
    recorder = shelf.open(CALL)
    recorder.append(BATCHES[0])
    with pytest.raises(JournalBusy) as caught:
        shelf.open(CALL)
    assert caught.value.hint
    assert recorder.append(BATCHES[1]).is_durable
    recorder.close()
    shelf.open(CALL).close()


def test_a_recorder_that_was_never_used_holds_its_call(shelf: Shelf) -> None:
    recorder = shelf.open(CALL)
    with pytest.raises(JournalBusy):
        shelf.open(CALL)
    recorder.close()
    shelf.open(CALL).close()


def test_calls_are_not_in_each_others_way(shelf: Shelf) -> None:
    one, other = shelf.open(CALL), shelf.open(OTHER)
    for batch in BATCHES[:6]:
        assert one.append(batch).is_durable
        assert other.append(batch).is_durable
    one.close()
    other.close()
    assert shelf.kept(CALL) == shelf.kept(OTHER) == EVENTS[: sum(map(len, BATCHES[:6]))]


def test_a_call_that_is_taken_up_again_goes_on_where_it_was(shelf: Shelf) -> None:
    before, after = EVENTS[:20], EVENTS[20:30]
    recorder = shelf.open(CALL)
    recorder.append(before)
    recorder.close()
    recorder = shelf.open(CALL)
    assert recorder.append(after).is_durable
    recorder.close()
    assert tuple(shelf.kept(CALL)) == before + after


def test_a_call_that_is_taken_up_again_counts_all_its_events(shelf: Shelf) -> None:
    recorder = shelf.open(CALL)
    recorder.append(EVENTS[:20])
    recorder.close()
    recorder = shelf.open(CALL)
    assert recorder.append(EVENTS[20:30]) == Saving(30)
    assert recorder.close() == Saving(30)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["append", "append", "nothing", "break", "mend", "reopen"])))
def test_whatever_happens_all_is_kept_once_and_in_order(shelf: Shelf, steps: list[str]) -> None:
    call = new_call_id()
    recorder = shelf.open(call)
    batches = iter(BATCHES)
    given = 0
    for step in steps:
        match step:
            case "append":
                batch = next(batches, ())
                given += len(batch)
                saving = recorder.append(batch)
                assert len(shelf.kept(call)) >= given - saving.waiting
            case "nothing":
                recorder.append(())
            case "break":
                shelf.mend()
                shelf.close()
            case "mend":
                shelf.mend()
            case _:
                shelf.mend()
                assert recorder.close().is_durable
                recorder = shelf.open(call)
    shelf.mend()
    assert recorder.close().is_durable
    assert tuple(shelf.kept(call)) == EVENTS[:given]


# The journal's own


def test_the_journal_is_made_with_the_first_event(journal: Path) -> None:
    writer = CallWriter(journal, CALL, scripted_call().sources)
    assert not journal.exists()
    writer.append(BATCHES[0])
    assert journal.is_file()
    writer.close()


def test_events_of_one_append_are_kept_together_or_not_at_all(journal: Path) -> None:
    writer = CallWriter(journal, CALL, scripted_call().sources)
    writer.append(BATCHES[0])
    torn = (*BATCHES[1], *BATCHES[3])
    assert not writer.append(torn).is_durable
    writer.close()
    with Journal(journal) as opened:
        assert opened.events(CALL) == BATCHES[0]
        assert opened.verify().is_sound


def test_events_without_a_beginning_are_not_written(journal: Path) -> None:
    writer = CallWriter(journal, CALL, scripted_call().sources)
    saving = writer.append(BATCHES[3])
    writer.close()
    assert not saving.is_durable
    assert saving.hint
    assert read_all(journal).calls == ()


def test_everything_of_one_append_has_one_instant(journal: Path) -> None:
    instants = iter(["2026-11-23T09:30:00.000Z", "2026-11-23T09:30:01.000Z"])
    writer = CallWriter(journal, CALL, scripted_call().sources, now=lambda: next(instants))
    writer.append(BATCHES[0])
    writer.append(BATCHES[1])
    with Journal(journal) as opened:
        walls = [event.wall for event in opened.stored(CALL)]
    assert walls == ["2026-11-23T09:30:00.000Z"] * len(BATCHES[0]) + [
        "2026-11-23T09:30:01.000Z"
    ] * len(BATCHES[1])


def test_the_instant_is_written_in_utc_to_the_millisecond(journal: Path) -> None:
    call = write_call(journal, BATCHES[:1])
    with Journal(journal) as opened:
        for event in opened.stored(call):
            assert len(event.wall) == len("2026-11-23T09:30:00.000Z")
            assert event.wall.endswith("Z")


def test_text_that_no_encoding_takes_does_not_stop_the_call(journal: Path) -> None:
    """As a terminal hands it on that is set to another encoding."""
    count = len(BATCHES[0])
    odd = Heard(seq=count, at=1.0, speaker=Speaker.AGENT, text="caf\udce9", start=0.0, end=1.0)
    writer = CallWriter(journal, CALL, scripted_call().sources)
    writer.append(BATCHES[0])
    assert writer.append([odd]).is_durable
    assert writer.append([NoteWritten(seq=count + 1, at=2.0, text="x")]).is_durable
    writer.close()
    with Journal(journal) as opened:
        assert len(opened.events(CALL)) == count + 2


@pytest.mark.parametrize(
    ("kind", "version", "body"),
    [
        ("tomorrow", 7, b'{"kind":"tomorrow","seq":2,"at":1.5,"x":[1,"\xe6\x82\xa8"]}'),
        ("heard", 2, b'{"kind":"heard","seq":2,"at":1.5,"words":[]}'),
        ("tomorrow", 1, b'{ "kind" : "tomorrow", "seq" : 2, "at" : 1.50 }'),
    ],
)
def test_an_event_of_tomorrow_is_stored_again_as_it_was(
    journal: Path, kind: str, version: int, body: bytes
) -> None:
    """As where a call is copied that a later callcoach has written."""
    opening = BATCHES[0][:2]
    write_call(journal, [[*opening, decode(kind, version, body)]], CALL)
    with Journal(journal) as opened:
        stored = opened.stored(CALL)[2]
        assert (stored.kind, stored.version, stored.body) == (kind, version, body)
        assert opened.events(CALL)[2] == decode(kind, version, body)


def test_a_writer_may_be_closed_by_another_thread(journal: Path) -> None:
    writer = CallWriter(journal, CALL, scripted_call().sources)
    writer.append(BATCHES[0])
    found: list[Saving] = []
    thread = threading.Thread(target=lambda: found.append(writer.close()))
    thread.start()
    thread.join()
    assert found == [Saving(len(BATCHES[0]))]
    assert not is_being_written(journal, CALL)


def test_the_lock_is_for_its_owner_alone(journal: Path) -> None:
    writer = CallWriter(journal, CALL, ())
    (lock,) = (journal.parent / "locks").iterdir()
    assert mode_of(lock) == 0o600
    assert mode_of(lock.parent) == 0o700
    writer.close()


def test_asking_who_writes_a_call_makes_nothing(journal: Path) -> None:
    assert not is_being_written(journal, CALL)
    assert not journal.parent.exists()


def test_a_call_is_being_written_from_opening_to_closing(journal: Path) -> None:
    writer = CallWriter(journal, CALL, ())
    assert is_being_written(journal, CALL)
    assert not is_being_written(journal, OTHER)
    writer.close()
    assert not is_being_written(journal, CALL)


def test_a_disk_that_knows_no_locks_does_not_stop_the_call(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_handle: int, _operation: int) -> None:
        raise OSError(errno.EOPNOTSUPP, "no locks here")

    monkeypatch.setattr(fcntl, "flock", refuse)
    writer = CallWriter(journal, CALL, scripted_call().sources)
    assert writer.append(BATCHES[0]).is_durable
    writer.close()


def test_a_writer_that_got_no_lock_at_first_gets_it_before_it_writes(own_folder: Path) -> None:
    """Otherwise two of them would write the same call."""
    path = own_folder / "journal.db"
    with ordinary_user():
        own_folder.chmod(0o500)
        writer = CallWriter(path, CALL, scripted_call().sources)
        assert not writer.append(BATCHES[0]).is_durable
        own_folder.chmod(0o700)
        assert writer.append(()).is_durable
        is_held = is_being_written(path, CALL)
        writer.close()
        assert is_held


# More than one process


def is_free(path: Path, call: CallId) -> bool:
    """Tell whether nobody writes a call."""
    return not is_being_written(path, call)


def test_two_processes_cannot_write_one_call(journal: Path, pool: Pool) -> None:
    child = pool.start(Order(task="own_call", journal=str(journal), call=CALL))
    assert child.expect().shown == len(BATCHES[0])
    assert is_being_written(journal, CALL)
    with pytest.raises(JournalBusy) as caught:
        CallWriter(journal, CALL, scripted_call().sources)
    assert CALL in caught.value.message
    assert caught.value.hint
    child.go_on()
    child.expect()
    writer = CallWriter(journal, CALL, scripted_call().sources)
    assert writer.append(BATCHES[1]).is_durable
    writer.close()


def test_a_killed_process_frees_its_call_at_once(journal: Path, pool: Pool) -> None:
    for _ in range(20):
        call = new_call_id()
        child = pool.start(Order(task="own_call", journal=str(journal), call=call))
        child.expect()
        assert is_being_written(journal, call)
        child.kill()
        wait_until(partial(is_free, journal, call), "the lock is let go")
        writer = CallWriter(journal, call, scripted_call().sources)
        assert writer.append(BATCHES[1]).is_durable
        writer.close()
        with Journal(journal) as opened:
            assert opened.events(call) == BATCHES[0] + BATCHES[1]


def test_four_processes_write_many_calls(journal: Path, pool: Pool) -> None:
    """None of them fails; the disk decides how often one answers that it waits for another."""
    order = Order(task="many_calls", journal=str(journal), calls=CALLS_EACH)
    children = [pool.start(order) for _ in range(4)]
    for child in children:
        child.expect()
    for child in children:
        child.go_on()
    written = {call for child in children for call in child.expect().calls}
    assert len(written) == 4 * CALLS_EACH
    expected = EVENTS[: sum(map(len, BATCHES[:6]))]
    content = read_all(journal)
    assert {call.id for call in content.calls} == written
    assert set(content.events) == {expected}
    with Journal(journal) as opened:
        assert opened.verify().is_sound


def test_the_log_does_not_grow_for_ever(journal: Path) -> None:
    for _ in range(12):
        write_call(journal)
    with closing(sqlite3.connect(journal)) as reader:
        reader.execute("SELECT count(*) FROM event").fetchone()
        log = journal.with_name("journal.db-wal")
        assert log.stat().st_size < 8 << 20
