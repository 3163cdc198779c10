"""Tests of flags: what is forbidden, out of order, left behind or said too often, and how it ends.

Deadlines have tables of their own in `test_deadlines`, undoing in `test_undo`.
"""

from contextlib import suppress

import pytest

from callcoach.call.events import FlagCleared, FlagRaised, Span
from callcoach.call.inputs import FOLLOW, Pass, Snooze
from callcoach.errors import IllegalMove
from callcoach.script.model import FlagKind, Severity, local
from tests.call.example import Case, example, waiving
from tests.call.moves import (
    agent,
    cue,
    customer,
    end_call,
    flag_log,
    jump,
    objection,
    other,
    take,
    tick,
    untick,
)
from tests.sessions import play
from tests.support import Tree

WEATHER = {"cues": {"weather": cue("weather", in_="hello")}}
BOTH = {"cues": {"weather": cue("weather", in_=["hello", "deal"])}}
CALM = {"cues": {"calm": cue("calm", in_="late")}}
TWICE = {"cues": {"weather": cue("weather", in_="hello", times="2")}}
AT_MOST = {"cues": {"weather": cue("weather", in_="hello", times="0-1")}}
EACH = {"cues": {"feel": cue("feel", in_="hello", each_visit="yes")}}
EACH_BOTH = {"cues": {"feel": cue("feel", in_=["hello", "late"], each_visit="yes")}}

STEP_LEFT = [
    Case("said in its step is no flag", WEATHER, [(1.0, agent("weather")), (2.0, take("on"))], []),
    Case(
        "a step left without it is a flag",
        WEATHER,
        [(2.0, take("on"))],
        ["2 + missing weather: step_left"],
    ),
    Case(
        "said afterwards it is repaired",
        WEATHER,
        [(2.0, take("on")), (3.0, agent("weather"))],
        ["2 + missing weather: step_left", "3 - missing weather: said"],
    ),
    Case(
        "ticked afterwards it is repaired",
        WEATHER,
        [(2.0, take("on")), (3.0, tick("weather"))],
        ["2 + missing weather: step_left", "3 - missing weather: ticked"],
    ),
    Case(
        "left again without it, it is one flag and no more",
        WEATHER,
        [(2.0, take("on")), (3.0, take("again")), (4.0, take("on")), (5.0, take("on"))],
        ["2 + missing weather: step_left"],
    ),
    Case(
        "said before its step it is said",
        {"cues": {"weather": cue("weather", in_="deal")}},
        [(1.0, agent("weather")), (2.0, take("on")), (3.0, take("on"))],
        [],
    ),
    Case("ticked it is met", WEATHER, [(1.0, tick("weather")), (2.0, take("on"))], []),
    Case(
        "unticked it is not",
        WEATHER,
        [(1.0, agent("weather")), (1.5, untick("weather")), (2.0, take("on"))],
        ["2 + missing weather: step_left"],
    ),
    Case("due in the next step as well it is not missing yet", BOTH, [(2.0, take("on"))], []),
    Case(
        "due in two steps it is missing once the second is left",
        BOTH,
        [(2.0, take("on")), (3.0, take("on"))],
        ["3 + missing weather: step_left"],
    ),
    Case(
        "what is due in the whole call is not missing in a step",
        {"cues": {"weather": cue("weather", in_="call")}},
        [(2.0, take("on"))],
        [],
    ),
    Case(
        "a spoke does not leave the step",
        {"cues": {"price": cue("price", in_="deal")}},
        [(1.0, take("on")), (2.0, take("more"))],
        [],
    ),
    Case(
        "an objection does not leave the step",
        WEATHER,
        [(1.0, objection("late")), (2.0, take("back"))],
        [],
    ),
    Case(
        "an exit into an objection does not leave the step",
        CALM,
        [(1.0, objection("late")), (2.0, take("angry")), (3.0, agent("calm")), (4.0, take("back"))],
        [],
    ),
    Case(
        "an objection left by its way back is left",
        CALM,
        [(1.0, objection("late")), (2.0, take("back"))],
        ["2 + missing calm: step_left"],
    ),
    Case(
        "an objection left by an exit is left",
        CALM,
        [(1.0, objection("late")), (2.0, take("away"))],
        ["2 + missing calm: step_left"],
    ),
    Case(
        "an exit out of an objection does not blame the agent for the step that it cut short",
        WEATHER,
        [(1.0, objection("late")), (2.0, take("away"))],
        [],
    ),
    Case(
        "what is worth knowing is owed by nobody",
        {"watch": {"weather": cue("weather", in_="hello")}},
        [(2.0, take("on"))],
        [],
    ),
    Case(
        "what must not be said is not missing",
        {"avoid": {"weather": cue("weather", in_="hello")}},
        [(2.0, take("on"))],
        [],
    ),
]

