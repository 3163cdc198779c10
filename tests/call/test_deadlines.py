"""Tests of deadlines: by when something must be said, and what moves that time."""

import pytest

from callcoach.call.events import FlagCleared, FlagRaised
from callcoach.call.inputs import Hold, Pass, Undo, Unhold
from tests.call.example import Case
from tests.call.moves import agent, cue, customer, end_call, jump, objection, take, tick, untick

NAME = {"cues": {"name": cue("name", in_="call", within="30s of call")}}
PRICE = {"cues": {"price": cue("price", in_="deal", within="5s of step")}}
EARLY = {"cues": {"price": cue("price", in_="deal", within="10s of call")}}
WEATHER = {"cues": {"weather": cue("weather", in_="hello", within="20s of step")}}
CALM = {"cues": {"calm": cue("calm", in_="late", within="5s of step")}}
EACH = {"cues": {"price": cue("price", in_="deal", within="5s of step", each_visit="yes")}}
CALM_EACH = {"cues": {"calm": cue("calm", in_="late", within="5s of step", each_visit="yes")}}
TWO = {
    "cues": {
        "name": cue("name", in_="call", within="30s of call"),
        "firm": cue("firm", in_="call", within="20s of call"),
    }
}
TWICE = {"cues": {"name": cue("name", in_="call", within="30s of call", times="2")}}

OF_THE_CALL = [
    Case("said in time is no flag", NAME, [(29.0, agent("name")), (99.0, Pass())], []),
    Case("at its very deadline a cue is not missing yet", NAME, [(30.0, Pass())], []),
    Case(
        "just after its deadline a cue is missing, since its deadline",
        NAME,
        [(30.5, Pass())],
        ["30 + missing name: deadline"],
    ),
    Case("said at its very deadline is in time", NAME, [(30.0, agent("name"))], []),
    Case(
        "looked at an hour later it has been missing since its deadline",
        NAME,
        [(3600.0, Pass())],
        ["30 + missing name: deadline"],
    ),
    Case(
        "a flag does not nag",
        NAME,
        [(31.0, Pass()), (40.0, Pass()), (41.0, agent("hello")), (90.0, Pass())],
        ["30 + missing name: deadline"],
    ),
    Case(
        "said late is late, and missing no more",
        NAME,
        [(40.0, agent("name"))],
        ["30 + missing name: deadline", "40 - missing name: said", "40 + late name: late"],
    ),
    Case(
        "said late is late only once",
        NAME,
        [(40.0, agent("name")), (50.0, agent("name")), (60.0, Pass())],
        ["30 + missing name: deadline", "40 - missing name: said", "40 + late name: late"],
    ),
    Case(
        "ticked late is not called late: nobody knows when it was said",
        NAME,
        [(40.0, tick("name"))],
        ["30 + missing name: deadline", "40 - missing name: ticked"],
    ),
    Case("ticked in time is no flag", NAME, [(30.0, tick("name")), (99.0, Pass())], []),
    Case(
        "said by the customer is not said",
        NAME,
        [(10.0, customer("name")), (31.0, Pass())],
        ["30 + missing name: deadline"],
    ),
    Case(
        "deadlines are missed in their own order",
        TWO,
        [(50.0, Pass())],
        ["20 + missing firm: deadline", "30 + missing name: deadline"],
    ),
    Case(
        "what is wanted twice is missing after once",
        TWICE,
        [(10.0, agent("name")), (31.0, Pass())],
        ["30 + missing name: deadline"],
    ),
    Case(
        "what is wanted twice and said twice in time is no flag",
        TWICE,
        [(10.0, agent("name")), (20.0, agent("name")), (31.0, Pass())],
        [],
    ),
    Case(
        "what is wanted twice is late when the second time is",
        TWICE,
        [(10.0, agent("name")), (40.0, agent("name"))],
        ["30 + missing name: deadline", "40 - missing name: said", "40 + late name: late"],
    ),
    Case(
        "said twice in one breath is said once",
        TWICE,
        [(10.0, agent("name name")), (31.0, Pass())],
        ["30 + missing name: deadline"],
    ),
    Case(
        "after the call no deadline passes", NAME, [(9.0, end_call("hung_up")), (99.0, Pass())], []
    ),
    Case(
        "a deadline that passed before the end counts",
        NAME,
        [(31.0, end_call("hung_up"))],
        ["30 + missing name: deadline"],
    ),
    Case(
        "a call whose end is taken back goes on",
        NAME,
        [(9.0, end_call("hung_up")), (20.0, Undo()), (31.0, Pass())],
        ["30 + missing name: deadline"],
    ),
    Case(
        "what was unticked is owed again",
        NAME,
        [(9.0, agent("name")), (10.0, untick("name")), (31.0, Pass())],
        ["30 + missing name: deadline"],
    ),
    Case("where the call has not been nothing is due", EARLY, [(15.0, Pass())], []),
    Case(
        "entered after its deadline a cue is missing from the start",
        EARLY,
        [(15.0, take("on")), (16.0, Pass())],
        ["15 + missing price: deadline"],
    ),
    Case(
        "entered in time a cue has the rest of its time",
        EARLY,
        [(5.0, take("on")), (10.0, Pass()), (10.5, Pass())],
        ["10 + missing price: deadline"],
    ),
    Case(
        "a deadline of the call is over wherever the call has gone on to",
        EARLY,
        [(5.0, take("on")), (6.0, objection("late")), (10.5, Pass())],
        ["10 + missing price: deadline"],
    ),
    Case(
        "a cue that was flagged when its step was left is not flagged again",
        EARLY,
        [(5.0, take("on")), (6.0, take("on")), (10.5, Pass())],
        ["6 + missing price: step_left"],
    ),
]

