"""What a call says of its hearing by machine, and what it does not write down."""

from collections.abc import Sequence
from functools import cache

import pytest
from msgspec import structs

from callcoach.call.captured import (
    CaptureGap,
    CapturePaused,
    CaptureResumed,
    CaptureStarted,
    CaptureStopped,
    Closed,
    ListeningTurned,
    Source,
)
from callcoach.call.capturing import SLACK, share_heard, was_deaf
from callcoach.call.coach import Coach
from callcoach.call.events import Event, FlagRaised, Heard, kind_of
from callcoach.call.explain import explain
from callcoach.call.inputs import (
    Hear,
    Hold,
    Input,
    MissSound,
    PauseCapture,
    Resume,
    ResumeCapture,
    StartCapture,
    StopCapture,
    TellFact,
    TurnListening,
    Undo,
    Unhold,
    WriteNote,
)
from callcoach.call.names import capture_text
from callcoach.call.session import Session
from callcoach.call.state import Capture
from callcoach.errors import IllegalMove
from callcoach.locale import Messages
from callcoach.script.facts import FactId
from callcoach.script.model import Speaker
from tests.call.moves import cue, end_call, jump, line, objection, take, tell, tick
from tests.sessions import Call, coach, play
from tests.support import dump, end, minimal, step

MIC = (Source(Speaker.AGENT, "USB headset"), Source(Speaker.CUSTOMER, "Far side"))
START = StartCapture(MIC, "tiny-en")
NOT_YET = PauseCapture(Closed.NOT_YET)
FAILED = StopCapture(Closed.FAILED)


@cache
def _coach() -> Coach:
    tree = minimal(
        steps={
            "hello": step("Hello.", on="card", past="bye"),
            "card": {**step("Please type it.", on="bye"), "sensitive": "90s"},
            "bye": end("Bye."),
        },
        objections={
            "who": {
                "title": "Who",
                "say": {"me": "It is me."},
                "exits": {"back": {"label": "Back", "back": "yes"}},
            }
        },
        facts={"paid": {"type": "yes_no", "title": "Paid"}},
        cues={
            "greet": cue("good morning", in_="hello", within="15s"),
            "name": cue("my name", in_="card", within="20s of step"),
            "thanks": cue("thank you", in_="hello"),
        },
        avoid={"swear": cue("damn")},
    )
    return coach(dump(tree))


def call(*inputs: tuple[float, Input]) -> Call:
    """Return a call in which something happened."""
    return play(_coach(), *inputs)


def speech(text: str, start: float, end: float) -> Hear:
    """Return words that a recogniser heard."""
    return Hear(Speaker.CUSTOMER, text, start, end, "speech", 0.9)


def said(of: Call) -> list[str]:
    """Return what was written down."""
    return [event.text for event in of.events if isinstance(event, Heard)]


def unheard(of: Call) -> dict[str, bool]:
    """Return the cues that were flagged, and whether nothing was heard meanwhile."""
    flags = [event for event in of.events if isinstance(event, FlagRaised)]
    return {flag.cue.removeprefix("example."): flag.is_unheard for flag in flags}


# What inputs lead to


def test_a_lost_voice_is_told_as_it_is_lost_and_when_it_is_over() -> None:
    lost = (MissSound(2.0, 2.0, "lost", Speaker.AGENT), MissSound(2.0, 9.0, "lost", Speaker.AGENT))
    made = call((0.0, START), (3.0, lost[0]))
    assert made.state.capture is not None
    assert made.state.capture.lost == 2.0
    made.feed(9.0, lost[1])
    capture = made.state.capture
    assert capture.lost is None
    assert capture.deaf[-1] == (2.0, 9.0)
    first, last = [it for it in made.events if isinstance(it, CaptureGap)]
    assert (first.goes_on, last.goes_on) == (True, False)
    assert capture_text(first, Messages("en")) == (
        "Not heard, Agent, from 0:02: the device gives no sound"
    )


