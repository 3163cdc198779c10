"""The customer lets the agent finish: lines that are still to be said, and questions."""

import pytest

from callcoach.call.inputs import Hear, Input, SayLine, TickCue
from callcoach.practice.finishing import left_to_say
from callcoach.script.model import CueId, LineId, Speaker
from tests.sessions import coach, start
from tests.support import end, minimal, step

STATED = LineId("example.stated")
ASKED = LineId("example.asked")
LINES = {"stated": "This is Anna.", "asked": "Is that Ms Wang?", "more": "I call about a bill."}
GUIDE = coach(
    minimal(
        steps={"hello": step("", on="bye") | {"say": LINES}, "bye": end("Bye.")},
        cues={"thanks": {"in": "hello", "title": "Thanks", "heard": "thank you"}},
    )
)


@pytest.mark.parametrize(
    ("given", "left"),
    [
        (SayLine(STATED), 2),
        (SayLine(ASKED), 0),
        (Hear(Speaker.AGENT, "Good morning."), 0),
        (Hear(Speaker.CUSTOMER, "Yes?"), 0),
        (TickCue(CueId("example.thanks")), 0),
    ],
)
def test_who_has_asked_nothing_yet_is_let_finish(given: Input, left: int) -> None:
    session, _ = start(GUIDE, "en")
    assert len(left_to_say(session, session.feed(given, 1.0))) == left


def test_nothing_is_waited_for_after_the_last_line() -> None:
    session, _ = start(GUIDE, "en")
    for line in LINES:
        events = session.feed(SayLine(LineId(f"example.{line}")), 1.0)
    assert left_to_say(session, events) == ()