IN_TIME = [
    Case(
        "begun in time and recognised late is in time",
        NAME,
        [(33.0, agent("name", 28.0, 33.0))],
        ["30 + missing name: deadline", "33 - missing name: in_time"],
    ),
    Case(
        "begun at the very deadline is in time",
        NAME,
        [(33.0, agent("name", 30.0, 32.0))],
        ["30 + missing name: deadline", "33 - missing name: in_time"],
    ),
    Case(
        "begun just after the deadline is late",
        NAME,
        [(33.0, agent("name", 30.5, 32.0))],
        ["30 + missing name: deadline", "33 - missing name: said", "33 + late name: late"],
    ),
    Case(
        "flagged by a tick of the clock, then recognised, is in time",
        NAME,
        [(31.0, Pass()), (33.0, agent("name", 28.0, 33.0))],
        ["30 + missing name: deadline", "33 - missing name: in_time"],
    ),
    Case(
        "with a hold in between it is measured by the shifted deadline",
        NAME,
        [(10.0, Hold()), (25.0, Unhold()), (48.0, agent("name", 44.0, 47.0))],
        ["45 + missing name: deadline", "48 - missing name: in_time"],
    ),
    Case(
        "of a step's deadline too",
        PRICE,
        [(10.0, take("on")), (17.0, agent("price", 14.0, 17.0))],
        ["15 + missing price: deadline", "17 - missing price: in_time"],
    ),
    Case(
        "said again after that it is still not late",
        NAME,
        [(33.0, agent("name", 28.0, 33.0)), (40.0, agent("name"))],
        ["30 + missing name: deadline", "33 - missing name: in_time"],
    ),
]

