"""A step in which a number is given is left by the words of a recording, and none is kept."""

from collections.abc import Sequence

import pytest

from callcoach.call.captured import Closed
from callcoach.call.events import CueTicked, Event, encode
from callcoach.call.inputs import FOLLOW, TakeExit
from callcoach.hearing.live.status import Condition
from callcoach.hearing.signs import Level
from callcoach.script.model import CueId, ExitId
from tests.hearing.scripted_ear import (
    AGENT,
    CUSTOMER,
    HeardCall,
    final,
    how,
    opened,
    partial,
    texts,
)
from tests.sessions import coach
from tests.support import end, minimal, step


def card_call(*, reads_on: bool = True, kept: str = "") -> HeardCall:
    """Return a call that has come to a step in which a card number is given."""
    steps = {
        "hello": step("Good morning.", on="card"),
        "card": step("Read me the number.", on="recap") | {"sensitive": 60},
        "recap": step("So you pay on Friday.", on="bye") | {"heard": ["you pay on friday"]},
        "bye": end("Goodbye."),
    }
    cues = {
        "by_card": {"title": "A number", "in": "card", "heard": ["that number"]},
        "repeat_day": {"title": "The day", "in": "recap", "heard": ["on friday"]},
        "say_thanks": {"title": "Thanks", "in": "bye", "heard": ["thank you"]},
    }
    call = HeardCall(coach(minimal(steps=steps, cues=cues)), reads_on=reads_on, kept=kept)
    call.hear(opened())
    call.clock.at = 10.0
    call.live.feed(TakeExit(ExitId("on")))
    call.listener.consult()
    return call


def ticks(events: Sequence[Event]) -> list[tuple[str, str]]:
    """Return which cues were ticked, and by whom."""
    return [(event.cue, event.by) for event in events if isinstance(event, CueTicked)]


def test_of_a_file_words_lead_out_of_a_sensitive_step_and_are_not_written_down() -> None:
    call = card_call()
    assert call.ear.did[-1] == "open"
    assert how(call) == (Condition.PAUSED, Closed.SENSITIVE)
    call.clock.at = 15.0
    call.hear(
        Level(CUSTOMER, -20.0, -12.0),
        partial(CUSTOMER, "four one"),
        final(CUSTOMER, "four one one one", start=12.0),
    )
    assert all(not it.saying and it.level < -80 for it in call.listener.status.voices)
    assert how(call) == (Condition.PAUSED, Closed.SENSITIVE)
    call.clock.at = 20.0
    call.hear(final(AGENT, "so you pay on friday", start=17.0))
    assert call.live.session.state.position.step == "example.recap"
    assert how(call) == (Condition.LISTENING, "")
    assert call.kinds()[-1] == "capture_resumed"
    assert texts(call) == []
    call.clock.at = 24.0
    call.hear(final(CUSTOMER, "yes on friday", start=22.0))
    assert texts(call) == ["yes on friday"]
    assert call.ear.did == ["start", "open"]


def test_what_leads_out_of_a_sensitive_step_ticks_what_it_met_and_is_not_flagged() -> None:
    call = card_call()
    call.clock.at = 20.0
    call.hear(final(AGENT, "thank you for that number so you pay on friday", start=17.0))
    met = ["example.say_thanks", "example.by_card", "example.repeat_day"]
    assert ticks(call.live.events) == [(id, FOLLOW) for id in met]
    assert all(call.live.session.state.cue(CueId(id)).is_unkept for id in met)
    assert texts(call) == []
    assert call.live.session.state.flags == {}


@pytest.mark.parametrize(
    ("speaker", "words"),
    [(CUSTOMER, "so you pay on friday"), (AGENT, "that number please")],
)
def test_only_the_agents_words_that_lead_on_tick_anything(speaker: int, words: str) -> None:
    call = card_call()
    call.clock.at = 20.0
    call.hear(final(speaker, words, start=17.0))
    assert ticks(call.live.events) == []


def test_what_was_said_before_a_sensitive_step_is_written_down_in_it() -> None:
    call = card_call()
    call.hear(final(CUSTOMER, "i pay by card", start=7.0))
    assert texts(call) == ["i pay by card"]


@pytest.mark.parametrize(("reads_on", "kept"), [(False, ""), (True, "flac")])
def test_a_device_and_a_sound_that_is_kept_are_deaf_in_a_sensitive_step(
    reads_on: bool, kept: str
) -> None:
    call = card_call(reads_on=reads_on, kept=kept)
    assert call.ear.did[-1] == "pause"
    call.clock.at = 20.0
    call.hear(final(AGENT, "so you pay on friday", start=17.0))
    assert call.live.session.state.position.step == "example.card"


def test_no_event_has_a_word_of_what_was_said_in_it() -> None:
    call = card_call()
    call.clock.at = 15.0
    call.hear(final(CUSTOMER, "four one one one", start=12.0))
    call.clock.at = 20.0
    call.hear(final(AGENT, "four one one one so you pay on friday", start=17.0))
    assert call.live.session.state.position.step == "example.recap"
    assert all("four" not in str(encode(event)) for event in call.live.events)


def test_it_can_be_left_by_key_all_the_same() -> None:
    call = card_call()
    call.clock.at = 15.0
    call.hear(final(CUSTOMER, "four one one one", start=12.0))
    call.live.feed(TakeExit(ExitId("on")))
    call.listener.consult()
    assert how(call) == (Condition.LISTENING, "")
    call.clock.at = 20.0
    call.hear(final(CUSTOMER, "yes on friday", start=17.0))
    assert texts(call) == ["yes on friday"]