COUNTS = [
    Case(
        "wanted twice, once is not enough",
        TWICE,
        [(1.0, agent("weather")), (2.0, take("on"))],
        ["2 + missing weather: step_left"],
    ),
    Case(
        "wanted twice, twice is enough",
        TWICE,
        [(1.0, agent("weather")), (1.5, agent("weather")), (2.0, take("on"))],
        [],
    ),
    Case(
        "wanted twice, the second time repairs it",
        TWICE,
        [(1.0, agent("weather")), (2.0, take("on")), (3.0, agent("weather"))],
        ["2 + missing weather: step_left", "3 - missing weather: said"],
    ),
    Case(
        "wanted twice, one tick is enough: the agent says that it is met",
        TWICE,
        [(1.0, tick("weather")), (2.0, take("on"))],
        [],
    ),
    Case("wanted at most once, never is no flag", AT_MOST, [(2.0, take("on"))], []),
    Case("wanted at most once, once is no flag", AT_MOST, [(1.0, agent("weather"))], []),
    Case(
        "wanted at most once, twice is too often",
        AT_MOST,
        [(1.0, agent("weather")), (2.0, agent("weather"))],
        ["2 + repeated weather: too_often"],
    ),
    Case(
        "wanted at most once, every further time is told of the same flag",
        AT_MOST,
        [(float(at), agent("weather")) for at in range(1, 5)],
        [f"{at} + repeated weather: too_often" for at in range(2, 5)],
    ),
    Case(
        "twice in one breath is once",
        AT_MOST,
        [(1.0, agent("weather, weather, weather"))],
        [],
    ),
    Case(
        "ticked and said once is once",
        AT_MOST,
        [(1.0, tick("weather")), (2.0, agent("weather"))],
        [],
    ),
    Case(
        "wanted once to twice, a third time is too often",
        {"cues": {"weather": cue("weather", in_="hello", times="1-2")}},
        [(float(at), agent("weather")) for at in range(1, 4)],
        ["3 + repeated weather: too_often"],
    ),
    Case(
        "what came too early does not count as one time",
        {"cues": {"weather": cue("weather", in_="hello", times="0-1", after="deal")}},
        [(1.0, agent("weather")), (2.0, take("on")), (3.0, agent("weather"))],
        [],
    ),
    Case(
        "what came up too early is none of the times it is wanted",
        {"cues": {"price": cue("price", in_="deal", times="2", after="deal")}},
        [
            (1.0, agent("price")),
            (2.0, take("on")),
            (3.0, agent("price")),
            (4.0, take("on")),
        ],
        ["4 + missing price: step_left"],
    ),
]

EACH_VISIT = [
    Case("said in the visit", EACH, [(1.0, agent("feel")), (2.0, take("on"))], []),
    Case(
        "owed anew at the next visit",
        EACH,
        [(1.0, agent("feel")), (2.0, take("on")), (3.0, take("again")), (4.0, take("on"))],
        ["4 + missing feel: step_left"],
    ),
    Case(
        "said at every visit",
        EACH,
        [
            (1.0, agent("feel")),
            (2.0, take("on")),
            (3.0, take("again")),
            (3.5, agent("feel")),
            (4.0, take("on")),
        ],
        [],
    ),
    Case(
        "ticked at every visit",
        EACH,
        [
            (1.0, tick("feel")),
            (2.0, take("on")),
            (3.0, take("again")),
            (3.5, tick("feel")),
            (4.0, take("on")),
        ],
        [],
    ),
    Case(
        "a tick does not last for the next visit",
        EACH,
        [(1.0, tick("feel")), (2.0, take("on")), (3.0, take("again")), (4.0, take("on"))],
        ["4 + missing feel: step_left"],
    ),
    Case(
        "missed at one visit and said at the next it is repaired",
        EACH,
        [(2.0, take("on")), (3.0, take("again")), (4.0, agent("feel")), (5.0, take("on"))],
        ["2 + missing feel: step_left", "4 - missing feel: said"],
    ),
    Case(
        "back from an objection is the same visit",
        EACH,
        [(1.0, agent("feel")), (2.0, objection("late")), (3.0, take("back")), (4.0, take("on"))],
        [],
    ),
    Case(
        "said in the step it is still owed in the objection",
        EACH_BOTH,
        [(1.0, agent("feel")), (2.0, objection("late")), (3.0, take("away"))],
        ["3 + missing feel: step_left"],
    ),
    Case(
        "said in the objection it is still owed in the step",
        EACH_BOTH,
        [(1.0, objection("late")), (2.0, agent("feel")), (3.0, take("back")), (4.0, take("on"))],
        ["4 + missing feel: step_left"],
    ),
    Case(
        "said in the step and in the objection it is owed nowhere",
        EACH_BOTH,
        [
            (1.0, agent("feel")),
            (2.0, objection("late")),
            (3.0, agent("feel")),
            (4.0, take("back")),
            (5.0, take("on")),
        ],
        [],
    ),
    Case(
        "still owed where the call ends, it is missing however often it was said before",
        {"cues": {"feel": cue("feel", in_=["hello", "bye"], each_visit="yes")}},
        [(1.0, agent("feel")), (2.0, take("on")), (3.0, take("on")), (4.0, end_call())],
        ["4 + missing feel: call_ended"],
    ),
]

