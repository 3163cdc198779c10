"""Tests of calls that the journal cannot take: they go on, and nothing is lost."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Protocol

import pytest

from callcoach.archive import writer as writer_module
from callcoach.archive.chain import StoredEvent
from callcoach.archive.ids import CallId
from callcoach.archive.insert import insert_events
from callcoach.archive.journal import Journal
from callcoach.archive.rescue import find_rescue_files, read_rescue
from callcoach.archive.writer import CallWriter, import_rescue
from callcoach.call.events import NoteWritten
from callcoach.call.live import LiveCall
from callcoach.call.session import Session
from callcoach.script.load import PackFiles
from tests.archive.pool import Order, Pool
from tests.archive.support import (
    CALL,
    as_stored,
    bodies,
    fill,
    ordinary_user,
    scripted_call,
    small_disk,
    write_call,
)

BATCHES = scripted_call().batches
EVENTS = scripted_call().events
SOURCES = scripted_call().sources

pytestmark = pytest.mark.usefixtures("short_waits")


# Causes


class Cause(Protocol):
    """Something that keeps a journal from being written."""

    said: str
    """What the answer must tell of it."""

    def begin(self, journal: Path) -> None:
        """Let it happen."""
        ...

    def end(self, journal: Path) -> None:
        """Let it be over."""
        ...


class FullDisk:
    """A real disk, full to the last byte."""

    said = "full"

    def begin(self, journal: Path) -> None:
        """Fill the disk."""
        fill(journal.parent)

    def end(self, journal: Path) -> None:
        """Free some space."""
        (journal.parent / "ballast").unlink()


class FullDatabase:
    """A journal that SQLite lets grow no further, as if its disk were full."""

    said = "full"

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch

    def begin(self, journal: Path) -> None:
        """Allow not one page more than there is now, and let every event need one."""

        def insert(
            db: sqlite3.Connection,
            call: CallId,
            events: Sequence[StoredEvent],
            sources: Sequence[PackFiles],
        ) -> None:
            db.execute("PRAGMA max_page_count = 1")
            db.execute(
                "CREATE TEMP TRIGGER large AFTER INSERT ON main.event BEGIN"
                " INSERT INTO script VALUES (hex(randomblob(9)), '', '', zeroblob(100000)); END"
            )
            insert_events(db, call, events, sources)

        self._patch.setattr(writer_module, "insert_events", insert)

    def end(self, journal: Path) -> None:
        """Let it grow again."""
        self._patch.setattr(writer_module, "insert_events", insert_events)


class ReadOnly:
    """A folder and files that may not be written."""

    said = ""

    def begin(self, journal: Path) -> None:
        """Take the rights away."""
        for path in sorted(journal.parent.rglob("*"), reverse=True):
            path.chmod(0o500 if path.is_dir() else 0o400)
        journal.parent.chmod(0o500)

    def end(self, journal: Path) -> None:
        """Give the rights back."""
        journal.parent.chmod(0o700)
        for path in sorted(journal.parent.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)


class Locked:
    """A journal that another process has locked."""

    said = "another program"

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def begin(self, journal: Path) -> None:
        """Lock it."""
        self._child = self._pool.start(Order(task="lock_journal", journal=str(journal)))
        self._child.expect()

    def end(self, journal: Path) -> None:
        """Let it go."""
        self._child.go_on()
        self._child.expect()


class Damaged:
    """A file that is no journal any more; a backup puts it right."""

    said = "damaged"

    def begin(self, journal: Path) -> None:
        """Write over it."""
        journal.rename(journal.with_name("backup.db"))
        journal.write_bytes(b"\xa5" * 50_000)

    def end(self, journal: Path) -> None:
        """Restore the backup."""
        journal.with_name("backup.db").replace(journal)


CAUSES = ["full disk", "full database", "read-only", "locked", "damaged"]


@contextmanager
def acting_on(cause: Cause) -> Iterator[None]:
    """Act as a user whom the cause concerns."""
    with ordinary_user() if isinstance(cause, ReadOnly) else ExitStack():
        yield


@pytest.fixture(params=CAUSES)
def cause(
    request: pytest.FixtureRequest,
    pool: Pool,
    monkeypatch: pytest.MonkeyPatch,
    data: Path,
) -> Iterator[Cause]:
    """Return every cause; a disk that cannot be mounted is played by a database's limit."""
    match request.param:
        case "full disk":
            with small_disk(data, 4000) as is_mounted:
                yield FullDisk() if is_mounted else FullDatabase(monkeypatch)
        case "full database":
            yield FullDatabase(monkeypatch)
        case "read-only":
            yield ReadOnly()
        case "locked":
            yield Locked(pool)
        case _:
            yield Damaged()


