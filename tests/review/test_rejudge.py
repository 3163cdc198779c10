"""Judging a recorded call again: the same by the same script, and in the other's words else."""

import pytest
from msgspec.structs import replace

from callcoach.call.events import (
    CallEnded,
    CallStarted,
    Event,
    Heard,
    ObjectionOpened,
    Unknown,
    encode,
)
from callcoach.call.inputs import EndCall, Hear, Hold, TakeExit, Undo, Unhold
from callcoach.call.playback import Playback
from callcoach.call.replay import Row, beats, unjudged
from callcoach.call.session import Session
from callcoach.errors import StorageError
from callcoach.review.rejudge import IMPORTED, REPLAYED, judge_again
from callcoach.script.model import ExitId, OutcomeId, Speaker
from tests.archive.support import scripted_call
from tests.sessions import coach, play
from tests.sessions import started as first_of
from tests.support import MINIMAL, OBJECTION, minimal


def lines(events: tuple[Event, ...] | list[Event]) -> list[bytes]:
    """Return what events say but for the first, which names the program."""
    return [encode(event) for event in events[1:]]


def test_the_same_script_judges_the_same() -> None:
    call = scripted_call()
    session, events = judge_again(call.coach, call.events)
    assert lines(events) == lines(list(call.events))
    assert session.state.flags == call.states[len(call.events)].flags
    assert isinstance(events[0], CallStarted)
    assert events[0].mode == "practice"


def test_what_was_done_by_hand_is_done_again() -> None:
    made = play(
        MINIMAL,
        (1.0, Hear(Speaker.AGENT, "Good morning.")),
        (2.0, Hold()),
        (9.0, Unhold()),
        (10.0, TakeExit(ExitId("on"))),
        (11.0, Undo()),
        (12.0, TakeExit(ExitId("on"))),
        (13.0, EndCall()),
    )
    _, events = judge_again(made.session.coach, made.events)
    assert lines(events) == lines(made.events)


def imported() -> tuple[Session, list[Event]]:
    """Return a transcript that was imported, and its events; its words open an objection."""
    guide = coach(minimal(objections={"later": OBJECTION}))
    started = replace(first_of(guide.script), mode=REPLAYED)
    session, opening = Session.start(guide, started)
    rows = (
        Row(Speaker.AGENT, "Good morning.", 0.0, 4.0),
        Row(Speaker.CUSTOMER, "Call me later.", 4.0, 6.0),
        Row(Speaker.AGENT, "Of course. Goodbye.", 6.0, 9.0),
    )
    events = [replace(started, mode=IMPORTED), *opening[1:]]
    events += Playback(session.feed, beats(session, rows, until=30.0))
    return session, events


def test_an_imported_call_follows_its_words_again() -> None:
    session, events = imported()
    again, told = judge_again(session.coach, events)
    assert lines(told) == lines(events)
    assert any(isinstance(event, ObjectionOpened) for event in told)
    assert again.state.at == 30.0


def test_a_call_in_which_nobody_is_the_agent_blames_nobody_again() -> None:
    session, opening = Session.start(
        scripted_call().coach, replace(scripted_call().started, mode=REPLAYED)
    )
    rows = (Row(Speaker.OTHER, "您好。", 0.0, 2.0), Row(Speaker.CUSTOMER, "喂？", 2.0, 90.0))
    session = unjudged(session, opening)
    events = [replace(scripted_call().started, mode=IMPORTED), *opening[1:]]
    events += Playback(session.feed, beats(session, rows))
    again, told = judge_again(scripted_call().coach, events)
    assert lines(told) == lines(events)
    assert again.state.flags == {}


def test_another_pack_follows_the_words() -> None:
    call = scripted_call()
    session, events = judge_again(coach(MINIMAL), call.events)
    heard = [event.text for event in call.events if isinstance(event, Heard)]
    assert [event.text for event in events if isinstance(event, Heard)] == heard
    assert session.state.ended is not None
    assert isinstance(events[0], CallStarted)
    assert events[0].script == "example"


def test_an_outcome_that_is_no_more_ends_the_call_all_the_same() -> None:
    made = play(MINIMAL, (1.0, TakeExit(ExitId("on"))), (2.0, EndCall()))
    last = made.events[-1]
    assert isinstance(last, CallEnded)
    gone = [*made.events[:-1], replace(last, outcome=OutcomeId("gone"))]
    session, _ = judge_again(made.session.coach, gone)
    assert session.state.ended is not None


def test_an_event_of_a_newer_program_is_passed_over() -> None:
    made = play(MINIMAL, (1.0, Hear(Speaker.AGENT, "Good morning.")))
    odd = Unknown(seq=9, at=2.0, original="praised", body=b"{}")  # type: ignore[arg-type]
    _, events = judge_again(made.session.coach, [*made.events, odd])
    assert lines(events) == lines(made.events)


def test_what_is_no_call_is_told() -> None:
    with pytest.raises(StorageError, match="does not begin"):
        judge_again(coach(MINIMAL), ())
