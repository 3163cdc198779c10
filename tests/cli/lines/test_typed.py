"""Words typed in line mode: however fast they come, none begins before what was said before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.call.events import Heard
from callcoach.call.live import LiveCall
from callcoach.call.session import Session
from callcoach.cli.lines.typed import LineCall
from callcoach.locale import Messages
from callcoach.practice.partner import PlanPartner
from callcoach.script.model import PlanId
from tests.hearing.scripted_ear import HandClock, Unkept
from tests.sessions import coach, shipped_coach, start, started
from tests.support import minimal, shipped

GUIDE = coach(minimal())
LINES = st.tuples(
    st.sampled_from("ac"), st.integers(1, 30), st.sampled_from((0.0, 0.01, 2.0, 60.0))
)


def _heard(lines: list[tuple[str, int, float]]) -> list[Heard]:
    """Return what was heard of lines, each of so many words, typed so long after the one before."""
    session, events = Session.start(GUIDE, started(GUIDE.script, "en"))
    clock = HandClock()
    live = LiveCall(session, events, Unkept(), clock)
    call = LineCall(live, Messages("en"), lambda _: None)
    for voice, words, later in lines:
        clock.at += later
        call.obey(f"{voice}: {'word ' * words}")
    return [event for event in live.events if isinstance(event, Heard)]


@given(st.lists(LINES, min_size=1, max_size=8))
def test_times_of_lines_never_run_backwards(lines: list[tuple[str, int, float]]) -> None:
    heard = _heard(lines)
    times = [time for event in heard for time in (event.start, event.end)]
    assert times == sorted(times)
    assert len(heard) == len(lines)


def test_words_typed_at_leisure_take_as_long_as_saying_them() -> None:
    (_, last) = _heard([("a", 3, 60.0), ("c", 10, 60.0)])
    assert 60.0 < last.start < last.end == 120.0


def _practised(*typed: str) -> list[str]:
    """Return what is printed of a practice call of the shipped pack after its opening."""
    guide = shipped_coach("courtesy")
    plan = shipped().load("courtesy").plans[PlanId("courtesy.smooth")]
    session, events = start(guide, "en")
    live = LiveCall(session, events, Unkept(), HandClock())
    printed: list[str] = []
    call = LineCall(live, Messages("en"), printed.append, PlanPartner(guide, plan, "en"))
    for line in typed:
        call.obey(line)
    return [line.partition(":")[0] for line in printed if line.startswith(("Agent:", "Cust", "("))]


WAITS = "(The customer waits for 1 more line.)"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        (["say"], ["Agent", "Agent", "Customer"]),
        (["say", "say"], ["Agent", "Agent", "Customer", "Agent", "Agent", "Customer"]),
        (["say 1", "say 2"], ["Agent", WAITS, "Agent", "Customer"]),
        (["say 1", "note Hi.", "say 2"], ["Agent", WAITS, "(note written)", "Agent", "Customer"]),
        (["say 1", "a: Hello."], ["Agent", WAITS, "Agent", "Customer"]),
        (["say 2"], ["Agent", "Customer"]),
    ],
)
def test_the_customer_lets_the_agent_finish(typed: list[str], printed: list[str]) -> None:
    assert _practised(*typed) == printed
