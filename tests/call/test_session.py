"""Tests of the session: which events each input leads to, and what is refused."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.call.coach import Coach
from callcoach.call.events import (
    CallEnded,
    CallResumed,
    CallStarted,
    CueHeard,
    ExitTaken,
    FactTold,
    FlagSnoozed,
    Heard,
    HoldEnded,
    HoldStarted,
    Jumped,
    LanguageSwitched,
    NoteWritten,
    ObjectionOpened,
    OfferedLine,
    StepEntered,
    kind_of,
)
from callcoach.call.flow import By
from callcoach.call.inputs import (
    FOLLOW,
    Hear,
    Hold,
    Input,
    Pass,
    Resume,
    Snooze,
    SwitchLanguage,
    Undo,
    Unhold,
    WriteNote,
)
from callcoach.errors import CallcoachError, FactError, IllegalMove, PackError
from callcoach.script.model import ExitId, LineId, Script, Speaker, StepId
from tests.call.example import ANGRY, LATE, example
from tests.call.moves import (
    agent,
    cue,
    customer,
    end_call,
    jump,
    line,
    objection,
    path,
    take,
    tell,
    tick,
    untick,
)
from tests.sessions import Call, play, start
from tests.support import end, minimal, script_of, step

HELLO_LINES = {
    "greeting": ["Hello, {{ name }}.", "Good day, {{ name }}."],
    "owing": {"en": "You owe {{ owed }}.", "when": "owed"},
}
SCRIPT: Script = script_of(
    example(
        facts={
            "name": {"type": "text", "title": "Their name", "given": "yes"},
            "owed": {"type": "money", "title": "Owed"},
            "paid": {"type": "yes_no", "title": "Paid"},
        },
        steps={
            "hello": {
                **step("Hello.", on={"to": "deal", "sets": {"paid": "yes"}}, skip="bye"),
                "say": HELLO_LINES,
            },
            "deal": step(
                "Deal.",
                ask={"stay": "yes", "say": {"ask_them": "May I ask?"}},
                nod={"stay": "yes"},
                on={"to": "bye", "after": "all"},
                again="hello",
            ),
            "bye": end("Bye."),
        },
        objections={
            "late": {**LATE, "bridge": ["So, where were we.", "Let us go on."]},
            "angry": ANGRY,
        },
        cues={"greet": cue("hello", in_="hello"), "name": cue("my name", in_="call")},
    )
)


def kinds(happened: Sequence[object]) -> list[str]:
    """Return the kinds of events."""
    return [kind_of(event) for event in happened]  # type: ignore[arg-type]  # they are events


def refusal(call: Call, given: Input, at: float = 9.0) -> CallcoachError:
    """Return the error that an input ends in; nothing has changed then."""
    before, said, count = call.state, list(call.session.transcript), len(call.events)
    with pytest.raises(CallcoachError) as caught:
        call.feed(at, given)
    assert call.state is before
    assert (call.session.transcript, len(call.events)) == (said, count)
    return caught.value


# The beginning


def test_a_call_opens_at_the_start_and_offers_its_lines() -> None:
    session, opening = start(SCRIPT)
    first, entered = opening
    assert isinstance(first, CallStarted)
    assert isinstance(entered, StepEntered)
    assert (entered.step, entered.by, entered.at) == ("example.hello", By.START, 0.0)
    assert [offered.line for offered in entered.offered] == ["example.greeting", "example.owing"]
    assert session.state.offered == entered.offered


def test_a_pack_that_only_lends_cannot_be_called_with() -> None:
    with pytest.raises(PackError, match="no start"):
        Coach(replace(SCRIPT, start=None))


# Words


def test_what_was_heard_is_kept_as_it_was_given() -> None:
    call = play(SCRIPT)
    heard = Hear(Speaker.OTHER, "  嗯, [x] ", 2.0, 3.5, "speech", 0.7)
    (said,) = call.feed(4.0, heard)
    assert said == Heard(
        seq=2,
        at=4.0,
        speaker=Speaker.OTHER,
        text="  嗯, [x] ",
        start=2.0,
        end=3.5,
        source="speech",
        confidence=0.7,
    )
    assert call.session.transcript == [said]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, (4.0, 4.0)),
        (2.0, None, (2.0, 4.0)),
        (2.0, 3.0, (2.0, 3.0)),
        (3.0, 2.0, (3.0, 3.0)),
        (5.0, None, (4.0, 4.0)),
        (5.0, 6.0, (4.0, 6.0)),
        (None, 3.0, (4.0, 4.0)),
    ],
)
def test_an_utterance_never_ends_before_it_begins_nor_begins_after_now(
    start: float | None, end: float | None, expected: tuple[float, float]
) -> None:
    said = play(SCRIPT, (4.0, agent("x", start, end))).session.transcript[0]
    assert (said.start, said.end) == expected


def test_an_input_before_the_last_event_counts_as_at_its_time() -> None:
    call = play(SCRIPT, (9.0, agent("x")))
    (said,) = call.feed(3.0, agent("y"))
    assert said.at == 9.0


def test_words_lead_to_what_they_mean_in_order() -> None:
    call = play(SCRIPT)
    happened = call.feed(1.0, agent("my name is Lin, hello"))
    assert kinds(happened) == ["heard", "cue_heard", "cue_heard"]
    assert [event.cue for event in happened if isinstance(event, CueHeard)] == [
        "example.name",
        "example.greet",
    ]
    happened = call.feed(2.0, customer("not now"))
    assert kinds(happened) == ["heard", "suggested"]


def test_a_line_is_said_as_it_is_offered() -> None:
    call = play(SCRIPT, (0.0, tell("name", "Ms Wang", "given")), seed=3)
    (_, rendered) = call.session.lines()[0]
    said = call.feed(5.0, line("greeting", 2.0))[0]
    assert isinstance(said, Heard)
    assert said.text == rendered.text
    assert "Ms Wang" in said.text
    assert (said.speaker, said.source, said.line) == (Speaker.AGENT, "line", "example.greeting")
    assert (said.start, said.end) == (3.0, 5.0)
    assert call.state.said == {"example.greeting"}


def test_a_line_meets_the_cues_that_its_words_meet() -> None:
    source = minimal(cues={"wish": cue("good morning", in_="hello")})
    assert "cue_heard" in kinds(play(source).feed(5.0, line("l_good_morning_")))


def test_a_line_is_not_begun_before_the_call() -> None:
    said = play(SCRIPT, (1.0, line("greeting", 5.0))).session.transcript[0]
    assert (said.start, said.end) == (0.0, 1.0)


def test_a_line_that_is_not_offered_can_be_said_too() -> None:
    said = play(SCRIPT, (5.0, line("calm"))).session.transcript[0]
    assert said.text == "I hear you."


def test_a_line_that_is_not_there_cannot_be_said() -> None:
    assert "example.nothing" in refusal(play(SCRIPT), line("nothing")).message


# Lines


def test_only_lines_whose_condition_holds_are_shown() -> None:
    call = play(SCRIPT)
    assert [id for id, _ in call.session.lines()] == ["example.greeting"]
    call.feed(1.0, tell("owed", "12 CNY"))
    assert [id for id, _ in call.session.lines()] == ["example.greeting", "example.owing"]


def test_what_a_line_needs_and_nobody_knows_is_named() -> None:
    call = play(SCRIPT)
    (_, rendered) = call.session.lines()[0]
    assert "[Their name]" in rendered.text
    assert rendered.missing == ("example.name",)


def test_any_line_can_be_rendered_in_its_first_variant() -> None:
    call = play(SCRIPT, (1.0, tell("name", "Li")))
    assert call.session.render_line(LineId("example.greeting")).text == "Hello, Li."


LOOP = minimal(
    steps={
        "hello": {
            "title": "Hello",
            "say": {"hi": ["One.", "Two.", "Three."], "alone": "Only one."},
            "exits": {"on": {"label": "On", "to": "deal"}},
        },
        "deal": step("Deal.", on="hello", off="bye"),
        "bye": end("Bye."),
    }
)


def offered_variants(call: Call) -> list[int]:
    """Return which variant of the line `hi` was offered, each time."""
    entered = [event for event in call.events if isinstance(event, StepEntered)]
    return [
        offer.variant for event in entered for offer in event.offered if offer.line == "example.hi"
    ]


@given(st.integers(-(2**31), 2**31))
def test_no_variant_comes_again_before_all_others_have(seed: int) -> None:
    call = play(LOOP, *((float(at), take("on")) for at in range(1, 18)), seed=seed)
    variants = offered_variants(call)
    assert len(variants) == 9
    for place in range(7):
        assert sorted(variants[place : place + 3]) == [0, 1, 2]


def test_the_seed_decides_which_variant_comes_first() -> None:
    first = [offered_variants(play(LOOP, seed=seed))[0] for seed in range(20)]
    assert set(first) == {0, 1, 2}
    assert first == [offered_variants(play(LOOP, seed=seed))[0] for seed in range(20)]


def test_a_line_with_one_variant_is_offered_as_it_is() -> None:
    call = play(LOOP, (1.0, take("on")), (2.0, take("on")))
    assert OfferedLine(LineId("example.alone"), 0) in call.state.offered


def test_after_a_switch_of_the_language_its_variants_take_turns_too() -> None:
    hi = {"zh": ["一。", "二。"], "en": ["One.", "Two.", "Three."]}
    both = {"zh": "中", "en": "Both"}
    exits = {"on": {"label": both, "to": "hello_again"}}
    hello = {"title": both, "say": {"hi": hi}, "exits": exits}
    again = {"title": both, "say": "hi", "exits": {"on": {"label": both, "to": "hello"}}}
    source = minimal(
        languages=["zh", "en"],
        title=both,
        steps={
            "hello": hello,
            "hello_again": again,
            "bye": {"title": both, "say": {"bye": both}, "outcome": "done"},
        },
        outcomes={"done": {"code": "DONE", "title": both}},
    )
    call = play(source, *((float(at), take("on")) for at in range(1, 6)))
    call.feed(6.0, SwitchLanguage("en"))
    for at in range(7, 10):
        call.feed(float(at), take("on"))
    assert sorted(offered_variants(call)[-3:]) == [0, 1, 2]


# Moves


def test_an_exit_is_taken_what_it_settles_is_told_and_the_step_is_entered() -> None:
    taken, told, entered = play(SCRIPT, (1.0, agent("hello"))).feed(4.0, take("on"))
    assert isinstance(taken, ExitTaken)
    assert (taken.step, taken.exit, taken.by) == ("example.hello", "on", "hand")
    assert isinstance(told, FactTold)
    assert (told.fact, told.value, told.by) == ("example.paid", "yes", "exit")
    assert isinstance(entered, StepEntered)
    assert (entered.step, entered.by) == ("example.deal", By.EXIT)


def test_a_spoke_offers_its_lines_and_stays() -> None:
    call = play(SCRIPT, (1.0, take("on")))
    (taken,) = call.feed(2.0, take("ask"))
    assert isinstance(taken, ExitTaken)
    assert taken.offered == call.state.offered == (OfferedLine(LineId("example.ask_them"), 0),)
    assert call.state.position.step == "example.deal"
    assert call.state.position.done == {ExitId("ask")}
    assert call.state.spoke == "ask"


def test_a_spoke_without_lines_leaves_those_that_are_offered() -> None:
    call = play(SCRIPT, (1.0, take("on")))
    before = call.state.offered
    call.feed(2.0, take("nod"))
    assert call.state.offered == before


def test_a_hub_opens_when_its_spokes_are_done_and_is_new_at_the_next_visit() -> None:
    call = play(SCRIPT, (1.0, take("on")), (2.0, take("ask")), (3.0, take("nod")))
    assert [way.is_open for way in call.session.ways()] == [True] * 4
    call.feed(4.0, take("again"), take("on"))
    assert [way.is_open for way in call.session.ways()] == [True, True, False, True]


def test_an_objection_opens_from_anywhere_and_comes_back() -> None:
    call = play(SCRIPT, (1.0, take("on")), (2.0, take("ask")))
    opened, entered = call.feed(3.0, objection("late"))
    assert isinstance(opened, ObjectionOpened)
    assert (opened.step, opened.objection) == ("example.deal", "example.late")
    assert isinstance(entered, StepEntered)
    before = play(SCRIPT, (1.0, take("on")), (2.0, take("ask"))).state.position
    call.feed(4.0, take("back"))
    assert call.state.position == before


def test_the_way_back_offers_the_bridge_and_then_the_lines_of_the_step() -> None:
    call = play(SCRIPT, (1.0, objection("late")), (2.0, take("back")))
    assert [offered.line for offered in call.state.offered] == [
        "example.late_bridge",
        "example.greeting",
        "example.owing",
    ]


def test_the_bridge_is_not_for_other_ways_out() -> None:
    call = play(SCRIPT, (1.0, objection("late")), (2.0, take("away")))
    assert [offered.line for offered in call.state.offered] == ["example.l_bye_"]


def test_objections_within_objections_come_back_one_by_one() -> None:
    call = play(SCRIPT, (1.0, take("on")), (2.0, objection("late")), (3.0, take("angry")))
    assert [frame.step for frame in call.state.position.stack] == ["example.deal", "example.late"]
    call.feed(4.0, take("back"))
    assert [frame.step for frame in call.state.position.stack] == ["example.deal"]
    call.feed(5.0, take("back"))
    assert call.state.position.stack == ()
    assert path(call.events) == ["hello", "deal", "late", "angry", "late", "deal"]


@pytest.mark.parametrize("way", [jump("bye"), jump("hello"), take("away")], ids=str)
def test_a_jump_and_an_exit_into_the_script_leave_every_objection(way: Input) -> None:
    call = play(SCRIPT, (1.0, take("on")), (2.0, objection("angry")), (3.0, objection("late")))
    call.feed(4.0, way)
    assert call.state.position.stack == ()
    assert [way.exit.id for way in call.session.ways() if way.exit.back] == []


def test_a_jump_says_where_it_came_from() -> None:
    jumped, entered = play(SCRIPT).feed(4.0, jump("bye"))
    assert isinstance(jumped, Jumped)
    assert (jumped.step, jumped.to) == ("example.hello", "example.bye")
    assert isinstance(entered, StepEntered)
    assert entered.by is By.JUMP


def test_who_chose_the_way_is_kept() -> None:
    call = play(
        SCRIPT,
        (1.0, take("on", FOLLOW)),
        (2.0, objection("late", FOLLOW)),
        (3.0, jump("bye", FOLLOW)),
    )
    chosen = [
        event.by for event in call.events if isinstance(event, (ExitTaken, ObjectionOpened, Jumped))
    ]
    assert chosen == [FOLLOW] * 3


def test_an_illegal_move_names_what_is_open() -> None:
    call = play(SCRIPT, (1.0, take("on")))
    error = refusal(call, take("on"))
    assert isinstance(error, IllegalMove)
    assert error.hint == "open here: Ask / Nod / Again"


# Facts


@pytest.mark.parametrize(
    ("fact", "text", "value"),
    [("owed", "¥1,280.5", "1280.5 CNY"), ("paid", "是", "yes"), ("name", "  Li ", "Li")],
)
def test_a_fact_is_kept_in_its_canonical_text(fact: str, text: str, value: str) -> None:
    (told,) = play(SCRIPT).feed(1.0, tell(fact, text))
    assert isinstance(told, FactTold)
    assert (told.value, told.by) == (value, "hand")


@pytest.mark.parametrize(
    ("fact", "text"), [("nothing", "x"), ("owed", "much"), ("paid", "perhaps"), ("name", " ")]
)
def test_a_fact_that_cannot_be_read_is_refused_with_what_could(fact: str, text: str) -> None:
    error = refusal(play(SCRIPT), tell(fact, text))
    assert isinstance(error, FactError)
    assert error.hint


# Ticks


@pytest.mark.parametrize("given", [tick("nothing"), untick("nothing")], ids=str)
def test_a_cue_that_is_not_there_cannot_be_ticked(given: Input) -> None:
    assert isinstance(refusal(play(SCRIPT), given), IllegalMove)


# Notes, holds, languages, pauses


def test_a_note_is_kept_without_its_margins() -> None:
    (note,) = play(SCRIPT).feed(1.0, WriteNote("  call after 6 pm \n"))
    assert note == NoteWritten(seq=2, at=1.0, text="call after 6 pm")


@pytest.mark.parametrize("text", ["", "  ", "\n\t"])
def test_a_blank_note_is_none(text: str) -> None:
    assert play(SCRIPT).feed(1.0, WriteNote(text)) == ()


def test_a_hold_begins_and_ends_once() -> None:
    call = play(SCRIPT)
    assert call.feed(1.0, Unhold()) == ()
    assert call.feed(2.0, Hold(), Hold()) == (HoldStarted(seq=2, at=2.0),)
    assert call.feed(5.0, Unhold(), Unhold()) == (HoldEnded(seq=3, at=5.0),)
    assert call.state.held == 3.0


def bilingual() -> Script:
    """Return a script in two languages."""
    both = {"zh": "您好。", "en": "Hello."}
    ending = {"title": both, "say": {"bye": both}, "outcome": "done"}
    return script_of(
        minimal(
            languages=["zh", "en"],
            title=both,
            start="bye",
            steps={"bye": ending},
            outcomes={"done": {"code": "DONE", "title": both}},
        )
    )


def test_after_a_switch_the_lines_are_said_in_the_other_language() -> None:
    call = play(bilingual())
    assert [rendered.text for _, rendered in call.session.lines()] == ["您好。"]
    assert call.feed(1.0, SwitchLanguage("en")) == (LanguageSwitched(seq=2, at=1.0, language="en"),)
    assert [rendered.text for _, rendered in call.session.lines()] == ["Hello."]


def test_a_switch_to_the_same_language_is_none() -> None:
    assert play(bilingual()).feed(1.0, SwitchLanguage("zh")) == ()


def test_a_language_that_the_script_does_not_have_is_refused_and_its_own_are_named() -> None:
    assert refusal(play(bilingual()), SwitchLanguage("de")).hint == "it has zh, en"


def test_time_that_passes_is_no_event() -> None:
    call = play(SCRIPT)
    assert call.feed(999.0, Pass()) == ()
    assert call.state.at == 0.0


def test_that_a_call_was_taken_up_again_is_kept() -> None:
    assert play(SCRIPT).feed(60.0, Resume()) == (CallResumed(seq=2, at=60.0),)


def test_a_snooze_lasts_for_its_seconds() -> None:
    assert play(SCRIPT).feed(3.0, Snooze(1, 60.0)) == (
        FlagSnoozed(seq=2, at=3.0, flag=1, until=63.0),
    )


# The end


def ending(call: Call, at: float, given: Input) -> CallEnded:
    """Return how a call ended."""
    (ended,) = [event for event in call.feed(at, given) if isinstance(event, CallEnded)]
    return ended


def test_at_an_end_of_the_script_the_call_has_its_outcome() -> None:
    ended = ending(play(SCRIPT, (1.0, take("skip"))), 5.0, end_call())
    assert (ended.step, ended.outcome, ended.code) == ("example.bye", "example.done", "DONE")
    assert not ended.is_early


def test_elsewhere_a_call_ends_early_with_the_outcome_that_is_chosen() -> None:
    ended = ending(play(SCRIPT), 5.0, end_call("hung_up"))
    assert (ended.step, ended.outcome, ended.code) == ("example.hello", "example.hung_up", "HUNG")
    assert ended.is_early


def test_at_an_end_another_outcome_may_be_chosen() -> None:
    ended = ending(play(SCRIPT, (1.0, take("skip"))), 5.0, end_call("sold"))
    assert (ended.outcome, ended.is_early) == ("example.sold", True)


def test_elsewhere_a_call_does_not_end_without_an_outcome_and_the_early_ones_are_named() -> None:
    error = refusal(play(SCRIPT), end_call())
    assert isinstance(error, IllegalMove)
    assert "example.hello is no end" in error.message
    assert "example.hung_up" in error.hint


def test_an_outcome_that_is_not_there_is_refused() -> None:
    error = refusal(play(SCRIPT, (1.0, take("skip"))), end_call("fame"))
    assert "example.fame" in error.message
    assert "example.hung_up" in error.hint


def test_a_hold_ends_with_the_call() -> None:
    call = play(SCRIPT, (1.0, Hold()))
    assert kinds(call.feed(5.0, end_call("hung_up")))[:2] == ["hold_ended", "call_ended"]
    assert (call.state.is_on_hold, call.state.held) == (False, 4.0)


def test_where_nobody_says_how_it_did_a_followed_call_ends_with_an_unknown_outcome() -> None:
    ended = ending(play(SCRIPT), 5.0, end_call(by=FOLLOW))
    assert (ended.outcome, ended.code, ended.is_early) == (None, "", True)


@pytest.mark.parametrize(
    "given",
    [
        agent("hello"),
        customer("hello"),
        line("greeting"),
        take("on"),
        objection("late"),
        jump("deal"),
        tell("paid", "yes"),
        tick("greet"),
        untick("greet"),
        Hold(),
        Unhold(),
        SwitchLanguage("en"),
        Resume(),
        end_call("hung_up"),
        end_call(by=FOLLOW),
    ],
    ids=str,
)
def test_after_the_end_nothing_happens_any_more(given: Input) -> None:
    call = play(SCRIPT, (1.0, end_call("hung_up")))
    assert "has ended" in refusal(call, given).message


def test_after_the_end_notes_can_be_written_and_the_end_be_taken_back() -> None:
    call = play(SCRIPT, (1.0, end_call("hung_up")), (2.0, WriteNote("wrap-up")), (3.0, Pass()))
    assert call.state.notes == 1
    call.feed(4.0, Snooze(1), Undo(), take("on"))
    assert path(call.events) == ["hello", "deal"]


# Words that no script foresees


@given(st.text(), st.sampled_from(Speaker), st.floats(0, 1e6), st.floats(-10, 1e6))
def test_any_words_can_be_heard(text: str, speaker: Speaker, at: float, begun: float) -> None:
    call = play(SCRIPT)
    said, *_ = call.feed(at, Hear(speaker, text, begun))
    assert isinstance(said, Heard)
    assert said.text == text
    assert said.end >= said.start
    assert call.state.position.step == StepId("example.hello")