BEFORE_A_STEP = {"cues": {"who": cue("who", in_="call", before="deal")}}
BEFORE_A_CUE = {
    "cues": {
        "who": cue("who", in_="call", before="price"),
        "price": cue("price", in_="call"),
    }
}
BEFORE_EITHER = {
    "cues": {
        "who": cue("who", in_="call", before=["deal", "price"]),
        "price": cue("price", in_="call"),
    }
}

BEFORE = [
    Case("said before the step", BEFORE_A_STEP, [(1.0, agent("who")), (2.0, take("on"))], []),
    Case("ticked before the step", BEFORE_A_STEP, [(1.0, tick("who")), (2.0, take("on"))], []),
    Case(
        "the step entered without it",
        BEFORE_A_STEP,
        [(2.0, take("on"))],
        ["2 + out_of_order who: comes_first"],
    ),
    Case(
        "the step jumped to without it",
        BEFORE_A_STEP,
        [(2.0, jump("deal"))],
        ["2 + out_of_order who: comes_first"],
    ),
    Case(
        "said afterwards it is repaired",
        BEFORE_A_STEP,
        [(2.0, take("on")), (3.0, agent("who"))],
        ["2 + out_of_order who: comes_first", "3 - out_of_order who: said"],
    ),
    Case(
        "ticked afterwards it is repaired",
        BEFORE_A_STEP,
        [(2.0, take("on")), (3.0, tick("who"))],
        ["2 + out_of_order who: comes_first", "3 - out_of_order who: ticked"],
    ),
    Case(
        "entered again without it, it is one flag",
        BEFORE_A_STEP,
        [(2.0, take("on")), (3.0, take("again")), (4.0, take("on"))],
        ["2 + out_of_order who: comes_first"],
    ),
    Case(
        "an objection may be what it comes before",
        {"cues": {"who": cue("who", in_="call", before="late")}},
        [(2.0, objection("late"))],
        ["2 + out_of_order who: comes_first"],
    ),
    Case(
        "the start may be what it comes before",
        {"cues": {"who": cue("who", in_="call", before="hello")}},
        [],
        ["0 + out_of_order who: comes_first"],
    ),
    Case(
        "a step that uses the step counts as the step",
        {
            **BEFORE_A_STEP,
            "steps": {**waiving(), "start": {"use": "deal"}, "model": {"use": "start"}},
        },
        [(2.0, jump("model"))],
        ["2 + out_of_order who: comes_first"],
    ),
    Case("said before the cue", BEFORE_A_CUE, [(1.0, agent("who")), (2.0, agent("price"))], []),
    Case(
        "the cue said without it",
        BEFORE_A_CUE,
        [(2.0, agent("price"))],
        ["2 + out_of_order who: comes_first"],
    ),
    Case(
        "before it in the same breath",
        BEFORE_A_CUE,
        [(2.0, agent("who asks the price"))],
        [],
    ),
    Case(
        "after it in the same breath",
        BEFORE_A_CUE,
        [(2.0, agent("the price is for who"))],
        ["2 + out_of_order who: comes_first", "2 - out_of_order who: said"],
    ),
    Case(
        "the cue said again without it, it is one flag",
        BEFORE_A_CUE,
        [(2.0, agent("price")), (3.0, agent("price"))],
        ["2 + out_of_order who: comes_first"],
    ),
    Case(
        "said after that and unsaid, the next time is a new flag",
        BEFORE_A_CUE,
        [(2.0, agent("price")), (3.0, agent("who")), (4.0, untick("who")), (5.0, agent("price"))],
        [
            "2 + out_of_order who: comes_first",
            "3 - out_of_order who: said",
            "5 + out_of_order who: comes_first",
        ],
    ),
    Case(
        "before a cue or a step, whichever comes first",
        BEFORE_EITHER,
        [(1.0, agent("price")), (2.0, take("on"))],
        ["1 + out_of_order who: comes_first"],
    ),
    Case(
        "half of what is wanted is not before",
        {"cues": {"who": cue("who", in_="call", times="2", before="deal")}},
        [(1.0, agent("who")), (2.0, take("on")), (3.0, agent("who"))],
        ["2 + out_of_order who: comes_first", "3 - out_of_order who: said"],
    ),
    Case(
        "what may be left out need not come before anything",
        {"cues": {"who": cue("who", in_="call", times="0-1", before="deal")}},
        [(1.0, take("on"))],
        [],
    ),
    Case(
        "the customer's words may be what it comes before",
        {
            "cues": {"who": cue("who", in_="call", before="sad")},
            "watch": {"sad": cue("sad", speaker="customer")},
        },
        [(1.0, customer("sad"))],
        ["1 + out_of_order who: comes_first"],
    ),
    Case(
        "waived on the way to the step it need not come before it",
        {
            "steps": waiving("who"),
            "cues": {"who": cue("who", in_="hello", before="bye")},
        },
        [(1.0, take("skip"))],
        [],
    ),
]

