"""How much of a call was heard by machine."""

import pytest
from hypothesis import given

from callcoach.call.captured import Closed, Source
from callcoach.call.inputs import (
    Input,
    MissSound,
    PauseCapture,
    ResumeCapture,
    StartCapture,
    TurnListening,
)
from callcoach.call.listened import listened
from callcoach.script.model import Speaker
from tests.call.moves import cue, end_call, take
from tests.call.walks import WALKS, Step, guide, walk
from tests.sessions import play
from tests.support import MINIMAL, dump, minimal

TALK = dump(minimal(cues={"greet": cue("good morning", in_="call")}))
START = StartCapture((Source(Speaker.AGENT),), "tiny")
END = ((99.0, take("on")), (100.0, end_call()))

Case = tuple[str, tuple[tuple[float, Input], ...], float, dict[str, float], float]
CALLS: tuple[Case, ...] = (
    ("all of it", ((0.0, START),), 100.0, {}, 0.0),
    ("from the notice on", ((0.0, PauseCapture(Closed.NOT_YET)), (30.0, START)), 70.0,
     {"not_yet": 30.0}, 0.0),
    ("nobody said that it waits", ((30.0, START),), 70.0, {"not_yet": 30.0}, 0.0),
    ("with two holds and a card",
     ((0.0, START), (10.0, PauseCapture(Closed.HOLD)), (15.0, ResumeCapture()),
      (20.0, PauseCapture(Closed.SENSITIVE)), (62.0, ResumeCapture()),
      (70.0, PauseCapture(Closed.HOLD)), (72.0, ResumeCapture())),
     51.0, {"sensitive": 42.0, "hold": 7.0}, 0.0),
    ("with gaps", ((0.0, START), (20.0, MissSound(10.0, 14.0, "crash")),
                   (30.0, MissSound(28.0, 29.0, "dropped", Speaker.AGENT))), 95.0, {}, 5.0),
    ("with gaps of both voices at once",
     ((0.0, START), (20.0, MissSound(10.0, 14.0, "lost", Speaker.CUSTOMER)),
      (20.0, MissSound(12.0, 15.0, "lost", Speaker.AGENT))), 95.0, {}, 5.0),
    ("never opened", ((0.0, PauseCapture(Closed.NOT_YET)),), 0.0, {"not_yet": 100.0}, 0.0),
)  # fmt: skip


@pytest.mark.parametrize(("claim", "inputs", "heard", "closed", "missed"), CALLS)
def test_it_is_counted(
    claim: str,
    inputs: tuple[tuple[float, Input], ...],
    heard: float,
    closed: dict[str, float],
    missed: float,
) -> None:
    found = listened(play(MINIMAL, *inputs, *END).events)
    assert found is not None, claim
    assert (found.heard, dict(found.closed), found.missed) == (heard, closed, missed), claim
    assert list(found.closed) == list(closed)
    assert found.share == heard / 100.0


def test_a_typed_call_was_not_to_be_heard() -> None:
    assert listened(play(MINIMAL, (1.0, TurnListening(is_on=True)), *END).events) is None


def test_a_call_without_length_was_not_heard() -> None:
    found = listened(play(MINIMAL, (0.0, START)).events)
    assert found is not None
    assert found.share == 0.0


@given(WALKS)
def test_the_parts_are_the_whole(steps: list[Step]) -> None:
    walked = walk(guide(TALK), steps)
    found = listened(walked.events)
    if found is not None:
        whole = found.heard + found.missed + sum(found.closed.values())
        assert whole <= walked.state.at
        assert min(found.heard, found.missed, *found.closed.values()) >= 0
        assert 0 <= found.share <= 1
