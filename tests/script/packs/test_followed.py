"""Every rehearsed call of the shipped packs can be followed by its words alone to its own end."""

from collections.abc import Iterable, Iterator
from functools import cache

import pytest

from callcoach.call.events import CallEnded, Event, StepEntered
from callcoach.call.playback import Playback
from callcoach.call.rehearse import Rehearsal, rehearse
from callcoach.call.replay import Row, beats
from callcoach.call.session import Session
from callcoach.script.load import Loaded
from callcoach.script.model import PackId, Speaker, StepId
from callcoach.script.plan import Plan
from callcoach.script.wording import Language
from tests.sessions import shipped_coach
from tests.support import shipped, shipped_ids

DAY = "2026-11-23"


@cache
def loaded(id: PackId) -> Loaded:
    """Return what comes of loading a shipped pack."""
    return shipped().load(id)


def started(id: PackId, language: Language, mode: str) -> tuple[Session, tuple[Event, ...]]:
    """Return a call of a shipped pack that begins."""
    return Session.start(
        shipped_coach(id),
        shipped_coach(id).started(
            language,
            started=f"{DAY}T09:00:00Z",
            day=DAY,
            seed=1,
            mode=mode,
        ),
    )


def rehearsed(id: PackId, plan: Plan, language: Language) -> tuple[Session, Rehearsal]:
    """Return a plan played by hand."""
    session, opening = started(id, language, "practice")
    return session, rehearse(session, opening, plan)


def ended(events: Iterable[Event]) -> tuple[StepId, str]:
    """Return the step and the outcome's code that a call ended with."""
    end = next(event for event in events if isinstance(event, CallEnded))
    return end.step, end.code


def goes_unheard(id: PackId, events: Iterable[Event]) -> bool:
    """Tell whether a call comes to a step of its script from which on nothing is heard.

    An objection may close the ears of this machine as well, but the call on the phone goes on.
    """
    script = shipped_coach(id).script
    stop = script.consent.stop.steps if script.consent else frozenset()
    entered = {event.step for event in events if isinstance(event, StepEntered)}
    return any(not script.steps[step].is_objection for step in entered.intersection(stop))


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


@pytest.mark.parametrize("id", sorted({id for id, _, _ in CASES}))
def test_every_call_that_can_be_heard_is_followed_by_its_words_to_the_end_it_had(
    id: PackId,
) -> None:
    wanted, found = {}, {}
    for pack, plan, language in CASES:
        if pack != id:
            continue
        by_hand, played = rehearsed(id, plan, language)
        if goes_unheard(id, played.events):
            continue
        rows = [Row(it.speaker, it.text, it.start, it.end) for it in by_hand.transcript]
        heard, _ = started(id, language, "replay")
        call = (plan.id, language)
        wanted[call] = ended(played.events)
        found[call] = ended(Playback(heard.feed, beats(heard, rows)))
    assert wanted
    assert found == wanted


HELLO: dict[Language, str] = {
    "zh": "您好，我是安心分期的林晓，请问您是王女士吗？",
    "en": "Hello, this is Anna from Fairway Finance. May I speak with Ms Wang?",
}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", ["是我，别再打了。", "信函通知。", "行吧。", "再见。"]),
        ("zh", ["你们别再打了！", "已经登记，以后用书面通知您。", "行吧。"]),
        ("zh", ["别再打了。", "好的，还有别的可以帮您的吗？", "没有了。", "再见。"]),
        ("en", ["Stop calling me.", "We will confirm that in writing.", "Fine.", "Goodbye."]),
        ("en", ["Do not call me again.", "Noted. We will write to you by letter.", "Okay."]),
        ("en", ["Stop calling me.", "Is there anything else I can do?", "No.", "Goodbye."]),
        (
            "en",
            [
                "Stop calling me.",
                "But if you pay 200 on Friday we can set up a plan.",
                "No, just stop.",
                "We won't call you any more, and confirm that by letter. Anything else?",
                "No.",
                "Goodbye.",
            ],
        ),
    ],
)
def test_a_customer_who_wants_no_calls_has_promised_nothing(
    language: Language, said: list[str]
) -> None:
    voices = (Speaker.AGENT, Speaker.CUSTOMER)
    texts = (HELLO[language], *said)
    rows = [Row(voices[at % 2], text, 4.0 * at, 4.0 * at + 3) for at, text in enumerate(texts)]
    heard, _ = started(PackId("overdue"), language, "replay")
    assert ended(Playback(heard.feed, beats(heard, rows))) == ("courtesy.close_stop", "DNC")
