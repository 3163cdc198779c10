"""Tests of taking a choice back: what it restores, and what it does to flags."""

import pytest
from msgspec.structs import replace

from callcoach.call.events import FlagRaised, Undone, kind_of
from callcoach.call.fold import MAX_CHOICES
from callcoach.call.inputs import Hold, Input, Pass, Undo, Unhold, WriteNote
from callcoach.errors import IllegalMove
from callcoach.script.model import Script
from tests.call.example import Case, example, waiving
from tests.call.moves import (
    agent,
    cue,
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
from tests.sessions import Call, play
from tests.support import end, script_of, step

WEATHER = {"cues": {"weather": cue("weather", in_="hello")}}
WHO = {"cues": {"who": cue("who", in_="call", before="deal")}}
NAME = {"cues": {"name": cue("name", in_="call", within="30s of call")}}
THREAT = {
    "avoid": {"threat": cue("threat", repair="sorry")},
    "cues": {"sorry": cue("sorry", in_="call")},
}

CASES = [
    Case(
        "what leaving a step flagged is cleared",
        WEATHER,
        [(2.0, take("on")), (3.0, Undo())],
        ["2 + missing weather: step_left", "3 - missing weather: undone"],
    ),
    Case(
        "what entering a step flagged is cleared",
        WHO,
        [(2.0, take("on")), (3.0, Undo())],
        ["2 + out_of_order who: comes_first", "3 - out_of_order who: undone"],
    ),
    Case(
        "left again it is a new flag",
        WEATHER,
        [(2.0, take("on")), (3.0, Undo()), (4.0, take("on"))],
        [
            "2 + missing weather: step_left",
            "3 - missing weather: undone",
            "4 + missing weather: step_left",
        ],
    ),
    Case(
        "what was repaired meanwhile stays repaired",
        WEATHER,
        [(2.0, take("on")), (3.0, agent("weather")), (4.0, Undo()), (5.0, take("on"))],
        ["2 + missing weather: step_left", "3 - missing weather: said"],
    ),
    Case(
        "a flag of an earlier choice stays",
        {"cues": {**WEATHER["cues"], "price": cue("price", in_="deal")}},
        [(2.0, take("on")), (3.0, take("on")), (4.0, Undo())],
        [
            "2 + missing weather: step_left",
            "3 + missing price: step_left",
            "4 - missing price: undone",
        ],
    ),
    Case(
        "what was said stays said",
        {"avoid": {"insult": cue("insult")}},
        [(1.0, take("on")), (2.0, agent("insult")), (3.0, Undo())],
        ["2 + forbidden insult: forbidden"],
    ),
    Case(
        "an end taken back clears what the end flagged",
        {"cues": {"whole": cue("whole", in_="call")}},
        [(2.0, end_call("sold")), (3.0, Undo())],
        ["2 + missing whole: call_ended", "3 - missing whole: undone"],
    ),
    Case(
        "a tick taken back flags again what it cleared",
        WEATHER,
        [(2.0, take("on")), (3.0, tick("weather")), (4.0, Undo())],
        [
            "2 + missing weather: step_left",
            "3 - missing weather: ticked",
            "4 + missing weather: step_left",
        ],
    ),
    Case(
        "a tick taken back flags again the order that it cleared",
        WHO,
        [(2.0, take("on")), (3.0, tick("who")), (4.0, Undo())],
        [
            "2 + out_of_order who: comes_first",
            "3 - out_of_order who: ticked",
            "4 + out_of_order who: comes_first",
        ],
    ),
    Case(
        "a tick taken back flags again the deadline that it cleared",
        NAME,
        [(31.0, tick("name")), (32.0, Undo()), (33.0, Pass())],
        [
            "30 + missing name: deadline",
            "31 - missing name: ticked",
            "32 + missing name: deadline",
        ],
    ),
    Case(
        "a tick taken back flags again what it repaired",
        THREAT,
        [(2.0, agent("threat")), (3.0, tick("sorry")), (4.0, Undo())],
        [
            "2 + forbidden threat: forbidden",
            "3 - forbidden threat: repaired",
            "4 + forbidden threat: forbidden",
        ],
    ),
    Case(
        "a tick taken back and then said is repaired for good",
        THREAT,
        [(2.0, agent("threat")), (3.0, tick("sorry")), (4.0, Undo()), (5.0, agent("sorry"))],
        [
            "2 + forbidden threat: forbidden",
            "3 - forbidden threat: repaired",
            "4 + forbidden threat: forbidden",
            "5 - forbidden threat: repaired",
        ],
    ),
    Case(
        "a tick taken back after it was said too leaves it said",
        WEATHER,
        [(2.0, take("on")), (3.0, tick("weather")), (4.0, agent("weather")), (5.0, Undo())],
        ["2 + missing weather: step_left", "3 - missing weather: ticked"],
    ),
    Case(
        "an untick taken back after it was said again counts both",
        {"cues": {"weather": cue("weather", in_="hello", times="2")}},
        [
            (1.0, agent("weather")),
            (2.0, untick("weather")),
            (3.0, agent("weather")),
            (4.0, Undo()),
            (5.0, take("on")),
        ],
        [],
    ),
    Case(
        "a tick of what was met is taken back without a flag",
        WEATHER,
        [(1.0, agent("weather")), (2.0, tick("weather")), (3.0, Undo()), (4.0, take("on"))],
        [],
    ),
    Case(
        "an untick taken back: the cue is met again",
        WEATHER,
        [(1.0, agent("weather")), (2.0, untick("weather")), (3.0, Undo()), (4.0, take("on"))],
        [],
    ),
    Case(
        "an untick taken back: the deadline that passed meanwhile was none",
        NAME,
        [(9.0, agent("name")), (20.0, untick("name")), (31.0, Pass()), (32.0, Undo())],
        ["30 + missing name: deadline", "32 - missing name: undone"],
    ),
    Case(
        "a waiver taken back waives nothing",
        {"steps": waiving("weather"), **WEATHER},
        [(1.0, take("skip")), (2.0, Undo()), (3.0, take("on"))],
        ["3 + missing weather: step_left"],
    ),
    Case(
        "a fact taken back touches no flag",
        {**WEATHER, "facts": {"paid": {"type": "yes_no", "title": "Paid"}}},
        [(2.0, take("on")), (3.0, tell("paid", "yes")), (4.0, Undo())],
        ["2 + missing weather: step_left"],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.claim)
def test_flags(case: Case) -> None:
    assert case.log() == case.flags


def test_a_flag_raised_again_keeps_its_evidence() -> None:
    case = Case("", THREAT, [(2.0, agent("threat")), (3.0, tick("sorry")), (4.0, Undo())], [])
    first, *_, again = [event for event in case.play().events if isinstance(event, FlagRaised)]
    assert again is not first
    assert (again.span, again.reason, again.severity) == (first.span, first.reason, first.severity)


# What is restored

SCRIPT: Script = script_of(
    example(
        facts={
            "paid": {"type": "yes_no", "title": "Paid"},
            "owed": {"type": "money", "title": "Owed"},
        },
        steps={
            "hello": step(
                "Hello.",
                on={"to": "deal", "sets": {"paid": "yes"}, "waives": ["name"]},
                away={"to": "late"},
            ),
            "deal": step(
                "Deal.",
                one={"stay": "yes", "say": {"first": "First."}, "sets": {"owed": "5"}},
                on={"to": "bye", "after": "all"},
            ),
            "bye": end("Bye."),
        },
        cues={"name": cue("name", in_="hello"), "firm": cue("firm", in_="call", before="deal")},
    )
)
BEFORE: list[tuple[float, Input]] = [
    (1.0, tell("paid", "no")),
    (2.0, agent("name")),
    (3.0, line("l_hello_")),
    (4.0, tick("firm")),
]


ANYWHERE: list[Input] = [
    jump("bye"),
    objection("angry"),
    tell("paid", "yes"),
    tell("owed", "7"),
    tick("name"),
    tick("firm"),
    untick("name"),
    untick("firm"),
    end_call("hung_up"),
    end_call("sold"),
]
SOMEWHERE: dict[str, list[Input]] = {
    "hello": [take("on"), take("away"), objection("late"), jump("deal")],
    "deal": [take("one"), objection("late"), jump("hello")],
    "late": [take("back"), take("away"), take("angry"), jump("hello"), jump("deal")],
}
WAY_TO: dict[str, list[Input]] = {
    "hello": [],
    "deal": [jump("deal")],
    "late": [objection("late")],
}


@pytest.mark.parametrize(
    ("where", "choice"),
    [(where, choice) for where in WAY_TO for choice in (*ANYWHERE, *SOMEWHERE[where])],
    ids=str,
)
def test_everything_is_as_before(where: str, choice: Input) -> None:
    call = play(SCRIPT, *BEFORE)
    call.feed(5.0, *WAY_TO[where])
    before = call.state
    call.feed(6.0, choice)
    assert call.state != before
    call.feed(7.0, Undo())
    after = call.state
    counters = {"seq": after.seq, "at": after.at, "visits": after.visits, "uses": after.uses}
    counters["next_flag"] = after.next_flag
    assert after == replace(before, **counters)


def test_a_spoke_is_undone_with_its_lines_and_its_facts() -> None:
    call = play(SCRIPT, (1.0, jump("deal")))
    before = call.state
    call.feed(2.0, take("one"))
    assert call.state.position.done == {"one"}
    assert [offered.line for offered in call.state.offered] == ["example.first"]
    assert call.state.facts
    call.feed(3.0, Undo())
    assert call.state.position == before.position
    assert (call.state.offered, call.state.spoke) == (before.offered, None)
    assert not call.state.facts


def test_choices_are_taken_back_last_first() -> None:
    call = play(SCRIPT, (1.0, take("on")), (2.0, objection("late")), (3.0, take("back")))
    steps = []
    for _ in range(3):
        call.feed(4.0, Undo())
        steps.append(call.state.position.step.partition(".")[2])
    assert steps == ["late", "deal", "hello"]
    with pytest.raises(IllegalMove, match="nothing to take back"):
        call.feed(5.0, Undo())


def test_the_way_back_taken_back_is_in_the_objection_again() -> None:
    call = play(SCRIPT, (1.0, objection("late")))
    before = call.state.position
    call.feed(2.0, take("back"))
    call.feed(3.0, Undo())
    assert call.state.position == before
    call.feed(4.0, take("back"))
    assert path(call.events)[-1] == "hello"


def test_a_jump_out_of_objections_taken_back_is_in_them_again() -> None:
    call = play(SCRIPT, (1.0, objection("late")), (2.0, objection("angry")))
    before = call.state.position
    call.feed(3.0, jump("bye"))
    assert call.state.position.stack == ()
    call.feed(4.0, Undo())
    assert call.state.position == before


@pytest.mark.parametrize(
    "given",
    [Pass(), agent("hello"), line("l_hello_"), WriteNote("note"), tell("paid", "no", "given")],
    ids=str,
)
def test_what_is_no_choice_is_not_taken_back(given: Input) -> None:
    call = play(SCRIPT, (1.0, take("on")), (2.0, given))
    call.feed(3.0, Undo())
    assert call.state.position.step == "example.hello"
    with pytest.raises(IllegalMove):
        call.feed(4.0, Undo())


def test_a_hold_is_no_choice() -> None:
    call = play(SCRIPT, (1.0, Hold()), (2.0, Unhold()))
    with pytest.raises(IllegalMove):
        call.feed(3.0, Undo())
    assert call.state.held == 1.0


def test_undo_is_an_event_and_nothing_is_deleted() -> None:
    call = play(SCRIPT, (1.0, take("on")))
    before = list(call.events)
    taken = next(event for event in call.events if kind_of(event) == "exit_taken")
    call.feed(2.0, Undo())
    assert call.events[: len(before)] == before
    undone = call.events[len(before)]
    assert isinstance(undone, Undone)
    assert undone.of == taken.seq


def test_words_between_a_choice_and_its_undoing_are_kept() -> None:
    call = play(SCRIPT, (1.0, take("on")), (2.0, agent("name")), (3.0, Undo()))
    assert call.state.utterances == 1
    assert call.state.cue(next(iter(call.state.cues))).count == 1


def test_only_the_last_choices_can_be_taken_back() -> None:
    call = play(SCRIPT, *((float(at), tick("name")) for at in range(MAX_CHOICES + 5)))
    assert len(call.state.choices) == MAX_CHOICES
    call.feed(99.0, *[Undo()] * MAX_CHOICES)
    with pytest.raises(IllegalMove):
        call.feed(99.0, Undo())


def test_the_end_can_be_taken_back_and_the_call_goes_on() -> None:
    call = play(SCRIPT, (1.0, end_call("hung_up")), (2.0, Undo()), (3.0, take("on")))
    assert call.state.ended is None
    assert path(call.events) == ["hello", "deal"]


def told_twice() -> Call:
    """Return a call in which a fact was told, and told differently."""
    return play(SCRIPT, (1.0, tell("paid", "no")), (2.0, tell("paid", "yes")))


def test_a_fact_taken_back_is_what_it_was_before() -> None:
    call = told_twice()
    assert list(call.state.facts.values()) == [True]
    call.feed(3.0, Undo())
    assert list(call.state.facts.values()) == [False]
    call.feed(4.0, Undo())
    assert not call.state.facts


def test_a_fact_that_an_exit_settled_is_what_it_was_before_the_exit() -> None:
    call = play(SCRIPT, (1.0, tell("paid", "no")), (2.0, take("on")))
    assert list(call.state.facts.values()) == [True]
    call.feed(3.0, Undo())
    assert list(call.state.facts.values()) == [False]