@pytest.mark.parametrize("end", [PauseCapture(Closed.HOLD), StopCapture(Closed.OVER)])
def test_a_voice_that_is_lost_when_the_ears_close_was_not_heard_until_then(end: Input) -> None:
    lost = MissSound(2.0, 2.0, "lost", Speaker.AGENT)
    made = call((0.0, START), (3.0, lost), (9.0, end))
    capture = made.state.capture
    assert capture is not None
    assert (capture.lost, capture.deaf[-1]) == (None, (2.0, 9.0))


def test_each_input_is_an_event() -> None:
    made = call(
        (1.0, NOT_YET),
        (2.0, TurnListening(is_on=True)),
        (3.0, StartCapture(MIC, "tiny-en", "opus")),
        (4.0, PauseCapture(Closed.LOST)),
        (5.0, ResumeCapture()),
        (6.0, MissSound(2.0, 3.0, "crash", Speaker.CUSTOMER)),
        (7.0, FAILED),
    )
    assert made.events[2:] == [
        CapturePaused(seq=2, at=1.0, reason="not_yet"),
        ListeningTurned(seq=3, at=2.0, is_on=True),
        CaptureStarted(seq=4, at=3.0, sources=MIC, model="tiny-en", kept="opus"),
        CapturePaused(seq=5, at=4.0, reason="lost"),
        CaptureResumed(seq=6, at=5.0),
        CaptureGap(seq=7, at=6.0, start=2.0, end=3.0, reason="crash", speaker=Speaker.CUSTOMER),
        CaptureStopped(seq=8, at=7.0, reason="failed"),
    ]


NOTHING: tuple[tuple[str, tuple[tuple[float, Input], ...], Input], ...] = (
    ("paused twice", ((1.0, NOT_YET),), NOT_YET),
    ("resumed while open", ((1.0, START),), ResumeCapture()),
    ("resumed without having begun", (), ResumeCapture()),
    ("stopped without having begun", (), FAILED),
    ("stopped twice", ((1.0, START), (2.0, FAILED)), FAILED),
    ("opened twice", ((1.0, TurnListening(is_on=True)),), TurnListening(is_on=True)),
    ("a gap of nothing", ((1.0, START),), MissSound(2.0, 2.0, "crash")),
    ("after the end", ((1.0, START), (2.0, take("past")), (3.0, end_call())), START),
)


@pytest.mark.parametrize(("claim", "before", "given"), NOTHING)
def test_what_changes_nothing_is_no_event(
    claim: str, before: tuple[tuple[float, Input], ...], given: Input
) -> None:
    assert call(*before).feed(5.0, given) == (), claim


def test_the_state_says_how_the_call_is_heard() -> None:
    made = call((1.0, NOT_YET), (3.0, START))
    assert made.state.capture == Capture(MIC, "tiny-en", since=3.0, deaf=((0.0, 1.0), (1.0, 3.0)))
    made.feed(8.0, PauseCapture(Closed.HOLD))
    capture = made.state.capture
    assert capture is not None
    assert (capture.is_open, capture.reason, capture.since) == (False, "hold", 8.0)
    assert capture.sources == MIC


def test_a_typed_call_is_not_heard() -> None:
    assert call((1.0, speech("hello", 0.0, 1.0))).state.capture is None


def test_the_end_of_the_call_stops_the_hearing_before_it() -> None:
    made = call((1.0, START), (2.0, take("past")))
    kinds = [kind_of(event) for event in made.feed(3.0, end_call())]
    assert kinds[:2] == ["capture_stopped", "call_ended"]
    made.feed(4.0, Undo())
    assert made.state.capture is not None
    assert made.state.capture.reason == Closed.ENDED
    assert [kind_of(event) for event in made.feed(5.0, START)] == ["capture_started"]


def test_a_call_that_is_taken_up_again_is_not_heard_until_it_is_started_anew() -> None:
    made = call((1.0, START), (9.0, speech("hello", 8.0, 9.0)))
    session = Session(made.session.coach, made.events)
    events = session.feed(Resume(), 30.0)
    assert [kind_of(event) for event in events][:2] == ["flag_raised", "call_resumed"]
    assert events[2:] == (
        CaptureGap(seq=events[2].seq, at=30.0, start=9.0, end=30.0, reason="crash"),
        CaptureStopped(seq=events[3].seq, at=30.0, reason="restarted"),
    )
    paused = call((1.0, START), (9.0, PauseCapture(Closed.HOLD)))
    assert [kind_of(event) for event in paused.feed(10.0, Resume())] == [
        "call_resumed", "capture_stopped",
    ]  # fmt: skip