AFTER = [
    Case(
        "said too early it is not said",
        {"cues": {"sum": cue("sum", in_="hello", after="deal")}},
        [(1.0, agent("sum")), (2.0, take("on"))],
        ["2 + missing sum: step_left"],
    ),
    Case(
        "said once its step was entered it is said",
        {"cues": {"sum": cue("sum", in_="deal", after="deal")}},
        [(1.0, take("on")), (2.0, agent("sum")), (3.0, take("on"))],
        [],
    ),
    Case(
        "said after its cue it is said",
        {"cues": {"sum": cue("sum", in_="hello", after="who"), "who": cue("who", in_="call")}},
        [(1.0, agent("who")), (2.0, agent("sum")), (3.0, take("on"))],
        [],
    ),
    Case(
        "said after its cue was ticked it is said",
        {"cues": {"sum": cue("sum", in_="hello", after="who"), "who": cue("who", in_="call")}},
        [(1.0, tick("who")), (2.0, agent("sum")), (3.0, take("on"))],
        [],
    ),
    Case(
        "after its cue in the same breath",
        {"cues": {"sum": cue("sum", in_="hello", after="who"), "who": cue("who", in_="call")}},
        [(2.0, agent("who owes the sum")), (3.0, take("on"))],
        [],
    ),
    Case(
        "too early and in time in the same breath",
        {"cues": {"sum": cue("sum", in_="hello", after="who"), "who": cue("who", in_="call")}},
        [(2.0, agent("sum for who, the sum")), (3.0, take("on"))],
        [],
    ),
    Case(
        "one of several anchors is enough",
        {"cues": {"sum": cue("sum", in_="hello", after=["deal", "late"])}},
        [(1.0, objection("late")), (2.0, agent("sum")), (3.0, take("back")), (4.0, take("on"))],
        [],
    ),
]

THREAT = {
    "avoid": {"threat": cue("threat", repair="sorry")},
    "cues": {"sorry": cue("sorry", in_="call")},
}
INSULT = {"avoid": {"insult": cue("insult")}}
DEBT = {
    "avoid": {"debt": cue("debt", until=["deal", "who"], repair="sorry")},
    "cues": {"sorry": cue("sorry", in_="call"), "who": cue("who", in_="call")},
}
HERE = {"avoid": {"gossip": cue("gossip", in_="hello")}}

