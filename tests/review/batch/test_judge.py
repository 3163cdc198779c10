"""A call judged in a batch: the same as one by one, whatever was judged before it."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.call.coach import Coach
from callcoach.call.events import Event
from callcoach.call.inputs import FOLLOW, EndCall, Hear
from callcoach.call.replay import Follower, agentless, is_agent_known, without_deadlines
from callcoach.call.session import Session
from callcoach.errors import IllegalMove
from callcoach.review.batch.judge import SEED, Said, judge
from callcoach.review.score import score
from callcoach.review.suggest import suggest_answers
from callcoach.script.model import Speaker
from tests.review.batch.calls import DAY, SAID, rows, terms
from tests.sessions import shipped_coach
from tests.support import PHRASES

CALLS = st.lists(st.sampled_from(SAID), min_size=1, max_size=12)


def live(said: Said, coach: Coach) -> tuple[Session, Sequence[Event]]:
    """Return a call whose words are fed as they are heard, by a coach that has heard nothing."""
    started = coach.started(
        said.language, started=f"{DAY}T00:00:00Z", day=DAY, seed=SEED, mode="replay", agent="Anna"
    )
    session, opening = Session.start(coach, started)
    events = [*opening]
    follower = Follower()
    for row in said.rows:
        source = "transcript" if said.is_timed else "typed"
        heard = session.feed(Hear(row.speaker, row.text, row.start, row.end, source), row.end)
        events += heard
        for move in follower.moves(session, heard):
            try:
                events += session.feed(move, row.end)
            except IllegalMove:
                continue
    events += session.feed(EndCall(by=FOLLOW), said.rows[-1].end)
    return session, events


SCRIPT = shipped_coach("courtesy").script
COLD = {
    True: Coach(SCRIPT, store=PHRASES),
    False: Coach(without_deadlines(SCRIPT), store=PHRASES),
}


@settings(max_examples=25)
@given(CALLS, st.sampled_from(["en", "zh"]), st.booleans())
def test_events_answers_and_scores_are_those_of_a_live_call(
    words: list[tuple[Speaker, str]], language: str, is_timed: bool
) -> None:
    given_terms = terms()
    said = Said(rows(words), language, is_timed)
    judged = judge(said, given_terms)
    cold = COLD[is_timed] if is_agent_known(said.rows) else agentless(COLD[False])
    session, events = live(said, cold)
    assert list(judged.events) == list(events)
    form = given_terms.form
    assert form is not None
    suggested = suggest_answers(form, session, events)
    assert judged.suggested == suggested
    assert judged.score == score(form, {id: it.answer for id, it in suggested.items()})


@pytest.mark.parametrize(
    "said", [(), ((Speaker.CUSTOMER, "Who is this?"),), ((Speaker.OTHER, "Good morning."),)]
)
def test_a_call_without_an_agent_is_held_against_nobody(
    said: Sequence[tuple[Speaker, str]],
) -> None:
    judged = judge(Said(rows(said), "en"), terms())
    assert (judged.session.state.flags, judged.owed) == ({}, {})


def test_a_call_has_the_day_that_its_file_tells() -> None:
    known = judge(Said(rows(SAID), "en", started="2026-03-02T09:00:00+08:00"), terms())
    assert known.session.state.day.isoformat() == "2026-03-02"
    odd = judge(Said(rows(SAID), "en", started="last Monday"), terms())
    assert odd.session.state.day.isoformat() == DAY


def test_a_call_in_a_language_that_the_script_has_not_got_is_judged_in_its_first() -> None:
    judged = judge(Said(rows(SAID), "fr"), terms())
    assert judged.session.state.language in judged.session.coach.script.languages