@pytest.fixture
def data(own_folder: Path) -> Path:
    """Return the folder of the journal."""
    folder = own_folder / "data"
    with ordinary_user():
        folder.mkdir(mode=0o700)
    return folder


class StoppedClock:
    """A clock that nobody asks."""

    def now(self) -> float:
        """Return the end of the call."""
        return EVENTS[-1].at


def test_the_call_goes_on_and_nothing_is_lost(cause: Cause, own_folder: Path, data: Path) -> None:
    scripted = scripted_call()
    rescue = own_folder / "rescue"
    path = data / "journal.db"
    with acting_on(cause):
        write_call(path)
        cause.begin(path)
        session, opening = Session.start(scripted.coach, scripted.started)
        writer = CallWriter(path, CALL, SOURCES, (rescue,))
        live = LiveCall(session, opening, writer, StoppedClock())
        for beat in (None, *scripted.beats):
            if beat is not None:
                live.feed(beat.given, beat.at)
            saving = live.saving
            assert not saving.is_durable
            assert (saving.saved, saving.waiting) == (0, len(live.events))
            assert cause.said in saving.problem
            assert saving.problem
            assert saving.hint
            kept = read_rescue(Path(saving.rescue))
            assert (kept.call, kept.sources, kept.is_whole) == (CALL, SOURCES, True)
            assert bodies(kept.events) == bodies(as_stored(live.events))
        assert tuple(live.events) == scripted.events
        assert live.session.state == scripted.states[len(scripted.events)]
        assert find_rescue_files((rescue,)) == (Path(saving.rescue),)
        cause.end(path)
        live.tick()
        assert live.saving.saved == len(live.events)
        assert live.saving.is_durable
        assert not live.saving.problem
        assert list(rescue.iterdir()) == []
        live.close()
        with Journal(path) as journal:
            assert journal.events(CALL) == tuple(live.events)
            assert journal.verify().is_sound


def test_a_call_that_had_begun_goes_on_and_nothing_is_lost(
    cause: Cause, own_folder: Path, data: Path
) -> None:
    rescue = own_folder / "rescue"
    path = data / "journal.db"
    with acting_on(cause):
        write_call(path, BATCHES[:9], CALL)
        before = sum(map(len, BATCHES[:9]))
        cause.begin(path)
        writer = CallWriter(path, CALL, SOURCES, (rescue,))
        for batch in BATCHES[9:]:
            saving = writer.append(batch)
        assert saving.waiting == len(EVENTS) - before
        kept = read_rescue(Path(saving.rescue))
        assert bodies(kept.events) == bodies(as_stored(EVENTS[before:]))
        cause.end(path)
        assert writer.append(()).is_durable
        assert list(rescue.iterdir()) == []
        writer.close()
        with Journal(path) as journal:
            assert journal.events(CALL) == EVENTS
            assert journal.verify().is_sound