# What is not written down


QUIET = (
    ("in a hold", ((10.0, Hold()),), speech("a", 11.0, 12.0), False),
    ("said before the hold, heard in it", ((10.0, Hold()),), speech("a", 8.0, 10.0), True),
    ("said as the key was pressed", ((10.0, Hold()),), speech("a", 8.0, 10.0 + SLACK), True),
    ("said into the hold", ((10.0, Hold()),), speech("a", 8.0, 11.0), False),
    ("in a hold that is over", ((10.0, Hold()), (20.0, Unhold())), speech("a", 12.0, 14.0), False),
    ("out of a hold", ((10.0, Hold()), (20.0, Unhold())), speech("a", 19.0, 24.0), False),
    ("after the hold", ((10.0, Hold()), (20.0, Unhold())), speech("a", 20.0, 24.0), True),
    ("before the hold", ((10.0, Hold()), (20.0, Unhold())), speech("a", 6.0, 9.0), True),
    ("in a sensitive step", ((10.0, jump("card")),), speech("a", 12.0, 14.0), False),
    ("before it", ((10.0, jump("card")),), speech("a", 8.0, 9.0), True),
    ("in an objection over it", ((10.0, jump("card")), (20.0, objection("who"))),
     speech("a", 22.0, 24.0), False),
    ("in it, heard when it is left", ((10.0, jump("card")), (20.0, take("on"))),
     speech("a", 18.0, 19.0), False),
    ("after it", ((10.0, jump("card")), (20.0, take("on"))), speech("a", 21.0, 22.0), True),
    ("typed in a hold", ((10.0, Hold()),), Hear(Speaker.CUSTOMER, "a"), True),
    ("from a transcript", ((10.0, jump("card")),),
     Hear(Speaker.CUSTOMER, "a", 11.0, 12.0, "transcript"), True),
)  # fmt: skip


@pytest.mark.parametrize(("claim", "before", "words", "is_kept"), QUIET)
def test_what_is_said_in_a_hold_or_a_sensitive_step_is_not_kept(
    claim: str, before: tuple[tuple[float, Input], ...], words: Hear, is_kept: bool
) -> None:
    made = call(*before)
    made.feed(30.0, words)
    assert said(made) == (["a"] if is_kept else []), claim
    assert len(made.session.transcript) == is_kept


TYPED: tuple[Input, ...] = (
    Hear(Speaker.CUSTOMER, "4111 1111 1111 1111"),
    WriteNote("4111 1111 1111 1111"),
    TellFact(FactId("example.paid"), "yes"),
)


@pytest.mark.parametrize("given", TYPED)
def test_nothing_can_be_typed_in_a_sensitive_step(given: Input) -> None:
    made = call((1.0, jump("card")), (2.0, objection("who")))
    with pytest.raises(IllegalMove, match="nothing is written down in this step: Please type it"):
        made.feed(3.0, given)
    assert made.feed(4.0, take("back"), take("on"), given)


def test_what_the_script_says_itself_is_written_down_there() -> None:
    made = call((1.0, jump("card")), (4.0, line("l_please_type_it_", 2.0)))
    assert said(made) == ["Please type it."]


def test_a_note_can_be_written_once_the_call_is_over() -> None:
    made = call((1.0, take("past")), (2.0, end_call()))
    assert made.feed(3.0, WriteNote("call back"))


def test_a_transcript_that_is_replayed_keeps_its_words() -> None:
    guide = _coach()
    events = [event for event in call().events if not isinstance(event, Heard)]
    replayed = [*_as_replay(events)]
    session = Session(guide, replayed)
    session.feed(jump("card"), 1.0)
    assert session.feed(Hear(Speaker.CUSTOMER, "a"), 2.0)
    assert session.feed(speech("b", 3.0, 4.0), 4.0)


