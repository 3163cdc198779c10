"""Tests that what was shown as saved survives `kill -9`, at whatever moment it comes."""

import os
import random
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from callcoach.archive.ids import CallId, new_call_id
from callcoach.archive.journal import Journal
from callcoach.archive.rescue import find_rescue_files, read_rescue
from callcoach.archive.writer import CallWriter, import_rescue
from callcoach.call.events import Event
from callcoach.call.session import Session
from tests.archive.pool import Child, Order, Pool, Report
from tests.archive.support import chances, scripted_call, wait_until, write_call

KILLS = int(os.environ.get("CALLCOACH_KILLS", "24"))
"""How often the process is killed; 200 for the figure in the documentation."""
RESCUES = KILLS // 2
CALLS_OF_ONE_JOURNAL = 10


def kill_somewhere(child: Child, chance: random.Random, *, is_early: bool = False) -> Report:
    """Kill a child at a random point of its call; return the last thing that it showed."""
    last = Report()
    for _ in range(0 if is_early else chance.randrange(1, len(scripted_call().batches) - 1)):
        last = child.expect()
    spin(chance.uniform(0, 0.012 if is_early else 0.002))
    child.kill()
    return (*[last], *child.rest())[-1]


def spin(seconds: float) -> None:
    """Let the child go on for a moment that has nothing to do with its steps."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


def stored(journal: Path, call: CallId) -> Sequence[Event]:
    """Return the events of a call; none where it never came into the journal."""
    if not is_made(journal):
        return ()
    with Journal(journal) as opened:
        return opened.events(call)


def is_sound(journal: Path) -> bool:
    """Tell whether a journal verifies; one that was never made is no worse."""
    if not is_made(journal):
        return True
    with Journal(journal) as opened:
        return opened.verify().is_sound


def is_made(journal: Path) -> bool:
    """Tell whether a journal was killed before or after it was made."""
    if not journal.is_file():
        return False
    with closing(sqlite3.connect(journal)) as db:
        return bool(db.execute("SELECT 1 FROM sqlite_master WHERE name = 'call'").fetchone())


def finish(journal: Path, call: CallId, events: Sequence[Event]) -> None:
    """Take a call up again where it was and make it to its end."""
    scripted = scripted_call()
    writer = CallWriter(journal, call, scripted.sources)
    done = list(scripted.states).index(len(events)) if events else -1
    if events:
        session = Session(scripted.coach, events)
        assert session.state == scripted.states[len(events)]
    else:
        session, opening = Session.start(scripted.coach, scripted.started)
        assert writer.append(opening).is_durable
        done = 0
    rest = [event for beat in scripted.beats[done:] for event in session.feed(beat.given, beat.at)]
    assert writer.append(rest).is_durable
    writer.close()
    assert session.state == scripted.states[len(scripted.events)]


def test_no_event_that_was_shown_is_lost_when_the_process_is_killed(
    pool: Pool, tmp_path: Path
) -> None:
    scripted = scripted_call()
    chance = chances(17)
    unfinished = shown = 0
    for number in range(KILLS):
        journal = tmp_path / f"{number // CALLS_OF_ONE_JOURNAL}" / "journal.db"
        call = new_call_id()
        child = pool.start(Order(task="live_call", journal=str(journal), call=call))
        is_early = number % CALLS_OF_ONE_JOURNAL == 0
        last = kill_somewhere(child, chance, is_early=is_early)
        assert is_sound(journal)
        events = stored(journal, call)
        assert len(events) >= last.shown
        assert tuple(events) == scripted.events[: len(events)]
        assert not events or len(events) in scripted.states
        finish(journal, call, events)
        assert tuple(stored(journal, call)) == scripted.events
        unfinished += len(events) < len(scripted.events)
        shown += last.shown
        pool.clear()
    assert all(map(is_sound, tmp_path.glob("*/journal.db")))
    assert unfinished > KILLS * 3 // 4
    assert shown > KILLS * 10


def test_this_would_show_events_that_are_shown_too_early(pool: Pool, tmp_path: Path) -> None:
    chance = chances(18)
    lost = 0
    for number in range(10):
        journal = tmp_path / f"{number}" / "journal.db"
        call = new_call_id()
        child = pool.start(Order(task="rash_call", journal=str(journal), call=call))
        last = kill_somewhere(child, chance)
        lost += last.shown - len(stored(journal, call))
        pool.clear()
    assert lost > 0


def test_no_event_that_was_shown_as_rescued_is_lost_when_the_process_is_killed(
    pool: Pool, tmp_path: Path
) -> None:
    scripted = scripted_call()
    chance = chances(19)
    rescued = 0
    journal = tmp_path / "data" / "journal.db"
    write_call(journal, scripted.batches[:1])
    for number in range(RESCUES):
        folder = tmp_path / f"rescue-{number}"
        call = new_call_id()
        locking = pool.start(Order(task="lock_journal", journal=str(journal)))
        locking.expect()
        order = Order(task="hasty_call", journal=str(journal), call=call, rescue=str(folder))
        last = kill_somewhere(pool.start(order), chance)
        pool.clear()
        wait_until(lambda: is_writable(journal), "the lock is let go")
        found = find_rescue_files((folder,))
        if last.rescued:
            (file,) = found
            read = read_rescue(file)
            assert read.call == call
            assert len(read.events) >= last.rescued
            assert import_rescue(journal, read) == len(read.events)
            events = stored(journal, call)
            assert tuple(events) == scripted.events[: len(events)]
            assert len(events) == len(read.events)
        rescued += last.rescued
    assert is_sound(journal)
    assert rescued > RESCUES * 10


def is_writable(journal: Path) -> bool:
    """Tell whether nobody holds the journal."""
    writer = CallWriter(journal, new_call_id(), ())
    writer.append(scripted_call().batches[0])
    return writer.close().is_durable