HOLDS = [
    Case("no deadline passes on hold", NAME, [(10.0, Hold()), (999.0, Pass())], []),
    Case(
        "a hold shifts the deadline by its length",
        NAME,
        [(10.0, Hold()), (25.0, Unhold()), (45.0, Pass())],
        [],
    ),
    Case(
        "after the shifted deadline it is missing",
        NAME,
        [(10.0, Hold()), (25.0, Unhold()), (45.5, Pass())],
        ["45 + missing name: deadline"],
    ),
    Case(
        "two holds add up",
        NAME,
        [(5.0, Hold()), (10.0, Unhold()), (20.0, Hold()), (30.0, Unhold()), (45.5, Pass())],
        ["45 + missing name: deadline"],
    ),
    Case(
        "a deadline before the hold is over, though first looked at when it begins",
        NAME,
        [(31.0, Hold())],
        ["30 + missing name: deadline"],
    ),
    Case(
        "held at the very deadline it is missing only after the hold",
        NAME,
        [(30.0, Hold()), (90.0, Unhold()), (90.0, Pass()), (91.0, Pass())],
        ["90 + missing name: deadline"],
    ),
    Case(
        "said on hold is said",
        NAME,
        [(10.0, Hold()), (20.0, agent("name")), (99.0, Unhold()), (199.0, Pass())],
        [],
    ),
    Case(
        "a second hold does not begin the first one anew",
        NAME,
        [(10.0, Hold()), (20.0, Hold()), (25.0, Unhold()), (25.0, Unhold()), (45.5, Pass())],
        ["45 + missing name: deadline"],
    ),
    Case(
        "a step's deadline is shifted as well",
        PRICE,
        [(10.0, take("on")), (12.0, Hold()), (22.0, Unhold()), (25.0, Pass()), (25.5, Pass())],
        ["25 + missing price: deadline"],
    ),
    Case(
        "a hold before the step does not shift the step's deadline",
        PRICE,
        [(2.0, Hold()), (9.0, Unhold()), (10.0, take("on")), (15.0, Pass()), (15.5, Pass())],
        ["15 + missing price: deadline"],
    ),
    Case(
        "a step entered on hold has its whole time after the hold",
        PRICE,
        [(5.0, Hold()), (10.0, take("on")), (20.0, Unhold()), (25.0, Pass()), (25.5, Pass())],
        ["25 + missing price: deadline"],
    ),
]

OF_A_STEP = [
    Case("at its very deadline", PRICE, [(10.0, take("on")), (15.0, Pass())], []),
    Case(
        "just after it",
        PRICE,
        [(10.0, take("on")), (15.5, Pass())],
        ["15 + missing price: deadline"],
    ),
    Case("another step's deadline is nobody's business", PRICE, [(99.0, Pass())], []),
    Case(
        "before the step is entered it can be said already",
        PRICE,
        [(9.0, agent("price")), (10.0, take("on")), (15.5, Pass())],
        [],
    ),
    Case(
        "owed at each visit, it has its whole time at each",
        EACH,
        [
            (10.0, take("on")),
            (11.0, agent("price")),
            (12.0, take("again")),
            (20.0, take("on")),
            (25.0, Pass()),
            (25.5, Pass()),
        ],
        ["25 + missing price: deadline"],
    ),
    Case(
        "a jump begins the time too",
        PRICE,
        [(10.0, jump("deal")), (15.0, Pass()), (15.5, Pass())],
        ["15 + missing price: deadline"],
    ),
    Case(
        "a spoke of the step does not begin it anew",
        PRICE,
        [(10.0, take("on")), (14.0, take("more")), (15.5, Pass())],
        ["15 + missing price: deadline"],
    ),
]

OF_A_STEP_AND_OBJECTIONS = [
    Case(
        "in an objection the step's deadline is not asked for",
        PRICE,
        [(10.0, take("on")), (12.0, objection("late")), (99.0, Pass())],
        [],
    ),
    Case(
        "said in the objection it is said",
        PRICE,
        [
            (10.0, take("on")),
            (12.0, objection("late")),
            (14.0, agent("price")),
            (30.0, take("back")),
            (31.0, Pass()),
        ],
        [],
    ),
    Case(
        "back in time, the rest of the time is left",
        PRICE,
        [
            (10.0, take("on")),
            (12.0, objection("late")),
            (13.0, take("back")),
            (15.0, Pass()),
            (15.5, Pass()),
        ],
        ["15 + missing price: deadline"],
    ),
    Case(
        "back too late, it has been missing since the return",
        PRICE,
        [(10.0, take("on")), (12.0, objection("late")), (40.0, take("back")), (41.0, Pass())],
        ["40 + missing price: deadline"],
    ),
    Case(
        "an objection has deadlines of its own",
        CALM,
        [(10.0, objection("late")), (15.0, Pass()), (15.5, Pass())],
        ["15 + missing calm: deadline"],
    ),
    Case(
        "an objection opened again has its whole time again",
        CALM_EACH,
        [
            (10.0, objection("late")),
            (11.0, agent("calm")),
            (12.0, take("back")),
            (20.0, objection("late")),
            (25.0, Pass()),
            (25.5, Pass()),
        ],
        ["25 + missing calm: deadline"],
    ),
    Case(
        "what is owed once is not owed in the objection opened again",
        CALM,
        [
            (10.0, objection("late")),
            (11.0, agent("calm")),
            (12.0, take("back")),
            (20.0, objection("late")),
            (99.0, Pass()),
        ],
        [],
    ),
    Case(
        "an objection within the objection does not restart it",
        CALM,
        [
            (10.0, objection("late")),
            (12.0, take("angry")),
            (13.0, take("back")),
            (15.0, Pass()),
            (15.5, Pass()),
        ],
        ["15 + missing calm: deadline"],
    ),
]

