"""The customer of a plan answers the person who practises, wherever the call goes."""

from functools import cache

import pytest

from callcoach.call.events import FlagRaised
from callcoach.call.inputs import EndCall, Hear, Hold
from callcoach.call.rehearse import rehearse
from callcoach.call.session import Coach, Session
from callcoach.practice.partner import PlanPartner
from callcoach.script.model import Speaker
from callcoach.script.plan import Plan
from tests.sessions import coach, start
from tests.support import shipped

LANGUAGES = ("en", "zh")


@cache
def guide() -> Coach:
    """Return a coach for the shipped pack that all plans are about."""
    script = shipped().load("overdue").script
    assert script is not None
    return coach(script)


def plans() -> tuple[Plan, ...]:
    """Return the shipped plans."""
    return tuple(shipped().load("overdue").plans.values())


def partner(language: str = "en") -> tuple[PlanPartner, Session]:
    """Return the customer of the first plan, and a call that has just begun."""
    return PlanPartner(guide(), plans()[0], language), start(guide(), language)[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_plan_is_played_as_it_expects(language: str) -> None:
    for plan in plans():
        session, opening = start(guide(), language)
        played = rehearse(session, opening, plan)
        assert not played.failures
        assert session.state.ended
        assert [*opening, *played.events[len(opening) :]] == played.events


def test_a_plan_raises_the_flags_that_it_names_and_no_others() -> None:
    for plan in plans():
        session, opening = start(guide(), "en")
        played = rehearse(session, opening, plan)
        raised = {event.cue for event in played.events if isinstance(event, FlagRaised)}
        assert raised == {flag.cue for flag in plan.flags}


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_has_spoken_is_answered_once(language: str) -> None:
    customer, session = partner(language)
    customer.opening()
    events = session.feed(Hear(Speaker.AGENT, "Hello."), 2.0)
    answer = customer.answer(session, events)
    assert answer is not None
    assert answer.speaker is not Speaker.AGENT
    assert answer.text
    assert customer.answer(session, session.feed(answer, 3.0)) is None


def test_nobody_is_answered_on_hold_or_after_the_end() -> None:
    customer, session = partner()
    events = session.feed(Hear(Speaker.AGENT, "Hello."), 2.0)
    session.feed(Hold(), 3.0)
    assert customer.answer(session, events) is None
    customer, session = partner()
    events = session.feed(Hear(Speaker.AGENT, "Hello."), 2.0)
    session.feed(EndCall(by="follow"), 3.0)
    assert customer.answer(session, events) is None


def test_a_customer_with_nothing_left_to_say_nods() -> None:
    customer, session = partner()
    said = set()
    for at in range(2, 60):
        answer = customer.answer(session, session.feed(Hear(Speaker.AGENT, "Well."), float(at)))
        said.add(answer.text if answer else None)
    assert "Mm-hm." in said
    assert None not in said
