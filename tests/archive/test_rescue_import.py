"""Tests of taking a rescue file back into the journal."""

from dataclasses import replace
from pathlib import Path

import pytest

from callcoach.archive.journal import Journal
from callcoach.archive.rescue import Rescued, RescueFile, read_rescue
from callcoach.archive.writer import CallWriter, import_rescue, is_being_written
from callcoach.call.events import NoteWritten
from callcoach.errors import JournalBusy, JournalDamaged, StorageError
from tests.archive.support import CALL, as_stored, read_all, scripted_call, write_call

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