def _as_replay(events: Sequence[Event]) -> list[Event]:
    return [structs.replace(event, mode="replay") if event.seq == 0 else event for event in events]


# What could not be heard


DEAF = (
    (None, 0.0, 10.0, False),
    (Capture(reason="not_yet"), 0.0, 10.0, True),
    (Capture(since=4.0, deaf=((0.0, 4.0),)), 0.0, 10.0, False),
    (Capture(since=4.0, deaf=((0.0, 4.0),)), 0.0, 4.0, True),
    (Capture(since=8.0, deaf=((0.0, 4.0), (4.0, 8.0))), 1.0, 7.0, True),
    (Capture(since=8.0, deaf=((5.0, 8.0), (0.0, 5.5))), 1.0, 7.0, True),
    (Capture(since=8.0, deaf=((0.0, 4.0), (5.0, 8.0))), 1.0, 7.0, False),
    (Capture(reason="hold", since=5.0), 6.0, 9.0, True),
    (Capture(reason="hold", since=5.0), 4.0, 9.0, False),
)


@pytest.mark.parametrize(("capture", "start", "end", "expected"), DEAF)
def test_a_time_was_deaf_where_nothing_of_it_was_heard(
    capture: Capture | None, start: float, end: float, expected: bool
) -> None:
    assert was_deaf(capture, start, end) is expected


UNHEARD = (
    ("a typed call", (), {"greet": False}),
    ("not opened yet", ((0.0, NOT_YET),), {"greet": True}),
    ("opened, and heard for a second", ((0.0, NOT_YET), (14.0, START)), {"greet": False}),
    ("opened too late", ((0.0, NOT_YET), (16.0, START)), {"greet": True}),
    ("heard all along", ((0.0, START),), {"greet": False}),
    ("lost at once", ((0.0, START), (0.0, PauseCapture(Closed.LOST))), {"greet": True}),
    ("a gap as long as the time", ((0.0, START), (15.0, MissSound(0.0, 15.0, "crash"))),
     {"greet": True}),
    ("the customer's gap", ((0.0, START), (15.0, MissSound(0.0, 15.0, "crash", Speaker.CUSTOMER))),
     {"greet": False}),
    ("lost before it was due", ((0.0, START), (9.0, MissSound(9.0, 9.0, "lost", Speaker.AGENT))),
     {"greet": True}),
    ("lost just when it was due",
     ((0.0, START), (14.5, MissSound(14.5, 14.5, "lost", Speaker.AGENT))), {"greet": False}),
    ("lost, and back", ((0.0, START), (9.0, MissSound(9.0, 9.0, "lost", Speaker.AGENT)),
                        (11.0, MissSound(9.0, 11.0, "lost", Speaker.AGENT))), {"greet": False}),
    ("the customer lost", ((0.0, START), (9.0, MissSound(9.0, 9.0, "lost", Speaker.CUSTOMER))),
     {"greet": False}),
    ("all lost before it was due", ((0.0, START), (9.0, PauseCapture(Closed.LOST))),
     {"greet": True}),
    ("too slow while lost", ((0.0, START), (9.0, MissSound(9.0, 9.0, "lost", Speaker.AGENT)),
                             (11.0, MissSound(10.0, 11.0, "dropped"))), {"greet": True}),
    ("paused in the step", ((0.0, START), (1.0, jump("card")), (1.0, PauseCapture(Closed.HOLD))),
     {"greet": False, "name": True}),
)  # fmt: skip


@pytest.mark.parametrize(("claim", "inputs", "flags"), UNHEARD)
def test_what_is_missing_may_have_been_said_where_nothing_was_heard(
    claim: str, inputs: tuple[tuple[float, Input], ...], flags: dict[str, bool]
) -> None:
    made = call(*inputs)
    made.feed(25.0, tell("paid", "yes", "given"))
    assert unheard(made) == flags, claim


def test_a_step_that_is_left_unheard_says_so() -> None:
    made = call((0.0, NOT_YET), (5.0, take("past")))
    assert unheard(made) == {"greet": True, "thanks": True}
    heard = call((0.0, START), (5.0, take("past")))
    assert unheard(heard) == {"greet": False, "thanks": False}


