"""Cues that rest on rules: in a session they are met, flagged and explained like any other."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.call.captured import Closed, Source
from callcoach.call.coach import Coach
from callcoach.call.events import (
    CueHeard,
    Event,
    FlagCleared,
    FlagRaised,
    Heard,
    decode,
    encode,
    kind_of,
    version_of,
)
from callcoach.call.inputs import (
    EndCall,
    Hear,
    Input,
    MissSound,
    Pass,
    PauseCapture,
    Resume,
    ResumeCapture,
    StartCapture,
    Undo,
)
from callcoach.call.session import Session
from callcoach.script.model import CueId, OutcomeId, Speaker, local
from tests.call.example import example
from tests.call.moves import agent, customer
from tests.sessions import coach, play, started

GUIDE = coach(
    example(
        rules={
            "asks": {"speaker": "agent", "heard": "(birthday|date of birth)"},
            "answers": {
                "speaker": "customer",
                "number": {"from": "1"},
                "after": {"rule": "asks", "within": "1 turn"},
            },
            "rejects": {"speaker": "agent", "heard": "does not match"},
            "verified": {
                "sequence": [
                    {"rule": "asks"},
                    {"rule": "answers", "within": "2 turns"},
                    {"rule": "rejects", "within": "1 turn", "absent": "yes"},
                ]
            },
            "offers": {"speaker": "agent", "heard": "payment plan"},
            "promises": {
                "speaker": "customer",
                "heard": "(yes|that works)",
                "after": {"rule": "offers", "within": "1 turn"},
                "captures": ["amount", "day"],
            },
            "hello": {"heard": "hello"},
            "silent": {
                "scope": "call",
                "absent": {"rule": "hello", "speaker": "agent"},
                "by": "9s",
            },
            "quiet": {"scope": "call", "metric": "customer.utterances", "under": "1"},
        },
        cues={"greet": {"title": "Greet", "in": "hello", "rule": "hello", "within": "20s"}},
        watch={
            "verified": {"title": "Verified", "rule": "verified", "speaker": "customer"},
            "promise": {"title": "Promise", "rule": "promises", "speaker": "customer"},
            "no_word": {"title": "No hello for long", "rule": "silent"},
            "one_sided": {"title": "Nobody there", "rule": "quiet"},
        },
        avoid={"debt": {"title": "Too early", "heard": "debt", "until": "verified"}},
    )
)

CALL = (
    agent("Hello, what is your date of birth?", 0.0, 3.0),
    customer("The third of May 1985", 4.0, 6.0),
    agent("Thank you. There is a debt of 500 dollars. A payment plan, from Friday?", 7.0, 12.0),
    customer("Yes, that works", 13.0, 14.0),
)


def run(inputs: Sequence[Input], guide: Coach = GUIDE) -> tuple[Session, list[Event]]:
    session, opening = Session.start(guide, started(guide.script))
    events = list(opening)
    for one in inputs:
        at = one.end if isinstance(one, Hear) and one.end is not None else session.state.at
        events += session.feed(one, at)
    return session, events


def cue_events(events: Sequence[Event], cue: str) -> list[CueHeard]:
    return [it for it in events if isinstance(it, CueHeard) and it.cue == f"example.{cue}"]


def words(events: Sequence[Event], heard: CueHeard) -> list[str]:
    said = {it.seq: it.text for it in events if isinstance(it, Heard)}
    spans = (heard.span, *heard.also)
    return [said[span.heard][span.start : span.end] for span in spans]


def test_a_rule_meets_a_cue() -> None:
    session, events = run(CALL[:1])
    assert session.state.cue(CueId("example.greet")).met_at == 3.0
    (heard,) = cue_events(events, "greet")
    assert words(events, heard) == ["Hello"]


def test_what_follows_from_several_turns_names_them() -> None:
    _, events = run(CALL)
    (verified,) = cue_events(events, "verified")
    assert words(events, verified)[1:] == ["date of birth", "third"]
    assert not [it for it in events if isinstance(it, FlagRaised)]


def test_what_was_not_accepted_is_not_verified() -> None:
    wrong = agent("That does not match. You have a debt.", 7.0, 9.0)
    _, events = run((*CALL[:2], wrong))
    assert cue_events(events, "verified") == []
    assert [it.cue for it in events if isinstance(it, FlagRaised)] == ["example.debt"]


def test_a_promise_in_parts_keeps_all_of_them() -> None:
    in_parts = customer("Yes, 200 on Friday and 300 on the 15th", 13.0, 16.0)
    _, events = run((*CALL[:3], in_parts))
    (promise,) = cue_events(events, "promise")
    assert (promise.amount, promise.day) == ("200 USD", "Friday")
    assert [(it.amount, it.day) for it in promise.parts] == [
        ("200 USD", "Friday"),
        ("300 USD", "the 15th"),
    ]


def test_a_promise_keeps_amount_and_day() -> None:
    _, events = run(CALL)
    (promise,) = cue_events(events, "promise")
    assert (promise.amount, promise.day) == ("500 USD", "Friday")


def test_silence_is_a_cue_too() -> None:
    session, opening = Session.start(GUIDE, started(GUIDE.script))
    events = [*opening, *session.feed(agent("Good day", 0.0, 1.0), 1.0)]
    events += session.feed(Pass(), 8.0)
    assert cue_events(events, "no_word") == []
    events += session.feed(Pass(), 10.0)
    assert len(cue_events(events, "no_word")) == 1


def test_measures_are_known_at_the_end() -> None:
    session, events = run(CALL[:1])
    events += session.feed(EndCall(OutcomeId("example.hung_up")), 20.0)
    assert len(cue_events(events, "one_sided")) == 1
    session, events = run(CALL)
    events += session.feed(EndCall(OutcomeId("example.hung_up")), 20.0)
    assert cue_events(events, "one_sided") == []


def test_a_call_whose_end_is_taken_back_goes_on() -> None:
    session, events = run(CALL[:2])
    events += session.feed(EndCall(OutcomeId("example.hung_up")), 6.5)
    events += session.feed(Undo(), 6.6)
    events += session.feed(CALL[2], 12.0)
    events += session.feed(CALL[3], 14.0)
    assert len(cue_events(events, "promise")) == 1


def test_words_being_spoken_hint_at_cues_and_change_nothing() -> None:
    session, _ = run(CALL[:1])
    before = session.state
    assert session.glimpse(Speaker.AGENT, "you have a debt") == ("example.debt",)
    assert session.glimpse(Speaker.CUSTOMER, "you have a debt") == ()
    assert session.state is before


@pytest.mark.parametrize("cut", range(len(CALL) + 1))
def test_a_call_taken_up_again_remembers_what_was_said(cut: int) -> None:
    whole, events = run(CALL)
    first, begun = run(CALL[:cut])
    stored = [decode(kind_of(it), version_of(it), encode(it)) for it in begun]
    again = Session(GUIDE, stored)
    for one in CALL[cut:]:
        assert one.end is not None
        begun += again.feed(one, one.end)
    assert begun == events
    assert again.state == whole.state
    assert first.state.seq <= again.state.seq


def test_what_was_said_is_known_before_a_call_that_is_taken_up_goes_on() -> None:
    whole, events = run(CALL)
    again = Session(GUIDE, events)
    said = tuple(again.transcript)
    again.suggested()
    assert said == tuple(again.transcript) == tuple(whole.transcript)
    assert said


# What nobody could hear

MIC = (Source(Speaker.AGENT),)
START = StartCapture(MIC, "tiny")
SILENCE = coach(
    example(
        rules={
            "hello": {"speaker": "agent", "heard": "hello"},
            "debt": {"speaker": "agent", "heard": "debt"},
            "no_hello": {"scope": "call", "absent": {"rule": "hello"}, "by": "20s"},
            "never": {"scope": "call", "none": [{"rule": "hello"}]},
            "rarely": {"scope": "call", "rule": "debt", "times": "1-2"},
            "mute": {"scope": "call", "metric": "agent.utterances", "under": "9"},
            "long": {"scope": "call", "metric": "duration", "over": "30"},
            "plainly": {
                "scope": "call",
                "all": [{"rule": "debt"}, {"absent": {"rule": "hello"}, "by": "20s"}],
            },
        },
        avoid={
            name: {"title": name, "rule": name}
            for name in ("no_hello", "never", "rarely", "mute", "long", "plainly")
        },
    )
)
ALL = {"no_hello", "never", "rarely", "mute", "long", "plainly"}
BY_20 = {"no_hello", "plainly"}

DEAF: tuple[tuple[str, tuple[tuple[float, Input], ...], set[str], set[str]], ...] = (
    ("a typed call", (), ALL, set()),
    ("heard from end to end", ((0.0, START),), ALL, set()),
    ("for half a second not",
     ((0.0, START), (5.0, PauseCapture(Closed.LOST)), (5.5, ResumeCapture())), ALL, set()),
    ("not at all", ((0.0, PauseCapture(Closed.NOT_YET)),), {"long"}, set()),
    ("not by then", ((0.0, PauseCapture(Closed.NOT_YET)), (21.0, START)), {"long"},
     {"never", "rarely", "mute"}),
    ("not for a while",
     ((0.0, START), (5.0, PauseCapture(Closed.SENSITIVE)), (15.0, ResumeCapture())), {"long"},
     ALL - {"long"}),
    ("only afterwards not", ((0.0, START), (25.0, PauseCapture(Closed.LOST))), {"long", *BY_20},
     ALL - {"long"} - BY_20),
    ("a part was lost",
     ((0.0, START), (8.0, MissSound(2.0, 7.0, "crash"))), {"long"}, ALL - {"long"}),
    ("the program crashed", ((0.0, START), (10.0, Resume()), (12.0, START)), {"long"},
     ALL - {"long"}),
)  # fmt: skip


@pytest.mark.parametrize(("claim", "inputs", "flagged", "perhaps"), DEAF)
def test_what_nobody_could_hear_accuses_nobody(
    claim: str, inputs: tuple[tuple[float, Input], ...], flagged: set[str], perhaps: set[str]
) -> None:
    """The debt is named at once; who was deaf by 20 seconds knows nothing of rules until then."""
    timed: list[tuple[float, Input]] = [
        (0.0, Hear(Speaker.AGENT, "The debt.", 0.0, 0.0)),
        *((at, Pass()) for at in (22.0, 41.0)),
        (50.0, EndCall(OutcomeId("example.hung_up"))),
    ]
    made = play(SILENCE, *sorted([*inputs, *timed], key=lambda given: given[0]))
    flags = {local(it.cue) for it in made.events if isinstance(it, FlagRaised)}
    doubtful = {local(it.cue) for it in made.events if isinstance(it, CueHeard) and it.is_doubtful}
    assert (flags, doubtful) == (flagged, perhaps), claim


SAYINGS = st.lists(
    st.tuples(
        st.sampled_from((agent, customer)),
        st.sampled_from(
            ("hello", "your birthday", "5 5 85", "does not match", "a debt", "payment plan", "yes")
        ),
        st.floats(0.5, 5.0),
        st.lists(st.floats(0.1, 0.9), max_size=2),
    ),
    max_size=8,
)


@given(SAYINGS)
def test_the_passing_of_time_changes_no_judgement(
    sayings: list[tuple[object, str, float, list[float]]],
) -> None:
    """A call that ticks while it goes on, and one that is replayed from utterance to utterance."""
    live, _ = Session.start(GUIDE, started(GUIDE.script))
    after, _ = Session.start(GUIDE, started(GUIDE.script))
    seen: list[Event] = []
    known: list[Event] = []
    at = 0.0
    for who, text, length, ticks in sayings:
        assert callable(who)
        for tick in sorted(ticks):
            seen += live.feed(Pass(), at + tick * length)
        heard = who(text, at, at + length)
        seen += live.feed(heard, at + length)
        known += after.feed(heard, at + length)
        at += length
    end = EndCall(OutcomeId("example.hung_up"))
    seen += live.feed(end, at)
    known += after.feed(end, at)
    assert judged(seen) == judged(known)


def judged(events: Sequence[Event]) -> list[tuple[object, ...]]:
    """Return what was judged: flags that turned out to be none, and when silence told, left out."""
    undone = {
        it.flag for it in events if isinstance(it, FlagCleared) and it.by in ("in_time", "undone")
    }
    texts = {it.seq: (it.text, it.start) for it in events if isinstance(it, Heard)}
    told: list[tuple[object, ...]] = []
    for it in events:
        if isinstance(it, CueHeard):
            words_ = texts.get(it.span.heard) if it.span.end else None
            told.append((it.cue, words_, it.counts))
        elif isinstance(it, FlagRaised) and it.flag not in undone:
            told.append((it.cue, it.what, it.reason))
    return sorted(told, key=repr)