OF_A_STEP_AND_UNDO = [
    Case(
        "a visit that is taken back has no deadline",
        PRICE,
        [(10.0, take("on")), (13.0, Undo()), (99.0, Pass())],
        [],
    ),
    Case(
        "entered again after that it has all its time",
        PRICE,
        [(10.0, take("on")), (13.0, Undo()), (20.0, take("on")), (25.0, Pass()), (25.5, Pass())],
        ["25 + missing price: deadline"],
    ),
    Case(
        "the step that it goes back to was entered when it was entered",
        WEATHER,
        [(10.0, take("on")), (15.0, Undo()), (20.0, Pass()), (20.5, Pass())],
        [
            "10 + missing weather: step_left",
            "15 - missing weather: undone",
            "20 + missing weather: deadline",
        ],
    ),
    Case(
        "a deadline that passed in between is over",
        WEATHER,
        [(10.0, take("on")), (30.0, Undo()), (31.0, Pass())],
        [
            "10 + missing weather: step_left",
            "30 - missing weather: undone",
            "30 + missing weather: deadline",
        ],
    ),
]


@pytest.mark.parametrize("case", OF_THE_CALL, ids=lambda case: case.claim)
def test_of_the_call(case: Case) -> None:
    assert case.log() == case.flags


@pytest.mark.parametrize("case", IN_TIME, ids=lambda case: case.claim)
def test_recognised_late(case: Case) -> None:
    assert case.log() == case.flags


@pytest.mark.parametrize("case", HOLDS, ids=lambda case: case.claim)
def test_holds(case: Case) -> None:
    assert case.log() == case.flags


@pytest.mark.parametrize("case", OF_A_STEP, ids=lambda case: case.claim)
def test_of_a_step(case: Case) -> None:
    assert case.log() == case.flags


@pytest.mark.parametrize("case", OF_A_STEP_AND_OBJECTIONS, ids=lambda case: case.claim)
def test_of_a_step_around_objections(case: Case) -> None:
    assert case.log() == case.flags


@pytest.mark.parametrize("case", OF_A_STEP_AND_UNDO, ids=lambda case: case.claim)
def test_of_a_step_after_undo(case: Case) -> None:
    assert case.log() == case.flags


def test_a_missed_deadline_names_it_and_nobody_caused_it() -> None:
    call = Case("", NAME, [(10.0, Hold()), (25.0, Unhold()), (99.0, Pass())], []).play()
    (flag,) = [event for event in call.events if isinstance(event, FlagRaised)]
    assert (flag.due, flag.cause, flag.span) == (45.0, 0, None)


def test_what_is_late_points_at_its_words_and_names_the_deadline() -> None:
    call = Case("", NAME, [(40.0, agent("well, name then"))], []).play()
    late = [event for event in call.events if isinstance(event, FlagRaised)][-1]
    (said,) = call.session.transcript
    assert late.span is not None
    assert said.text[late.span.start : late.span.end] == "name"
    assert (late.span.heard, late.due, late.cause) == (said.seq, 30.0, said.seq)


def test_what_cleared_a_missed_deadline_points_at_its_words() -> None:
    call = Case("", NAME, [(33.0, agent("oh, name", 28.0, 33.0))], []).play()
    (cleared,) = [event for event in call.events if isinstance(event, FlagCleared)]
    assert cleared.span is not None
    assert call.session.transcript[0].text[cleared.span.start : cleared.span.end] == "name"