@pytest.mark.parametrize(
    ("before", "is_unheard"),
    [
        ((), False),
        (((0.0, NOT_YET),), True),
        (((0.0, NOT_YET), (4.0, START)), False),
        (((0.0, START), (4.0, MissSound(4.0, 4.0, "lost", Speaker.AGENT))), True),
    ],
)
def test_what_belongs_before_a_step_may_have_been_said_unheard(
    before: Sequence[tuple[float, Input]], is_unheard: bool
) -> None:
    tree = minimal(cues={"check": cue("your birthday", in_="call", before="bye")})
    made = play(coach(dump(tree)), *before, (9.0, take("on")))
    flags = {
        event.reason: event.is_unheard for event in made.events if isinstance(event, FlagRaised)
    }
    assert flags["comes_first"] is is_unheard


def test_a_flag_that_comes_back_still_says_that_nothing_was_heard() -> None:
    made = call((0.0, NOT_YET), (20.0, tick("greet")), (21.0, Undo()))
    (flag,) = made.state.flags.values()
    assert flag.is_unheard


def test_a_step_after_a_hold_is_deaf_from_when_it_was_entered() -> None:
    """On the clock on which deadlines run it began at 0:03, when everything was heard."""
    made = call(
        *((0.0, START), (2.0, Hold()), (8.0, Unhold()), (9.0, jump("card"))),
        *((9.0, PauseCapture(Closed.FAILED)), (40.0, tell("paid", "yes", "given"))),
    )
    assert unheard(made)["name"] is True


def test_words_that_were_heard_are_flagged_as_ever() -> None:
    made = call((0.0, NOT_YET), (5.0, Hear(Speaker.AGENT, "damn")))
    assert unheard(made) == {"swear": False}


@pytest.mark.parametrize(
    ("language", "remark"),
    [("en", "so it may have been said."), ("zh", "也可能已经说过了。")],
)
def test_the_explanation_says_that_nothing_was_heard(language: str, remark: str) -> None:
    script = _coach().script
    for inputs, is_unheard in (((0.0, NOT_YET),), True), (((0.0, START),), False):
        made = call(*inputs)
        made.feed(20.0, tell("paid", "yes", "given"))
        flag = next(event for event in made.events if isinstance(event, FlagRaised))
        (open_flag,) = made.state.flags.values()
        told = explain(flag, script, language, Messages(language))
        assert told.reason.endswith(remark) is is_unheard
        assert explain(open_flag, script, language, Messages(language)) == told


SHARES: tuple[tuple[str, Capture | None, float], ...] = (
    ("a typed call", None, 1.0),
    ("all the time", Capture(since=0.0), 1.0),
    ("for a moment not", Capture(deaf=((3.0, 3.9),)), 1.0),
    ("for several moments", Capture(deaf=((1.0, 1.9), (3.0, 3.9))), 0.82),
    ("twice at once", Capture(deaf=((1.0, 6.0), (2.0, 4.0))), 0.5),
    ("from the middle", Capture(since=5.0, deaf=((0.0, 5.0),)), 0.5),
    ("not any more", Capture(reason="lost", since=2.5), 0.25),
    ("not any more, of two", Capture(since=0.0, lost=2.5), 0.25),
    ("closed by hand", Capture(reason="hand", since=2.5), 0.25),
    ("afterwards not", Capture(reason="lost", since=12.0), 1.0),
    ("not at all", Capture(reason="not_yet"), 0.0),
    ("not at all, in two parts", Capture(deaf=((4.0, 11.0), (0.0, 4.0))), 0.0),
)


@pytest.mark.parametrize(("claim", "capture", "share"), SHARES)
def test_how_much_of_ten_seconds_was_heard(
    claim: str, capture: Capture | None, share: float
) -> None:
    assert share_heard(capture, 0.0, 10.0) == pytest.approx(share), claim
    assert was_deaf(capture, 0.0, 10.0) is (share == 0.0 or claim.startswith("not any more"))