@pytest.mark.parametrize("cause", ["full disk", "full database", "locked"], indirect=True)
def test_a_cause_may_come_and_go_in_the_middle_of_a_call(
    cause: Cause, own_folder: Path, data: Path
) -> None:
    rescue = own_folder / "rescue"
    path = data / "journal.db"
    writer = CallWriter(path, CALL, SOURCES, (rescue,))
    assert writer.append(BATCHES[0]).is_durable
    count = len(BATCHES[0])
    for number, batch in enumerate(BATCHES[1:41]):
        match number % 10:
            case 3:
                cause.begin(path)
            case 8:
                cause.end(path)
            case _:
                pass
        count += len(batch)
        saving = writer.append(batch)
        assert saving.saved + saving.waiting == count
        assert bool(saving.rescue) != saving.is_durable
    assert saving.is_durable
    assert writer.close().is_durable
    assert list(rescue.iterdir()) == []
    with Journal(path) as journal:
        assert journal.events(CALL) == EVENTS[:count]
        assert journal.verify().is_sound


def test_a_disk_that_fills_up_by_itself_loses_nothing(own_folder: Path, data: Path) -> None:
    """The rescue folder is on the full disk, too, then on another."""
    path = data / "journal.db"
    with small_disk(data, 1200) as is_mounted:
        if not is_mounted:
            (data / "rescue").write_text("no folder can be made here")
        writer = CallWriter(path, CALL, SOURCES, (data / "rescue", own_folder / "rescue"))
        assert writer.append(BATCHES[0]).is_durable
        count = seq = len(BATCHES[0])
        note = "x" * 5000
        while (saving := writer.append([NoteWritten(seq=seq, at=1.0, text=note)])).is_durable:
            count = seq = seq + 1
            if not is_mounted and count > 50:
                with closing(sqlite3.connect(path)) as db:
                    db.execute("BEGIN EXCLUSIVE")
                    saving = writer.append([NoteWritten(seq=seq, at=1.0, text=note)])
                break
        assert saving.saved == count
        assert saving.waiting == 1
        kept = read_rescue(Path(saving.rescue))
        assert [event.seq for event in kept.events] == [count]
        with Journal(path) as journal:
            assert journal.verify().is_sound
            assert len(journal.events(CALL)) == count
        writer.close()


def test_where_no_folder_takes_the_rescue_file_the_call_goes_on(
    journal: Path, tmp_path: Path, pool: Pool
) -> None:
    write_call(journal, BATCHES[:1])
    in_the_way = tmp_path / "file"
    in_the_way.write_text("in the way")
    cause = Locked(pool)
    cause.begin(journal)
    writer = CallWriter(journal, CALL, SOURCES, (in_the_way, in_the_way / "deeper"))
    for batch in BATCHES[:4]:
        saving = writer.append(batch)
    assert (saving.saved, saving.rescue) == (0, "")
    assert saving.waiting == sum(map(len, BATCHES[:4]))
    cause.end(journal)
    assert writer.append(()).is_durable
    writer.close()
    assert in_the_way.read_text() == "in the way"


def test_the_first_folder_that_takes_it_gets_the_rescue_file(journal: Path, tmp_path: Path) -> None:
    write_call(journal, BATCHES[:1])
    in_the_way = tmp_path / "file"
    in_the_way.write_text("in the way")
    good, spare = tmp_path / "a" / "b", tmp_path / "spare"
    with closing(sqlite3.connect(journal)) as db:
        db.execute("BEGIN EXCLUSIVE")
        writer = CallWriter(journal, CALL, SOURCES, (in_the_way, good, spare))
        saving = writer.append(BATCHES[0])
    assert Path(saving.rescue).parent == good
    assert not spare.exists()
    writer.close()


def test_a_call_that_ends_while_it_waits_leaves_its_rescue_file(
    journal: Path, tmp_path: Path
) -> None:
    write_call(journal, BATCHES[:1])
    with closing(sqlite3.connect(journal)) as db:
        db.execute("BEGIN EXCLUSIVE")
        writer = CallWriter(journal, CALL, SOURCES, (tmp_path / "rescue",))
        for batch in BATCHES:
            writer.append(batch)
        saving = writer.close()
    assert not saving.is_durable
    (file,) = find_rescue_files((tmp_path / "rescue",))
    assert Path(saving.rescue) == file
    assert import_rescue(journal, read_rescue(file)) == len(EVENTS)
    with Journal(journal) as opened:
        assert opened.events(CALL) == EVENTS
        assert opened.sources(scripted_call().started.digest) == SOURCES
