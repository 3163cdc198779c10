"""When a call was heard: what was missed in two ways was missed once."""

import pytest

from callcoach.call.captured import CaptureGap, CapturePaused, CaptureResumed, CaptureStarted
from callcoach.call.events import Event, NoteWritten
from callcoach.review.suggest_heard import Ears
from callcoach.script.model import Speaker

AGENT, CUSTOMER, OTHER = Speaker.AGENT, Speaker.CUSTOMER, Speaker.OTHER


def gap(seq: int, start: float, end: float, speaker: Speaker | None) -> CaptureGap:
    return CaptureGap(seq=seq, at=end, start=start, end=end, reason="lost", speaker=speaker)


def heard(*events: Event) -> Ears:
    """Return when a call of 100 seconds was heard that was listened to from its beginning."""
    begun = CaptureStarted(seq=0, at=0.0, sources=(), model="m", kept="")
    return Ears.of((begun, *events, NoteWritten(seq=9, at=100.0, text="x")))


def test_a_call_that_was_heard_throughout() -> None:
    assert heard().share == 1.0
    assert heard().missed(AGENT, [(0.0, 100.0)]) == 0.0


@pytest.mark.parametrize(("speaker", "missed"), [(AGENT, 30.0), (CUSTOMER, 20.0), (OTHER, 40.0)])
def test_both_voices_lost_at_once_are_one_silence(speaker: Speaker, missed: float) -> None:
    ears = heard(gap(1, 10.0, 40.0, AGENT), gap(2, 30.0, 50.0, CUSTOMER))
    assert ears.missed(speaker, [(0.0, 100.0)]) == missed
    assert ears.missed(speaker, [(0.0, 60.0), (5.0, 100.0)]) == missed
    assert ears.share == pytest.approx(0.6)


def test_what_is_lost_while_nobody_listens_is_lost_once() -> None:
    paused = CapturePaused(seq=1, at=10.0, reason="hold")
    ears = heard(paused, gap(2, 10.0, 30.0, None), CaptureResumed(seq=3, at=30.0))
    assert ears.missed(AGENT, [(0.0, 100.0)]) == 20.0
    assert ears.share == pytest.approx(0.8)
