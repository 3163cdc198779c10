"""A call in figures: what was owed, met and flagged, where it went and what was scored."""

import pytest

from callcoach.archive.export.record import CallRecord
from callcoach.archive.ids import CallId
from callcoach.call.inputs import EndCall, Input, OpenObjection, TakeExit, Undo
from callcoach.errors import StorageError
from callcoach.reports.figures import WHOLE_CALL, CallFigures, figures_of
from callcoach.script.model import ExitId, FlagKind, StepId
from tests.archive.exports import AGENT, INPUTS, call_of, hear
from tests.archive.exports import example as small
from tests.call.example import example as objecting
from tests.sessions import play
from tests.support import script_of

ON = (40.5, TakeExit(ExitId("on")))
ID = CallId("01980000-0000-7000-8000-000000000001")


def figures(record: CallRecord) -> CallFigures:
    return figures_of(ID, record.events, small())


def test_what_was_owed_is_what_was_said_and_what_was_flagged_as_missing() -> None:
    whole = figures(call_of(*INPUTS))
    assert {(it.step, it.cue, it.is_met) for it in whole.owed} == {
        (WHOLE_CALL, "example.name", True),
        (WHOLE_CALL, "example.sorry", True),
    }
    well = (40.0, hear(AGENT, "Well.", 39.0, 40.0))
    silent = figures(call_of(well, ON, (41.0, EndCall())))
    assert ("example.name", False) in {(it.cue, it.is_met) for it in silent.owed}


def test_a_call_that_breaks_off_owes_nothing_that_was_still_to_come() -> None:
    early = figures(call_of((1.0, hear(AGENT, "Hello.", 0.0, 1.0))))
    assert early.owed == ()
    assert early.left_at == "example.hello"


def test_a_flag_is_told_with_whether_it_was_put_right() -> None:
    flags = [it for it in figures(call_of(*INPUTS)).flags if it.what is FlagKind.FORBIDDEN]
    assert [(it.cue, it.is_repaired) for it in flags] == [("example.threat", True)]
    worse = figures(call_of(INPUTS[0], ON, (50.0, EndCall()))).flags
    assert ("example.threat", False) in {(it.cue, it.is_repaired) for it in worse}


def test_a_call_is_measured_and_comes_to_its_outcome() -> None:
    whole = figures(call_of(*INPUTS))
    assert (whole.outcome, whole.code, whole.left_at) == ("example.done", "DONE", None)
    assert whole.metrics.is_timed
    assert whole.duration == 19.0
    assert not whole.is_promise


WAYS: list[tuple[tuple[Input, ...], tuple[str, ...]]] = [
    ((TakeExit(ExitId("on")),), ("hello", "deal")),
    ((TakeExit(ExitId("on")), Undo()), ("hello",)),
    ((OpenObjection(StepId("example.late")), TakeExit(ExitId("back"))), ("hello", "late")),
    ((OpenObjection(StepId("example.late")), TakeExit(ExitId("away"))), ("hello", "late", "bye")),
    (
        (TakeExit(ExitId("on")), TakeExit(ExitId("again")), TakeExit(ExitId("skip"))),
        ("hello", "deal", "hello", "bye"),
    ),
]


@pytest.mark.parametrize(("inputs", "way"), WAYS)
def test_the_steps_are_told_in_order_without_what_was_taken_back(
    inputs: tuple[Input, ...], way: tuple[str, ...]
) -> None:
    script = script_of(objecting())
    call = play(script, *((float(at), given) for at, given in enumerate(inputs, 1)))
    found = figures_of(ID, call.events, script)
    assert found.steps == tuple(f"example.{step}" for step in way)


def test_a_call_whose_script_is_lost_still_has_figures() -> None:
    record = call_of(*INPUTS)
    found = figures_of(ID, record.events, None)
    assert (found.has_script, found.owed) == (False, ())
    assert found.steps == figures(record).steps
    assert len(found.flags) == len(figures(record).flags)


@pytest.mark.parametrize("drop", [slice(1, None), slice(0, 0)])
def test_what_is_no_call_is_told(drop: slice) -> None:
    with pytest.raises(StorageError, match="does not begin"):
        figures_of(ID, call_of(*INPUTS).events[drop], small())
