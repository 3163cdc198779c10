"""Tests of writing calls into the journal, from one process and from several."""

import errno
import fcntl
import sqlite3
import threading
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from callcoach.archive.ids import CallId, new_call_id
from callcoach.archive.journal import Journal
from callcoach.archive.writer import CallWriter, is_being_written
from callcoach.call.events import Heard, NoteWritten, decode
from callcoach.call.ports import Saving
from callcoach.errors import JournalBusy
from callcoach.script.model import Speaker
from tests.archive.pool import Order, Pool
from tests.archive.support import (
    CALL,
    mode_of,
    ordinary_user,
    read_all,
    scripted_call,
    wait_until,
    write_call,
)

OTHER = CallId("0199aaaa-bbbb-7ccc-8ddd-eeeeffff0001")
CALLS_EACH = 12

BATCHES = scripted_call().batches
EVENTS = scripted_call().events

pytestmark = pytest.mark.usefixtures("short_waits")


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
        ("heard", 99, b'{"kind":"heard","seq":2,"at":1.5,"words":[]}'),
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
