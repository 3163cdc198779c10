"""A call is counted when it ends, and only then."""

from pathlib import Path

from callcoach.archive.counted import Counted
from callcoach.archive.ids import new_call_id
from callcoach.call.inputs import EndCall
from callcoach.cli.counting_writer import CountingWriter
from callcoach.reports.kept import COUNTED
from tests.archive.exports import INPUTS, call_of, example


def test_a_call_is_counted_once_it_has_ended(tmp_path: Path) -> None:
    journal, call, events = tmp_path / "journal.db", new_call_id(), call_of(*INPUTS).events
    assert isinstance(INPUTS[-1][1], EndCall)
    open_yet = len(call_of(*INPUTS[:-1]).events)
    for upto, kept in ((open_yet, set()), (len(events), {call})):
        writer = CountingWriter(journal, call, (), (), example())
        writer.append(events[open_yet if kept else 0 : upto])
        assert writer.close().is_durable
        with Counted(journal) as counted:
            assert set(counted.bodies(COUNTED)) == kept


def test_a_journal_that_cannot_be_written_is_told_of_by_the_writer_alone(tmp_path: Path) -> None:
    journal, call = tmp_path / "journal.db", new_call_id()
    journal.mkdir()
    writer = CountingWriter(journal, call, (), (tmp_path / "rescue",), example())
    writer.append(call_of(*INPUTS).events)
    assert not writer.close().is_durable
