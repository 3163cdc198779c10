"""The contract of `call.ports.Recorder`, which the journal and the tests' fake keep alike."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callcoach.archive.ids import CallId, new_call_id
from callcoach.archive.journal import Journal
from callcoach.archive.writer import CallWriter
from callcoach.call.events import Event
from callcoach.call.ports import Recorder, Saving
from callcoach.errors import JournalBusy
from tests.archive.support import CALL, MemoryRecorder, MemoryStore, scripted_call, write_call

OTHER = CallId("0199aaaa-bbbb-7ccc-8ddd-eeeeffff0001")
BATCHES = scripted_call().batches
EVENTS = scripted_call().events

pytestmark = pytest.mark.usefixtures("short_waits")


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


@pytest.fixture(params=["journal", "memory"])
def shelf(request: pytest.FixtureRequest, journal: Path) -> Iterator[Shelf]:
    """Return each kind of shelf there is."""
    made: Shelf = JournalShelf(journal) if request.param == "journal" else MemoryShelf()
    yield made
    made.mend()


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
