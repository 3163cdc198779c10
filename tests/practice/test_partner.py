"""The customer of a plan answers the person who practises, wherever the call goes."""

from dataclasses import replace
from itertools import pairwise

import pytest

from callcoach.call.coach import Coach
from callcoach.call.events import FlagRaised
from callcoach.call.inputs import EndCall, Hear, Hold, JumpTo, OpenObjection
from callcoach.call.rehearse import rehearse
from callcoach.call.session import Session
from callcoach.practice.partner import NODS, PlanPartner
from callcoach.script.model import Speaker
from callcoach.script.plan import Plan, SayWords
from tests.sessions import shipped_coach, start
from tests.support import HERE, shipped, shipped_ids, wording

LANGUAGES = ("en", "zh")


def guide() -> Coach:
    """Return a coach for the shipped pack that all plans are about."""
    return shipped_coach("overdue")


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_a_call_that_goes_on_nothing_is_said_again(language: str) -> None:
    customer, session = partner(language)
    spoken = customer.opening() or customer.answer(
        session, session.feed(Hear(Speaker.AGENT, "Hello."), 2.0)
    )
    assert spoken is not None
    session.feed(spoken, 3.0)
    again = PlanPartner(guide(), plans()[0], language, session.transcript)
    assert again.opening() is None
    answer = again.answer(session, session.feed(Hear(Speaker.AGENT, "Hello?"), 4.0))
    assert answer is not None
    assert answer.text != spoken.text


def test_nobody_is_answered_on_hold_or_after_the_end() -> None:
    customer, session = partner()
    events = session.feed(Hear(Speaker.AGENT, "Hello."), 2.0)
    session.feed(Hold(), 3.0)
    assert customer.answer(session, events) is None
    customer, session = partner()
    events = session.feed(Hear(Speaker.AGENT, "Hello."), 2.0)
    session.feed(EndCall(by="follow"), 3.0)
    assert customer.answer(session, events) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_customer_with_nothing_left_to_say_nods_and_never_twice_alike(language: str) -> None:
    customer, session = partner(language)
    said = []
    for at in range(2, 60):
        answer = customer.answer(session, session.feed(Hear(Speaker.AGENT, "Well."), float(at)))
        assert answer is not None
        said.append(answer.text)
    assert all(one != other for one, other in pairwise(said))
    assert said[-len(NODS[language]) :] == said[-2 * len(NODS[language]) : -len(NODS[language])]
    assert set(said) >= set(NODS[language])


def test_a_nod_differs_from_what_the_plan_has_just_said() -> None:
    for nod in NODS["en"]:
        turn = SayWords(Speaker.CUSTOMER, wording(en=nod), HERE)
        plan = replace(plans()[0], turns=(SayWords(Speaker.AGENT, wording(en="Hi."), HERE), turn))
        customer, session = PlanPartner(guide(), plan, "en"), start(guide(), "en")[0]
        answers = [
            customer.answer(session, session.feed(Hear(Speaker.AGENT, "Well."), at))
            for at in (2.0, 3.0)
        ]
        texts = [answer.text for answer in answers if answer]
        assert texts[0] == nod
        assert texts[1] != nod


@pytest.mark.parametrize("id", [id for id in shipped_ids() if id != "compliance"])
def test_nods_mean_nothing_to_any_shipped_script(id: str) -> None:
    listener = shipped_coach(id)
    for language, nods in NODS.items():
        for step in listener.script.steps.values():
            session, _ = start(listener, language)
            if step.is_objection:
                session.feed(OpenObjection(step.id), 1.0)
            elif step.id != session.state.position.step:
                session.feed(JumpTo(step.id), 1.0)
            for nod in nods:
                said = listener.judge.rules.read(nod)
                found = listener.judge.listen(session.state, Speaker.CUSTOMER, said)
                assert found == ((), ()), (step.id, nod)