AVOID = [
    Case(
        "forbidden and said",
        INSULT,
        [(1.0, agent("insult"))],
        ["1 + forbidden insult: forbidden"],
    ),
    Case("said by the customer it is no flag", INSULT, [(1.0, customer("insult"))], []),
    Case("said by somebody else it is no flag", INSULT, [(1.0, other("insult"))], []),
    Case(
        "said again it is told again, of the same flag",
        INSULT,
        [(1.0, agent("insult")), (2.0, agent("insult"))],
        ["1 + forbidden insult: forbidden", "2 + forbidden insult: forbidden"],
    ),
    Case(
        "said twice in one breath it is told once",
        INSULT,
        [(1.0, agent("insult and insult"))],
        ["1 + forbidden insult: forbidden"],
    ),
    Case(
        "time does not clear it",
        INSULT,
        [(1.0, agent("insult")), (999.0, Pass())],
        ["1 + forbidden insult: forbidden"],
    ),
    Case(
        "repaired",
        THREAT,
        [(1.0, agent("threat")), (2.0, agent("sorry"))],
        ["1 + forbidden threat: forbidden", "2 - forbidden threat: repaired"],
    ),
    Case(
        "repaired by a tick",
        THREAT,
        [(1.0, agent("threat")), (2.0, tick("sorry"))],
        ["1 + forbidden threat: forbidden", "2 - forbidden threat: repaired"],
    ),
    Case(
        "repaired in the same breath",
        THREAT,
        [(1.0, agent("threat, oh, sorry"))],
        ["1 + forbidden threat: forbidden", "1 - forbidden threat: repaired"],
    ),
    Case(
        "sorry, and then the threat, repairs nothing",
        THREAT,
        [(1.0, agent("sorry, but: threat"))],
        ["1 + forbidden threat: forbidden"],
    ),
    Case(
        "sorry in advance repairs nothing",
        THREAT,
        [(1.0, agent("sorry")), (2.0, agent("threat"))],
        ["2 + forbidden threat: forbidden"],
    ),
    Case(
        "sorry for every time",
        THREAT,
        [
            (1.0, agent("threat")),
            (2.0, agent("sorry")),
            (3.0, agent("threat")),
            (4.0, agent("sorry")),
        ],
        [
            "1 + forbidden threat: forbidden",
            "2 - forbidden threat: repaired",
            "3 + forbidden threat: forbidden",
            "4 - forbidden threat: repaired",
        ],
    ),
    Case(
        "one apology repairs all that it can repair",
        {
            "avoid": {
                "threat": cue("threat", repair="sorry"),
                "insult": cue("insult", repair="sorry"),
                "leak": cue("leak"),
            },
            "cues": {"sorry": cue("sorry", in_="call")},
        },
        [(1.0, agent("threat, insult, leak")), (2.0, agent("sorry"))],
        [
            "1 + forbidden threat: forbidden",
            "1 + forbidden insult: forbidden",
            "1 + forbidden leak: forbidden",
            "2 - forbidden threat: repaired",
            "2 - forbidden insult: repaired",
        ],
    ),
    Case(
        "the customer's apology repairs nothing",
        THREAT,
        [(1.0, agent("threat")), (2.0, customer("sorry"))],
        ["1 + forbidden threat: forbidden"],
    ),
    Case(
        "an apology that is wanted twice repairs the second time",
        {
            "avoid": {"threat": cue("threat", repair="sorry")},
            "cues": {"sorry": cue("sorry", in_="call", times="2")},
        },
        [(1.0, agent("threat")), (2.0, agent("sorry")), (3.0, agent("sorry"))],
        ["1 + forbidden threat: forbidden", "3 - forbidden threat: repaired"],
    ),
    Case(
        "before its anchor it is out of order",
        DEBT,
        [(1.0, agent("debt"))],
        ["1 + out_of_order debt: too_early"],
    ),
    Case(
        "once the step is entered it may be said",
        DEBT,
        [(1.0, take("on")), (2.0, agent("debt"))],
        [],
    ),
    Case(
        "once the cue is met it may be said", DEBT, [(1.0, agent("who")), (2.0, agent("debt"))], []
    ),
    Case(
        "once the cue is ticked it may be said",
        DEBT,
        [(1.0, tick("who")), (2.0, agent("debt"))],
        [],
    ),
    Case(
        "once the step was entered it may be said anywhere",
        DEBT,
        [(1.0, take("on")), (2.0, take("again")), (3.0, agent("debt"))],
        [],
    ),
    Case(
        "before its anchor in the same breath",
        DEBT,
        [(1.0, agent("debt of who"))],
        ["1 + out_of_order debt: too_early"],
    ),
    Case("after its anchor in the same breath", DEBT, [(1.0, agent("who has a debt"))], []),
    Case(
        "its anchor alone does not repair it",
        DEBT,
        [(1.0, agent("debt")), (2.0, agent("who")), (3.0, take("on"))],
        ["1 + out_of_order debt: too_early"],
    ),
    Case(
        "too early it can be repaired",
        DEBT,
        [(1.0, agent("debt")), (2.0, agent("sorry"))],
        ["1 + out_of_order debt: too_early", "2 - out_of_order debt: repaired"],
    ),
    Case(
        "forbidden in some steps, it is forbidden there",
        HERE,
        [(1.0, agent("gossip"))],
        ["1 + forbidden gossip: forbidden"],
    ),
    Case(
        "forbidden in some steps, it may be said in others",
        HERE,
        [(1.0, take("on")), (2.0, agent("gossip"))],
        [],
    ),
    Case(
        "forbidden in some steps, it may be said in an objection opened there",
        HERE,
        [(1.0, objection("late")), (2.0, agent("gossip"))],
        [],
    ),
    Case(
        "forbidden in some steps until an anchor",
        {
            "avoid": {"gossip": cue("gossip", in_="hello", until="who")},
            "cues": {"who": cue("who", in_="call")},
        },
        [(1.0, agent("gossip")), (2.0, agent("who")), (3.0, agent("gossip"))],
        ["1 + out_of_order gossip: too_early"],
    ),
    Case(
        "vetoed it was not said",
        {"avoid": {"threat": cue("sue you", unless="not sue you")}},
        [(1.0, agent("I will not sue you"))],
        [],
    ),
    Case(
        "at the end of the call it stays",
        INSULT,
        [(1.0, agent("insult")), (2.0, end_call("hung_up"))],
        ["1 + forbidden insult: forbidden"],
    ),
]

