"""Tests of the fold: what each event changes, and that nothing else does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import msgspec
import pytest

from callcoach.call.events import (
    CallEnded,
    CallResumed,
    CueHeard,
    CueTicked,
    Event,
    ExitTaken,
    FactTold,
    FlagCleared,
    FlagRaised,
    FlagSnoozed,
    Heard,
    HoldEnded,
    HoldStarted,
    NoteWritten,
    OfferedLine,
    Span,
    StepEntered,
    Suggested,
    Undone,
    Unknown,
)
from callcoach.call.flow import By, Position
from callcoach.call.fold import apply, begin
from callcoach.call.inputs import Hold, Pass, SwitchLanguage, Undo, Unhold, WriteNote
from callcoach.call.session import Session
from callcoach.call.standing import MAX_SUGGESTIONS
from callcoach.call.state import CallState, CueState, Ended
from callcoach.errors import StorageError
from callcoach.script.facts import FactId, Money
from callcoach.script.model import (
    CueId,
    ExitId,
    FlagKind,
    LineId,
    OutcomeId,
    Script,
    Severity,
    Speaker,
    StepId,
)
from tests.call.example import example
from tests.call.moves import (
    agent,
    cue,
    customer,
    end_call,
    fold,
    jump,
    line,
    objection,
    take,
    tell,
    tick,
    untick,
)
from tests.sessions import coach, play, started
from tests.support import script_of

SCRIPT: Script = script_of(
    example(
        facts={
            "owed": {"type": "money", "title": "Owed"},
            "paid": {"type": "yes_no", "title": "P"},
        },
        cues={
            "name": cue("name", in_="call", within="30s of call"),
            "twice": cue("twice", in_="call", times="2"),
        },
        avoid={"threat": cue("threat", repair="name")},
    )
)
FIRST = started(SCRIPT)
NAME, TWICE = CueId("example.name"), CueId("example.twice")
HI = LineId("example.l_hello_")


def after(*events: Event) -> CallState:
    """Return the state after the start of a call and some events."""
    return fold(SCRIPT, (FIRST, *events))


def heard(seq: int, at: float = 1.0, line: LineId | None = None) -> Heard:
    """Return an utterance."""
    return Heard(seq=seq, at=at, speaker=Speaker.AGENT, text="x", start=at, end=at, line=line)


def raised(seq: int, flag: int = 1, what: FlagKind = FlagKind.MISSING) -> FlagRaised:
    """Return a flag about the cue `name`."""
    return FlagRaised(
        seq=seq,
        at=float(seq),
        flag=flag,
        what=what,
        cue=NAME,
        severity=Severity.MAJOR,
        reason="deadline",
        due=0.5,
        cause=seq,
    )


# The beginning


def test_a_call_begins_at_the_start_of_its_script() -> None:
    state = begin(SCRIPT, FIRST)
    assert state.position == Position(StepId("example.hello"))
    assert (state.seq, state.at, state.language, state.seed) == (0, 0.0, "en", 1)
    assert state.day == date(2026, 12, 1)
    assert not state.ended


@pytest.mark.parametrize("events", [(), (heard(0),), (heard(0), FIRST)], ids=["none", "x", "late"])
def test_what_does_not_begin_with_a_start_is_a_damaged_journal(events: Sequence[Event]) -> None:
    with pytest.raises(StorageError) as caught:
        fold(SCRIPT, events)
    assert caught.value.hint
    with pytest.raises(StorageError):
        Session(coach(SCRIPT), events)


def test_a_pack_without_a_start_has_no_calls() -> None:
    with pytest.raises(StorageError):
        begin(replace(SCRIPT, start=None), FIRST)


# One event at a time


def test_every_event_moves_the_count_and_the_time() -> None:
    state = after(heard(7, at=3.5))
    assert (state.seq, state.at) == (7, 3.5)


def test_time_does_not_run_backwards() -> None:
    assert after(heard(1, at=9.0), heard(2, at=3.0)).at == 9.0


@pytest.mark.parametrize(
    "event",
    [
        Unknown(seq=1, at=2.0, original="tomorrow", body=msgspec.Raw(b'{"seq":1,"at":2.0}')),
        CallResumed(seq=1, at=2.0),
        FlagCleared(seq=1, at=2.0, flag=99, by="said"),
        FlagSnoozed(seq=1, at=2.0, flag=99, until=9.0),
        Undone(seq=1, at=2.0, of=99),
        CueHeard(seq=1, at=2.0, cue=NAME, span=Span(1, 0, 1), phrase="x", counts=False),
    ],
    ids=lambda event: type(event).__name__,
)
def test_what_changes_nothing_only_moves_the_count_and_the_time(event: Event) -> None:
    assert after(event) == msgspec.structs.replace(begin(SCRIPT, FIRST), seq=1, at=2.0)


def test_utterances_and_notes_are_counted() -> None:
    state = after(heard(1), heard(2), NoteWritten(seq=3, at=1.0, text="note"))
    assert (state.utterances, state.notes) == (2, 1)


def test_a_line_that_was_said_is_remembered_until_others_are_offered() -> None:
    entered = StepEntered(seq=2, at=2.0, step=StepId("example.deal"), by=By.EXIT)
    assert after(heard(1, line=HI)).said == {HI}
    assert after(heard(1, line=HI), entered).said == frozenset()


def test_a_step_is_entered_on_the_active_clock() -> None:
    state = after(
        HoldStarted(seq=1, at=4.0),
        HoldEnded(seq=2, at=10.0),
        StepEntered(seq=3, at=11.0, step=StepId("example.deal"), by=By.EXIT),
    )
    assert state.position == Position(StepId("example.deal"), entered_at=5.0, visit=1, since=11.0)


def test_a_step_entered_by_an_objection_remembers_where_it_was() -> None:
    entry = StepEntered(seq=1, at=4.0, step=StepId("example.late"), by=By.OBJECTION)
    (frame,) = after(entry).position.stack
    assert (frame.step, frame.visit, frame.entered_at) == ("example.hello", 0, 0.0)


@pytest.mark.parametrize("by", [By.EXIT, By.JUMP, By.START])
def test_a_step_entered_otherwise_leaves_every_objection(by: By) -> None:
    opened = StepEntered(seq=1, at=4.0, step=StepId("example.late"), by=By.OBJECTION)
    entered = StepEntered(seq=2, at=5.0, step=StepId("example.deal"), by=by)
    assert after(opened, entered).position.stack == ()


def test_when_a_variant_was_offered_last_is_kept() -> None:
    offers = (OfferedLine(HI, 1), OfferedLine(LineId("example.x"), 0))
    entered = StepEntered(seq=1, at=1.0, step=StepId("example.hello"), by=By.START, offered=offers)
    taken = ExitTaken(
        seq=2, at=2.0, step=StepId("example.deal"), exit=ExitId("more"), offered=offers[:1]
    )
    state = after(entered, taken)
    assert state.uses == {offers[0]: 2, offers[1]: 1}
    assert state.offered == offers[:1]


def test_an_exit_that_the_script_has_no_longer_is_only_remembered() -> None:
    gone = ExitTaken(seq=1, at=2.0, step=StepId("example.hello"), exit=ExitId("gone"))
    assert after(gone).position == begin(SCRIPT, FIRST).position
    assert [choice.what for choice in after(gone).choices] == ["gone"]


def test_a_cue_counts_and_is_met_when_it_was_said_often_enough() -> None:
    once = CueHeard(seq=1, at=2.0, cue=TWICE, span=Span(1, 0, 1), phrase="x")
    again = CueHeard(seq=2, at=5.0, cue=TWICE, span=Span(2, 0, 1), phrase="x")
    third = CueHeard(seq=3, at=9.0, cue=TWICE, span=Span(3, 0, 1), phrase="x")
    found = [after(once), after(once, again), after(once, again, third)]
    states = [state.cue(TWICE) for state in found]
    assert [state.count for state in states] == [1, 2, 3]
    assert [state.met_at for state in states] == [None, 5.0, 5.0]
    assert states[-1].span == Span(3, 0, 1)


def test_a_cue_that_the_script_has_no_longer_is_met_at_once() -> None:
    gone = CueId("example.gone")
    said = CueHeard(seq=1, at=2.0, cue=gone, span=Span(1, 0, 1), phrase="x")
    assert after(said).cue(gone).met_at == 2.0


def test_a_tick_meets_a_cue_and_an_untick_forgets_it() -> None:
    said = CueHeard(seq=1, at=2.0, cue=NAME, span=Span(1, 0, 1), phrase="x")
    ticked = CueTicked(seq=2, at=5.0, cue=NAME)
    assert after(ticked).cue(NAME).is_ticked
    assert after(ticked).cue(NAME).met_at == 5.0
    assert after(said, ticked).cue(NAME).met_at == 2.0
    call = play(SCRIPT, (1.0, agent("name")), (2.0, tick("name")), (3.0, untick("name")))
    assert call.state.cue(NAME) == CueState()


def test_a_tick_by_words_is_told_as_one_until_a_hand_ticks_and_is_no_choice() -> None:
    words = CueTicked(seq=2, at=5.0, cue=NAME, by="follow")
    by_hand = CueTicked(seq=3, at=6.0, cue=NAME)
    assert after(words).cue(NAME).met_at == 5.0
    assert after(words).choices == ()
    assert [
        after(*ticks).cue(NAME).is_unkept
        for ticks in ((words,), (by_hand,), (words, by_hand), (by_hand, words), (words, words))
    ] == [True, False, False, False, True]


def test_a_fact_is_read_as_its_type_says_and_counted_from_the_day_of_the_call() -> None:
    told = FactTold(seq=1, at=1.0, fact=FactId("example.owed"), value="1280.50 CNY")
    (value,) = after(told).facts.values()
    assert value == Money(Decimal("1280.50"), "CNY")


@pytest.mark.parametrize(
    ("fact", "value"),
    [("example.gone", "12"), ("example.owed", "not money"), ("example.paid", "?")],
)
def test_a_fact_that_the_script_reads_no_longer_stays_a_text(fact: str, value: str) -> None:
    told = FactTold(seq=1, at=1.0, fact=FactId(fact), value=value)
    assert after(told).facts == {fact: value}


def test_of_one_kind_and_cue_there_is_one_open_flag() -> None:
    state = after(raised(1), raised(2), raised(3, flag=2, what=FlagKind.LATE))
    assert {key[0]: flag.count for key, flag in state.flags.items()} == {
        FlagKind.MISSING: 2,
        FlagKind.LATE: 1,
    }
    assert state.next_flag == 3


def test_a_cleared_flag_is_open_no_more_and_its_number_is_not_used_again() -> None:
    state = after(raised(1), FlagCleared(seq=2, at=2.0, flag=1, by="said"))
    assert not state.flags
    assert state.next_flag == 2


def test_a_snoozed_flag_is_open() -> None:
    (flag,) = after(raised(1), FlagSnoozed(seq=2, at=2.0, flag=1, until=62.0)).flags.values()
    assert flag.snoozed_until == 62.0


def test_suggestions_are_kept_newest_first_one_of_each_and_few() -> None:
    targets = [f"way_{n}" for n in range(MAX_SUGGESTIONS + 2)] + ["way_4"]
    state = after(
        *(
            Suggested(seq=n, at=float(n), target=target, span=Span(1, 0, 1))
            for n, target in enumerate(targets, 1)
        )
    )
    assert [known.target for known in state.suggestions] == [
        "way_4", "way_6", "way_5", "way_3", "way_2",
    ]  # fmt: skip


def test_the_end_is_remembered() -> None:
    ended = CallEnded(
        seq=1,
        at=9.0,
        step=StepId("example.hello"),
        outcome=OutcomeId("example.sold"),
        is_early=True,
    )
    assert after(ended).ended == Ended(9.0, OutcomeId("example.sold"), True)


# Holds


def test_the_active_clock_stands_still_on_hold() -> None:
    state = after(HoldStarted(seq=1, at=10.0))
    assert state.is_on_hold
    assert [state.active(at) for at in (5.0, 10.0, 99.0)] == [5.0, 10.0, 10.0]


def test_after_holds_the_active_clock_is_behind_by_their_lengths() -> None:
    state = after(
        HoldStarted(seq=1, at=10.0),
        HoldEnded(seq=2, at=15.0),
        HoldStarted(seq=3, at=20.0),
        HoldEnded(seq=4, at=22.0),
    )
    assert state.held == 7.0
    assert state.active(30.0) == 23.0


def test_an_end_of_a_hold_that_never_began_is_no_hold() -> None:
    assert after(HoldEnded(seq=1, at=15.0)).held == 0.0


# The whole


LIFE = (
    (1.0, customer("not now")),
    (2.0, agent("name, threat")),
    (3.0, tell("paid", "no")),
    (4.0, objection("late")),
    (5.0, Hold()),
    (9.0, Unhold()),
    (10.0, take("angry")),
    (11.0, take("back")),
    (12.0, take("back")),
    (13.0, Undo()),
    (14.0, jump("deal")),
    (15.0, take("more")),
    (16.0, line("l_deal_", 1.0)),
    (17.0, tick("twice")),
    (18.0, untick("twice")),
    (19.0, WriteNote("note")),
    (50.0, Pass()),
    (51.0, SwitchLanguage("en")),
    (52.0, take("on")),
    (53.0, end_call("sold")),
)


def test_a_call_is_a_fold_over_its_events_wherever_it_is_cut() -> None:
    call = play(SCRIPT, *LIFE)
    for cut in range(1, len(call.events) + 1):
        state = fold(SCRIPT, call.events[:cut])
        for event in call.events[cut:]:
            state = apply(SCRIPT, state, event)
        assert state == call.state


def test_applying_an_event_leaves_the_state_before_it_as_it_was() -> None:
    call = play(SCRIPT, *LIFE)
    states = [begin(SCRIPT, call.events[0])]
    for event in call.events[1:]:
        states.append(apply(SCRIPT, states[-1], event))
    for cut, state in enumerate(states, 1):
        assert state == fold(SCRIPT, call.events[:cut])
