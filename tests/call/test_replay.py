"""Transcripts fed through a session: their order, their end, and what the script follows."""

from callcoach.call.beat import Beat
from callcoach.call.captured import Doubt
from callcoach.call.events import CallEnded, Event, ExitTaken, Heard, Jumped, ObjectionOpened
from callcoach.call.inputs import EndCall, Hear
from callcoach.call.playback import Playback
from callcoach.call.replay import Row, beats, swap_roles
from callcoach.call.session import Session
from callcoach.script.model import Speaker
from tests.call.example import example
from tests.call.moves import path
from tests.sessions import start
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