WAIVES = [
    Case(
        "waived by the exit it is not missing",
        {"steps": waiving("name"), "cues": {"name": cue("name", in_="hello")}},
        [(1.0, take("skip"))],
        [],
    ),
    Case(
        "another exit does not waive it",
        {"steps": waiving("name"), "cues": {"name": cue("name", in_="hello")}},
        [(1.0, take("on"))],
        ["1 + missing name: step_left"],
    ),
    Case(
        "only what is named is waived",
        {
            "steps": waiving("name"),
            "cues": {"name": cue("name", in_="hello"), "firm": cue("firm", in_="hello")},
        },
        [(1.0, take("skip"))],
        ["1 + missing firm: step_left"],
    ),
    Case(
        "waived it is not asked for at the end",
        {
            "steps": waiving("name"),
            "cues": {"name": cue("name", in_="hello", required_for="all")},
        },
        [(1.0, take("skip")), (2.0, end_call())],
        [],
    ),
    Case(
        "waived in the whole call it is not asked for at the end",
        {"steps": waiving("name"), "cues": {"name": cue("name", in_="call")}},
        [(1.0, take("skip")), (2.0, end_call())],
        [],
    ),
    Case(
        "waived it has no deadline",
        {
            "steps": waiving("name"),
            "cues": {"name": cue("name", in_="hello", within="30s of call")},
        },
        [(1.0, take("skip")), (31.0, Pass())],
        [],
    ),
    Case(
        "waived in the whole call it has no deadline",
        {
            "steps": waiving("name"),
            "cues": {"name": cue("name", in_="call", within="30s of call")},
        },
        [(1.0, take("skip")), (31.0, Pass())],
        [],
    ),
    Case(
        "waived too late, the deadline was missed",
        {
            "steps": waiving("name"),
            "cues": {"name": cue("name", in_="hello", within="30s of call")},
        },
        [(40.0, take("skip"))],
        ["30 + missing name: deadline"],
    ),
]

NEEDED = {
    "cues": {
        "always": cue("always", in_="deal", required_for="all"),
        "for_sold": cue("for sold", in_="deal", required_for="sold"),
        "nice": cue("nice", in_="deal"),
        "whole": cue("whole", in_="call"),
    }
}
ENDS = [
    Case(
        "at an end, what every outcome needs and what the whole call owes is missing",
        NEEDED,
        [(1.0, jump("bye")), (2.0, end_call())],
        ["2 + missing whole: call_ended", "2 + missing always: call_ended"],
    ),
    Case(
        "an outcome needs what is required for it",
        NEEDED,
        [(2.0, end_call("sold"))],
        [
            "2 + missing whole: call_ended",
            "2 + missing always: call_ended",
            "2 + missing for_sold: call_ended",
        ],
    ),
    Case("broken off early it needs nothing", NEEDED, [(2.0, end_call("hung_up"))], []),
    Case(
        "said somewhere in the call is enough",
        NEEDED,
        [(1.0, agent("always, for sold, whole")), (2.0, end_call("sold"))],
        [],
    ),
    Case(
        "what was flagged is not flagged again",
        NEEDED,
        [(1.0, take("on")), (2.0, take("on")), (3.0, end_call("sold"))],
        [
            "2 + missing always: step_left",
            "2 + missing for_sold: step_left",
            "2 + missing nice: step_left",
            "3 + missing whole: call_ended",
        ],
    ),
    Case(
        "what is owed in the last step is missing",
        {"cues": {"thanks": cue("thanks", in_="bye")}},
        [(1.0, jump("bye")), (2.0, end_call())],
        ["2 + missing thanks: call_ended"],
    ),
    Case(
        "what is owed in a step where the call broke off is not",
        {"cues": {"thanks": cue("thanks", in_="hello")}},
        [(2.0, end_call("hung_up"))],
        [],
    ),
    Case(
        "what is owed in a step that the call never came to is not, unless it is required",
        {"cues": {"price": cue("price", in_="deal")}},
        [(1.0, jump("bye")), (2.0, end_call())],
        [],
    ),
    Case(
        "with an outcome of another end, that outcome's needs count",
        NEEDED,
        [(1.0, jump("bye")), (2.0, end_call("sold"))],
        [
            "2 + missing whole: call_ended",
            "2 + missing always: call_ended",
            "2 + missing for_sold: call_ended",
        ],
    ),
    Case(
        "wanted twice and said once it is missing at the end",
        {"cues": {"whole": cue("whole", in_="call", times="2")}},
        [(1.0, agent("whole")), (2.0, end_call("sold"))],
        ["2 + missing whole: call_ended"],
    ),
    Case(
        "what was unticked is missing at the end",
        {"cues": {"whole": cue("whole", in_="call")}},
        [(1.0, agent("whole")), (1.5, untick("whole")), (2.0, end_call("sold"))],
        ["2 + missing whole: call_ended"],
    ),
]

