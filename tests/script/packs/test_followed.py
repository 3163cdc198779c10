"""Every rehearsed call of the shipped packs can be followed by its words alone to its own end."""

from collections.abc import Iterator
from functools import cache

import pytest

from callcoach.call.coach import Coach
from callcoach.call.events import CallEnded, CallStarted, Event
from callcoach.call.playback import Playback
from callcoach.call.rehearse import rehearse
from callcoach.call.replay import Row, beats
from callcoach.call.session import Session
from callcoach.script.load import Loaded
from callcoach.script.model import PackId
from callcoach.script.plan import Plan
from callcoach.script.wording import Language
from tests.support import shipped, shipped_ids

DAY = "2026-11-23"


@cache
def loaded(id: PackId) -> Loaded:
    """Return what comes of loading a shipped pack."""
    return shipped().load(id)


@cache
def coach(id: PackId) -> Coach:
    """Return the coach of a shipped pack."""
    script = loaded(id).script
    assert script is not None
    return Coach(script)


def started(id: PackId, language: Language, mode: str) -> tuple[Session, tuple[Event, ...]]:
    """Return a call of a shipped pack that begins."""
    script = coach(id).script
    return Session.start(
        coach(id),
        CallStarted(
            seq=0,
            at=0.0,
            script=script.id,
            digest=script.digest,
            script_version=script.version,
            language=language,
            started=f"{DAY}T09:00:00Z",
            day=DAY,
            seed=1,
            mode=mode,
        ),
    )


def cases() -> Iterator[tuple[PackId, Plan, Language]]:
    """Yield every plan that walks to an end of its script, in each of its languages."""
    for id in shipped_ids():
        script = loaded(id).script
        if script is None or script.start is None:
            continue
        for plan in loaded(id).plans.values():
            if plan.outcome is not None and not script.outcomes[plan.outcome].is_early:
                yield from ((id, plan, language) for language in plan.languages)


CASES = tuple(cases())


@pytest.mark.parametrize(
    ("id", "plan", "language"),
    CASES,
    ids=[f"{plan.id}-{language}" for _, plan, language in CASES],
)
def test_a_call_is_followed_by_its_words_alone_to_the_end_it_had(
    id: PackId, plan: Plan, language: Language
) -> None:
    walked, opening = started(id, language, "practice")
    by_hand = rehearse(walked, opening, plan)
    assert by_hand.failures == []
    rows = [Row(it.speaker, it.text, it.start, it.end) for it in walked.transcript]
    heard, _ = started(id, language, "replay")
    events = list(Playback(heard.feed, beats(heard, rows)))
    wanted, found = (
        next(event for event in walk if isinstance(event, CallEnded))
        for walk in (by_hand.events, events)
    )
    assert (found.step, found.code) == (wanted.step, wanted.code)
