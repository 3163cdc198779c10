"""Tests of taking a rescue file back into the journal."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from filelock import FileLock

from callcoach.archive.ids import CallId
from callcoach.archive.journal import Journal
from callcoach.archive.rescue import Rescued, RescueFile, read_rescue
from callcoach.archive.writer import (
    CallWriter,
    import_rescue,
    is_being_written,
    lock_call,
    take_back,
)
from callcoach.call.events import NoteWritten
from callcoach.errors import JournalBusy, JournalDamaged, JournalUnwritable, StorageError
from tests.archive.support import (
    CALL,
    as_stored,
    ordinary_user,
    read_all,
    scripted_call,
    write_call,
)

BATCHES = scripted_call().batches
EVENTS = scripted_call().events
SOURCES = scripted_call().sources


def test_a_rescue_file_is_taken_back(journal: Path, rescue: Path) -> None:
    rescued = read_rescue(rescue)
    assert rescued == Rescued(CALL, SOURCES, tuple(as_stored(EVENTS[:30])), is_whole=True)
    assert import_rescue(journal, rescued) == 30
    with Journal(journal) as opened:
        assert opened.events(CALL) == EVENTS[:30]
        assert opened.verify().is_sound
        assert {event.wall for event in opened.stored(CALL)} == {"2026-11-23T09:30:00.000Z"}


def test_taking_it_back_twice_is_harmless(journal: Path, rescue: Path) -> None:
    import_rescue(journal, read_rescue(rescue))
    before = read_all(journal)
    assert import_rescue(journal, read_rescue(rescue)) == 0
    assert read_all(journal) == before


def test_it_goes_on_where_the_journal_broke_off(journal: Path, rescue: Path) -> None:
    write_call(journal, BATCHES[:3], CALL)
    before = sum(map(len, BATCHES[:3]))
    assert import_rescue(journal, read_rescue(rescue)) == 30 - before
    with Journal(journal) as opened:
        assert opened.events(CALL) == EVENTS[:30]
        assert opened.verify().is_sound


def test_a_journal_that_has_more_already_is_left_alone(journal: Path, rescue: Path) -> None:
    write_call(journal, call=CALL)
    before = read_all(journal)
    assert import_rescue(journal, read_rescue(rescue)) == 0
    assert read_all(journal) == before


def test_events_that_do_not_follow_are_refused(journal: Path, tmp_path: Path) -> None:
    write_call(journal, BATCHES[:1], CALL)
    before = read_all(journal)
    file = RescueFile(CALL, SOURCES, (tmp_path,))
    assert file.keep(as_stored(EVENTS[20:30]))
    assert file.path is not None
    with pytest.raises(JournalDamaged) as caught:
        import_rescue(journal, read_rescue(file.path))
    assert caught.value.hint
    assert read_all(journal) == before


def test_events_of_another_course_of_the_call_are_refused(journal: Path, rescue: Path) -> None:
    """The call was taken up and went on differently: the two must not be mixed."""
    write_call(journal, BATCHES[:3], CALL)
    seq = sum(map(len, BATCHES[:3]))
    writer = CallWriter(journal, CALL, SOURCES)
    assert writer.append([NoteWritten(seq=seq, at=1.0, text="went on")]).is_durable
    writer.close()
    before = read_all(journal)
    with pytest.raises(StorageError):
        import_rescue(journal, read_rescue(rescue))
    assert read_all(journal) == before


def test_a_call_that_is_being_written_is_not_taken_back(journal: Path, rescue: Path) -> None:
    writer = CallWriter(journal, CALL, SOURCES)
    with pytest.raises(JournalBusy):
        import_rescue(journal, read_rescue(rescue))
    writer.close()
    assert import_rescue(journal, read_rescue(rescue)) == 30


@pytest.mark.parametrize("content", [b"\xa5" * 5000, b""])
def test_a_call_is_let_go_when_it_cannot_be_taken_back(
    journal: Path, rescue: Path, content: bytes
) -> None:
    journal.parent.mkdir()
    journal.write_bytes(content)
    rescued = read_rescue(rescue)
    if not content:
        rescued = replace(rescued, events=rescued.events[1:])
    with pytest.raises(StorageError):
        import_rescue(journal, rescued)
    with pytest.raises(StorageError) as caught:
        import_rescue(journal, rescued)
    assert not is_being_written(journal, CALL), caught.value


def test_the_lock_is_let_go_by_whoever_took_it(
    journal: Path, rescue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not only when nobody refers to it any more, as Python has it on most machines."""
    taken: list[FileLock] = []

    def lock(path: Path, call: CallId) -> FileLock:
        taken.append(lock_call(path, call))
        return taken[-1]

    monkeypatch.setattr("callcoach.archive.writer.lock_call", lock)
    import_rescue(journal, read_rescue(rescue))
    assert [it.is_locked for it in taken] == [False]


def test_a_folder_that_takes_no_locks_is_told_as_any_that_takes_nothing(
    own_folder: Path, rescue: Path
) -> None:
    rescued = read_rescue(rescue)
    with ordinary_user():
        locked = own_folder / "locked"
        locked.mkdir(mode=0o500)
        with pytest.raises(JournalUnwritable):
            import_rescue(locked / "journal.db", rescued)


def test_what_was_written_until_the_call_was_let_go_is_taken_back_too(
    journal: Path, rescue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = [FileAtWork(rescue, 30), FileAtWork(rescue, 31)]

    def lock(path: Path, call: CallId) -> FileLock:
        if waiting:
            waiting.pop(0).write_on()
        return lock_call(path, call)

    monkeypatch.setattr("callcoach.archive.writer.lock_call", lock)
    assert take_back(journal, rescue) == (CALL, 32)
    assert not rescue.exists()
    with Journal(journal) as opened:
        assert opened.events(CALL) == EVENTS[:32]


@dataclass(slots=True)
class FileAtWork:
    """A rescue file to which another process writes."""

    path: Path
    seq: int

    def write_on(self) -> None:
        """Add the next event as the writer of a call does."""
        other = RescueFile(CALL, SOURCES, (self.path.parent / "other",))
        assert other.keep(as_stored(EVENTS[self.seq : self.seq + 1]))
        assert other.path is not None
        with self.path.open("ab") as file:
            file.write(other.path.read_bytes().split(b"\n", 1)[1])
        other.drop()


def test_a_file_is_kept_where_that_is_wanted_and_where_it_cannot_be_taken_back(
    journal: Path, rescue: Path
) -> None:
    writer = CallWriter(journal, CALL, SOURCES)
    with pytest.raises(JournalBusy):
        take_back(journal, rescue)
    writer.close()
    assert take_back(journal, rescue, keep=True) == (CALL, 30)
    assert take_back(journal, rescue, keep=True) == (CALL, 0)
    assert rescue.exists()


def test_a_file_that_cannot_be_deleted_is_told_and_what_it_holds_is_in_the_journal(
    own_folder: Path,
) -> None:
    with ordinary_user():
        folder = own_folder / "rescue"
        file = RescueFile(CALL, SOURCES, (folder,))
        assert file.keep(as_stored(EVENTS[:30]))
        assert file.path is not None
        folder.chmod(0o500)
        with pytest.raises(StorageError, match="is in the journal now") as told:
            take_back(own_folder / "journal.db", file.path)
        assert "--keep" in told.value.hint
        assert len(read_all(own_folder / "journal.db").events[0]) == 30


def test_a_file_without_an_end_is_none(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("callcoach.archive.rescue._MOST", 1000)
    with pytest.raises(StorageError, match="larger than 1,000 bytes"):
        take_back(journal, Path("/dev/zero"))