FOLLOWED = [
    Case(
        "a way that was only followed leaves nothing behind",
        WEATHER,
        [(1.0, take("on", FOLLOW)), (2.0, agent("weather")), (3.0, end_call(by=FOLLOW))],
        [],
    ),
    Case(
        "at its end all that was due on the way is looked at",
        WEATHER,
        [(1.0, take("on", FOLLOW)), (3.0, end_call(by=FOLLOW))],
        ["3 + missing weather: call_ended"],
    ),
    Case(
        "at its end that comes in the script's order, what is due now first",
        {"cues": {name: cue(name, in_=name) for name in ("bye", "deal", "hello")}},
        [(1.0, take("on", FOLLOW)), (2.0, take("on", FOLLOW)), (3.0, end_call(by=FOLLOW))],
        [f"3 + missing {name}: call_ended" for name in ("bye", "hello", "deal")],
    ),
    Case(
        "at its end what was not on the way is not",
        {"cues": {"price": cue("price", in_="deal")}},
        [(3.0, end_call(by=FOLLOW))],
        [],
    ),
    Case(
        "at an unknown end what every outcome needs is missing",
        NEEDED,
        [(3.0, end_call(by=FOLLOW))],
        ["3 + missing whole: call_ended", "3 + missing always: call_ended"],
    ),
    Case(
        "at a known end what its outcome needs is missing",
        {
            "cues": {
                "for_done": cue("for done", in_="deal", required_for="done"),
                "for_sold": cue("for sold", in_="deal", required_for="sold"),
            }
        },
        [(1.0, jump("bye", FOLLOW)), (3.0, end_call(by=FOLLOW))],
        ["3 + missing for_done: call_ended"],
    ),
    Case(
        "waived on the way it is not asked for",
        {"steps": waiving("name"), "cues": {"name": cue("name", in_="hello")}},
        [(1.0, take("skip", FOLLOW)), (3.0, end_call(by=FOLLOW))],
        [],
    ),
    Case(
        "the order is the same whoever chose the way",
        BEFORE_A_STEP,
        [(1.0, take("on", FOLLOW)), (2.0, agent("who"))],
        ["1 + out_of_order who: comes_first", "2 - out_of_order who: said"],
    ),
    Case(
        "what must not be said is not missing at the end",
        {"avoid": {"gossip": cue("gossip", in_="hello")}, "watch": {"sad": cue("sad")}},
        [(3.0, end_call(by=FOLLOW))],
        [],
    ),
    Case(
        "what may be left out is not missing at the end",
        AT_MOST,
        [(3.0, end_call(by=FOLLOW))],
        [],
    ),
]


@pytest.mark.parametrize("case", STEP_LEFT, ids=lambda case: case.claim)
def test_a_step_left(case: Case) -> None:
    assert case.log() == case.flags


@pytest.mark.parametrize("case", COUNTS, ids=lambda case: case.claim)
def test_how_often(case: Case) -> None:
    assert case.log() == case.flags


@pytest.mark.parametrize("case", EACH_VISIT, ids=lambda case: case.claim)
def test_owed_at_each_visit(case: Case) -> None:
    assert case.log() == case.flags


@pytest.mark.parametrize("case", BEFORE, ids=lambda case: case.claim)
def test_comes_first(case: Case) -> None:
    assert case.log() == case.flags


@pytest.mark.parametrize("case", AFTER, ids=lambda case: case.claim)
def test_comes_after(case: Case) -> None:
    assert case.log() == case.flags


@pytest.mark.parametrize("case", AVOID, ids=lambda case: case.claim)
def test_must_not_be_said(case: Case) -> None:
    assert case.log() == case.flags


@pytest.mark.parametrize(
    ("parts", "words", "flag"),
    [
        (DEBT, "debt", "1 + out_of_order debt: too_early"),
        (INSULT, "insult", "1 + forbidden insult: forbidden"),
        (HERE, "gossip", "1 + forbidden gossip: forbidden"),
    ],
    ids=["too early", "forbidden", "forbidden here"],
)
def test_a_tick_does_not_wash_away_what_must_not_be_said(
    parts: Tree, words: str, flag: str
) -> None:
    call = play(example(**parts), (1.0, agent(words)))
    with suppress(IllegalMove):
        call.feed(2.0, tick(words))
    assert flag_log(call.events) == [flag]


@pytest.mark.parametrize("case", WAIVES, ids=lambda case: case.claim)
def test_waived(case: Case) -> None:
    assert case.log() == case.flags


@pytest.mark.parametrize("case", ENDS, ids=lambda case: case.claim)
def test_the_call_ended(case: Case) -> None:
    assert case.log() == case.flags


