"""Transcripts fed through a session: their order, their end, and what the script follows."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.call.beat import Beat
from callcoach.call.captured import Doubt
from callcoach.call.events import CallEnded, Event, ExitTaken, Heard, Jumped, ObjectionOpened
from callcoach.call.inputs import FOLLOW, EndCall, Hear
from callcoach.call.playback import Playback
from callcoach.call.replay import Follower, Row, beats, is_agent_known, swap_roles, unjudged
from callcoach.call.session import Session
from callcoach.call.summary import relevant_cues
from callcoach.errors import IllegalMove
from callcoach.script.model import Speaker
from tests.call.example import example
from tests.call.moves import cue, flag_log, path, take
from tests.sessions import coach, start
from tests.support import Tree, end, step

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER
STEPS: Tree = {
    "hello": step("Hello.", on={"to": "deal", "heard": "go ahead"}),
    "deal": {**step("Deal.", on="bye"), "heard": "the price"},
    "bye": {**end("Bye."), "heard": "good day"},
}


def session() -> Session:
    """Return a call that has just begun."""
    return start(example(steps=STEPS))[0]


def played(*rows: Row, follow: bool = True) -> list[Event]:
    """Return the events of a transcript."""
    call = session()
    return list(Playback(call.feed, beats(call, rows, follow)))


def test_rows_come_in_the_order_of_their_ends() -> None:
    rows = (Row(AGENT, "long", 0.0, 9.0), Row(CUSTOMER, "short", 1.0, 2.0))
    heard = [event for event in played(*rows) if isinstance(event, Heard)]
    assert [(said.text, said.start, said.end, said.at) for said in heard] == [
        ("short", 1.0, 2.0, 2.0),
        ("long", 0.0, 9.0, 9.0),
    ]


def test_rows_that_a_recogniser_heard_come_when_it_had_heard_them() -> None:
    doubt = Doubt(0, 4, 0.3)
    late = Row(AGENT, "late", 0.0, 1.0, 2.5, 0.8, (doubt,))
    events = played(late, Row(CUSTOMER, "soon", 1.2, 2.0), Row(AGENT, "odd", 3.0, 4.0, 1.0))
    heard = [event for event in events if isinstance(event, Heard)]
    assert [(said.text, said.start, said.end, said.at) for said in heard] == [
        ("soon", 1.2, 2.0, 2.0),
        ("late", 0.0, 1.0, 2.5),
        ("odd", 3.0, 4.0, 4.0),
    ]
    assert [(said.confidence, said.doubts) for said in heard] == [
        (None, ()),
        (0.8, (doubt,)),
        (None, ()),
    ]


def test_a_recording_ends_when_it_does_not_with_its_last_word() -> None:
    rows = [Row(AGENT, "x", 0.0, 3.0)]
    for until, at in ((9.5, 9.5), (1.0, 3.0)):
        call = session()
        (*_, last) = Playback(call.feed, beats(call, rows, until=until))
        assert last.at == at


def test_swapping_keeps_what_a_recogniser_said() -> None:
    row = Row(AGENT, "x", 0.0, 1.0, 1.5, 0.5, (Doubt(0, 1, 0.5),))
    (swapped,) = swap_roles([row])
    assert (swapped.speaker, swapped.at, swapped.doubts) == (CUSTOMER, 1.5, row.doubts)


def test_a_transcript_that_comes_to_no_end_breaks_off_where_it_is() -> None:
    *_, last = (
        event for event in played(Row(AGENT, "x", 0.0, 3.0)) if isinstance(event, CallEnded)
    )
    assert (last.step, last.outcome, last.is_early, last.at) == ("example.hello", None, True, 3.0)


def test_an_empty_transcript_is_a_call_that_ends_at_once() -> None:
    assert any(isinstance(event, CallEnded) for event in played())


def test_the_customer_s_words_take_an_exit_and_the_agent_s_go_to_a_step() -> None:
    rows = (Row(CUSTOMER, "go ahead", 0.0, 1.0), Row(AGENT, "good day", 2.0, 3.0))
    events = played(*rows)
    assert path(events) == ["deal", "bye"]
    assert [event.by for event in events if isinstance(event, (ExitTaken, Jumped))] == [
        "follow"
    ] * 2


def test_words_of_an_earlier_step_do_not_call_it_back() -> None:
    rows = (Row(AGENT, "good day", 0.0, 1.0), Row(AGENT, "the price", 2.0, 3.0))
    assert path(played(*rows)) == ["bye"]


def test_an_objection_is_opened_once() -> None:
    rows = (Row(CUSTOMER, "not now", 0.0, 1.0), Row(CUSTOMER, "not now", 2.0, 3.0))
    opened = [event for event in played(*rows) if isinstance(event, ObjectionOpened)]
    assert [event.objection for event in opened] == ["example.late"]


def test_without_following_the_call_stays_in_its_first_step() -> None:
    assert path(played(Row(CUSTOMER, "go ahead", 0.0, 1.0), follow=False)) == []


def test_roles_are_swapped_between_the_two_only() -> None:
    rows = (Row(AGENT, "a", 0.0, 1.0), Row(CUSTOMER, "b", 1.0, 2.0), Row(Speaker.OTHER, "c", 2, 3))
    assert [row.speaker for row in swap_roles(rows)] == [CUSTOMER, AGENT, Speaker.OTHER]
    assert swap_roles(swap_roles(rows)) == rows


def test_beats_are_fed_by_the_caller_and_end_with_the_end() -> None:
    source = beats(session(), [Row(AGENT, "x", 0.0, 3.0)], is_timed=False)
    first = next(source)
    assert first == Beat(Hear(AGENT, "x", 0.0, 3.0, "typed"), 3.0)
    assert isinstance(source.send(()).given, EndCall)


# Several steps by one utterance

HUB: Tree = {
    "hello": step("Hello.", on={"to": "deal", "heard": "go ahead"}),
    "deal": {
        **step("Deal.", on={"to": "more", "heard": "yes"}, again="hello"),
        "heard": "the price",
    },
    "more": {
        **step(
            "More?",
            done={"to": "bye", "heard": "yes"},
            back={"to": "deal", "heard": {"cue": "price"}},
        ),
        "heard": "anything else",
    },
    "bye": {**end("Bye."), "heard": "good day"},
}


PRICE: Tree = {"price": cue("the price", in_="call")}


def followed(*rows: Row, **sections: object) -> tuple[Session, list[Event]]:
    """Return a transcript played through a pack with `sections`, and its events."""
    call, opening = start(example(**{"steps": HUB, "cues": PRICE, **sections}))
    return call, [*opening, *Playback(call.feed, beats(call, rows))]


def test_the_agent_s_words_lead_as_far_as_they_reach() -> None:
    call, events = followed(Row(AGENT, "The price, anything else? Then good day.", 0.0, 3.0))
    assert path(events) == ["hello", "deal", "more", "bye"]
    assert call.state.ended is not None
    assert call.state.ended.outcome == "example.done"


def test_several_steps_by_one_utterance_lead_nobody_back() -> None:
    """The price is a cue whose words lead back to the deal, where the call has just been."""
    _, events = followed(Row(AGENT, "The price. Anything else?", 0.0, 3.0))
    assert path(events) == ["hello", "deal", "more"]


def test_a_customer_s_answer_does_not_answer_the_next_question() -> None:
    rows = (Row(AGENT, "The price.", 0.0, 1.0), Row(CUSTOMER, "Yes, yes.", 2.0, 3.0))
    _, events = followed(*rows)
    assert path(events) == ["hello", "deal", "more"]


UTTERANCES = st.lists(
    st.tuples(
        st.sampled_from((AGENT, CUSTOMER)),
        st.lists(
            st.sampled_from(
                ("go ahead", "the price", "anything else", "good day", "yes", "not now", "risk")
            ),
            min_size=1,
            max_size=4,
        ).map(" ".join),
    ),
    max_size=6,
)
FOLLOWING = coach(
    example(
        steps=HUB,
        cues=PRICE,
        avoid={"risk": cue("risk", in_="more")},
    )
)


@given(UTTERANCES)
def test_following_live_is_following_a_transcript(said: list[tuple[Speaker, str]]) -> None:
    """Live, what follows from an utterance is fed before the next; the call may be taken up."""
    rows = [Row(who, text, 2.0 * at, 2.0 * at + 1) for at, (who, text) in enumerate(said)]
    replayed, opening = start(FOLLOWING)
    after = [*opening, *Playback(replayed.feed, beats(replayed, rows))]
    live, events = start(FOLLOWING)
    kept = list(events)
    follower = Follower()
    for row in rows:
        heard = Hear(row.speaker, row.text, row.start, row.end, "transcript")
        happened = live.feed(heard, row.end)
        kept += happened
        live = Session(FOLLOWING, kept)
        for move in follower.moves(live, happened):
            with suppress(IllegalMove):
                kept += live.feed(move, row.end)
    kept += live.feed(EndCall(by=FOLLOW), rows[-1].end if rows else 0.0)
    assert kept == after


# Where the words lead

LEADING: Tree = {
    "hello": step("Hello.", on={"to": "deal", "heard": "go ahead"}),
    "deal": {**step("Deal.", on="bye"), "heard": "the price"},
    "bye": end("Bye."),
}


@pytest.mark.parametrize(
    ("words", "flags"),
    [
        ("The price is high risk.", ["3 + forbidden risk: forbidden"]),
        ("It is high risk.", []),
        ("The price is fair.", []),
    ],
)
def test_words_that_lead_to_a_step_are_judged_by_what_it_forbids(
    words: str, flags: list[str]
) -> None:
    avoid = {"risk": cue("high risk", in_="deal")}
    _, events = followed(Row(AGENT, words, 0.0, 3.0), steps=LEADING, avoid=avoid)
    assert [line for line in flag_log(events) if "forbidden" in line] == flags


def test_what_was_forbidden_before_too_is_flagged_once() -> None:
    avoid = {"risk": cue("high risk", in_=["hello", "deal"])}
    _, events = followed(
        Row(AGENT, "The price is high risk.", 0.0, 3.0), steps=LEADING, avoid=avoid
    )
    assert sum("forbidden" in line for line in flag_log(events)) == 1


def test_words_that_were_said_before_a_step_was_chosen_by_hand_are_not_of_it() -> None:
    call, _ = start(example(steps=LEADING, avoid={"risk": cue("high risk", in_="deal")}))
    call.feed(Hear(AGENT, "It is high risk.", 0.0, 3.0, "speech"), 3.0)
    assert flag_log(call.feed(take("on"), 4.0)) == []


# Exits and jumps

ONE_WAY: Tree = {
    "hello": step("Hello.", on={"to": "deal", "heard": {"cue": "price"}, "sets": {"plan": "yes"}}),
    "deal": {**step("Deal.", on="bye"), "heard": "the price"},
    "bye": end("Bye."),
}


def test_an_exit_that_the_same_words_suggest_is_taken_and_not_jumped_over() -> None:
    call, events = followed(
        Row(AGENT, "The price.", 0.0, 1.0),
        steps=ONE_WAY,
        facts={"plan": {"title": "Plan", "type": "yes_no"}},
    )
    assert path(events) == ["hello", "deal"]
    assert [event.exit for event in events if isinstance(event, ExitTaken)] == ["on"]
    assert not [event for event in events if isinstance(event, Jumped)]
    assert call.state.facts == {"example.plan": True}


# Nobody is the agent

OWING: Tree = {
    "cues": {"greet": cue("good morning", in_="call", within="1s", before="deal")},
    "rules": {
        "thanks": {"heard": "thanks"},
        "rude": {"scope": "call", "absent": {"rule": "thanks"}},
    },
    "avoid": {"unkind": {"title": "Unkind", "rule": "rude"}},
}


@pytest.mark.parametrize("speaker", [Speaker.OTHER, CUSTOMER])
def test_where_nobody_is_the_agent_nobody_is_blamed(speaker: Speaker) -> None:
    rows = [Row(speaker, "go ahead", 0.0, 9.0), Row(speaker, "well", 9.0, 12.0)]
    assert not is_agent_known(rows)
    call, opening = start(example(**{"steps": STEPS, **OWING}))
    judged = [*Playback(call.feed, beats(call, rows))]
    assert flag_log(judged), "what the agent owes is missed where the agent is known"
    call = unjudged(start(example(**{"steps": STEPS, **OWING}))[0], opening)
    assert flag_log(Playback(call.feed, beats(call, rows))) == []
    assert relevant_cues(call) == ()


def test_in_a_transcript_without_words_nobody_is_the_agent() -> None:
    assert not is_agent_known([])
    assert is_agent_known([Row(CUSTOMER, "a", 0.0, 1.0), Row(AGENT, "b", 1.0, 2.0)])
