"""What the child processes of the tests do."""

import sqlite3
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn

import pytest

from callcoach.archive import writer as writer_module
from callcoach.archive.ids import CallId, new_call_id
from callcoach.archive.writer import CallWriter
from callcoach.call.live import LiveCall
from callcoach.call.ports import Saving
from callcoach.call.session import Session
from tests.archive.pool import Line, Order, Report
from tests.archive.support import scripted_call, wait_until


class StoppedClock:
    """A clock that nobody asks: every beat of the scripted call brings its time."""

    def now(self) -> float:
        """Return the beginning of the call."""
        return 0.0


def _writer(order: Order) -> CallWriter:
    folders = (Path(order.rescue),) if order.rescue else ()
    return CallWriter(Path(order.journal), CallId(order.call), scripted_call().sources, folders)


def _say(live: LiveCall, line: Line) -> None:
    """Show events as saved, or as safe, only now that the recorder has said so."""
    if live.saving.is_durable:
        line.say(Report(shown=len(live.events)))
    elif live.saving.rescue:
        line.say(Report(rescued=len(live.events)))


def live_call(order: Order, line: Line) -> None:
    """Make the scripted call, showing every event once it is saved."""
    scripted = scripted_call()
    writer = _writer(order)
    session, opening = Session.start(scripted.coach, scripted.started)
    live = LiveCall(session, opening, writer, StoppedClock())
    _say(live, line)
    for beat in scripted.beats:
        live.feed(beat.given, beat.at)
        _say(live, line)


def hasty_call(order: Order, line: Line) -> None:
    """Do as `live_call`, but wait for nobody who locks the journal."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer_module, "LIVE_BUSY_MS", 0)
        live_call(order, line)


def rash_call(order: Order, line: Line) -> None:
    """Do as `live_call`, but show events before they are saved: what must never happen."""
    shown = 0
    writer = _writer(order)
    for batch in scripted_call().batches:
        shown += len(batch)
        line.say(Report(shown=shown))
    writer.append(scripted_call().events)


def own_call(order: Order, line: Line) -> None:
    """Open a call for writing and keep it open."""
    writer = _writer(order)
    line.say(Report(shown=writer.append(scripted_call().batches[0]).saved))
    line.wait()
    line.say(Report(shown=writer.close().saved))


def lock_journal(order: Order, line: Line) -> None:
    """Lock the whole journal until told to go on."""
    db = sqlite3.connect(order.journal, isolation_level=None)
    db.execute("BEGIN EXCLUSIVE")
    line.say(Report())
    line.wait()
    db.execute("ROLLBACK")
    db.close()
    line.say(Report())


def many_calls(order: Order, line: Line) -> None:
    """Write calls one after the other; begins, with the others, when told to."""
    batches = scripted_call().batches[:6]
    written: list[str] = []
    line.say(Report())
    line.wait()
    for _ in range(order.calls):
        call = new_call_id()
        writer = CallWriter(Path(order.journal), call, scripted_call().sources)
        for batch in batches:
            saving = writer.append(batch)
            assert saving.is_durable or "another program" in saving.problem, saving
        wait_until(lambda: writer.append(()).is_durable, "the journal is free")  # noqa: B023 - at once
        assert writer.close() == Saving(sum(map(len, batches)))
        written.append(call)
    line.say(Report(calls=tuple(written)))


def write_on(order: Order, line: Line) -> None:
    """Write one call after the other until killed, saying when each is written."""
    while True:
        call = new_call_id()
        writer = CallWriter(Path(order.journal), call, scripted_call().sources)
        for batch in scripted_call().batches:
            assert writer.append(batch).is_durable
        writer.close()
        line.say(Report(calls=(call,)))


_TASKS: Mapping[str, Callable[[Order, Line], None]] = {
    task.__name__: task
    for task in (live_call, hasty_call, rash_call, own_call, lock_journal, many_calls, write_on)
}

scripted_call()  # so that a child that is forked has it already


def run(order: Order, line: Line) -> NoReturn:
    """Carry out an order in this process, which then lives until it is killed or left alone."""
    try:
        _TASKS[order.task](order, line)
    except BaseException:  # noqa: BLE001 - the process's boundary: whoever started it must hear
        line.say(Report(error=traceback.format_exc()))
    while True:
        line.wait()