@pytest.mark.parametrize("case", FOLLOWED, ids=lambda case: case.claim)
def test_only_followed(case: Case) -> None:
    assert case.log() == case.flags


# What a flag says of itself

EVIDENCE = example(
    avoid={
        "threat": cue("threat", repair="sorry"),
        "debt": cue("debt", until="deal", severity="minor"),
    },
    cues={
        "sorry": cue("sorry", in_="call", times="0-1", severity="major"),
        "who": cue("who", in_="call", before=["price", "deal"]),
        "price": cue("price", in_="call", severity="critical"),
        "weather": cue("weather", in_="hello", severity="minor"),
    },
)


@pytest.mark.parametrize(
    ("text", "what", "severity", "words", "anchor"),
    [
        ("now, THREAT!", "forbidden threat", Severity.CRITICAL, "THREAT", ""),
        ("the debt.", "out_of_order debt", Severity.MINOR, "debt", ""),
        ("my price", "out_of_order who", Severity.MAJOR, "price", "example.price"),
    ],
)
def test_a_flag_points_at_the_words_that_led_to_it(
    text: str, what: str, severity: Severity, words: str, anchor: str
) -> None:
    call = play(EVIDENCE, (1.0, agent("hello")), (3.0, agent(text)))
    (flag,) = call.state.flags.values()
    said = call.session.transcript[-1]
    assert f"{flag.what} {local(flag.cue)}" == what
    assert flag.severity is severity
    assert flag.span is not None
    assert said.text[flag.span.start : flag.span.end] == words
    assert (flag.span.heard, flag.cause) == (said.seq, said.seq)
    assert (flag.other, flag.raised_at) == (anchor, 3.0)


def test_what_was_said_too_often_points_at_the_last_time() -> None:
    call = play(EVIDENCE, (1.0, agent("sorry")), (3.0, agent("so sorry")))
    (flag,) = call.state.flags.values()
    assert flag.span == Span(call.session.transcript[1].seq, 3, 8)


def test_what_was_left_out_has_no_words_and_names_the_choice() -> None:
    call = play(EVIDENCE, (1.0, agent("who")), (2.0, take("on")))
    (flag,) = call.state.flags.values()
    taken = next(event.seq for event in call.events if event.at == 2.0)
    assert (flag.what, flag.span, flag.due, flag.cause) == (FlagKind.MISSING, None, None, taken)


def test_what_comes_first_names_the_step_that_came_before_it() -> None:
    call = play(EVIDENCE, (1.0, agent("weather")), (2.0, take("on")))
    (flag,) = call.state.flags.values()
    assert (flag.other, flag.span) == ("example.deal", None)


def test_what_repaired_a_flag_points_at_its_words() -> None:
    call = play(EVIDENCE, (1.0, agent("threat")), (2.0, agent("so, sorry")))
    (cleared,) = [event for event in call.events if isinstance(event, FlagCleared)]
    assert cleared.span == Span(call.session.transcript[1].seq, 4, 9)


def test_a_tick_that_repaired_a_flag_has_no_words() -> None:
    call = play(EVIDENCE, (1.0, agent("threat")), (2.0, tick("sorry")))
    (cleared,) = [event for event in call.events if isinstance(event, FlagCleared)]
    assert cleared.span is None


def test_a_flag_counts_how_often_the_same_was_flagged() -> None:
    call = play(EVIDENCE, *((float(at), agent("threat")) for at in range(1, 4)))
    (flag,) = call.state.flags.values()
    assert (flag.id, flag.count, flag.raised_at) == (1, 3, 3.0)


def test_a_flag_raised_after_it_was_cleared_is_a_new_one() -> None:
    call = play(EVIDENCE, (1.0, agent("threat")), (2.0, agent("sorry")), (3.0, agent("threat")))
    assert [event.flag for event in call.events if isinstance(event, FlagRaised)] == [1, 2]
    (flag,) = call.state.flags.values()
    assert (flag.id, flag.count) == (2, 1)


def test_two_kinds_of_flag_about_one_cue_stand_side_by_side() -> None:
    source = example(cues={"who": cue("who", in_="hello", before="deal")})
    call = play(source, (1.0, take("on")))
    assert {flag.what for flag in call.state.flags.values()} == {
        FlagKind.MISSING,
        FlagKind.OUT_OF_ORDER,
    }
    call.feed(2.0, agent("who"))
    assert not call.state.flags


def test_snoozing_hides_a_flag_and_clears_nothing() -> None:
    call = play(EVIDENCE, (1.0, agent("threat")), (2.0, Snooze(1, 30.0)))
    (flag,) = call.state.flags.values()
    assert flag.snoozed_until == 32.0
    assert flag_log(call.events) == ["1 + forbidden threat: forbidden"]
