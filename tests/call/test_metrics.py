"""Measures of a call: each case is a few utterances of which the numbers can be seen."""

import pytest

from callcoach.call.captured import (
    CaptureGap,
    CapturePaused,
    CaptureResumed,
    CaptureStarted,
)
from callcoach.call.events import Event, Heard, HoldEnded, HoldStarted
from callcoach.call.metrics import MIN_OVERLAP, Metrics, measure
from callcoach.script.model import Speaker


def said(
    speaker: str, start: float, end: float, text: str = "Yes.", source: str = "speech"
) -> Heard:
    """Return an utterance; `seq` does not matter to a measure."""
    voice = {"a": Speaker.AGENT, "c": Speaker.CUSTOMER, "o": Speaker.OTHER}[speaker]
    return Heard(seq=1, at=end, speaker=voice, text=text, start=start, end=end, source=source)


def of(*events: Event, duration: float | None = None) -> Metrics:
    """Return the metrics of a few events."""
    return measure(events, duration)


def test_a_call_in_which_nobody_spoke() -> None:
    found = of(duration=60.0)
    assert (found.duration, found.is_timed, found.turns) == (60.0, False, 0)
    assert (found.talk_ratio, found.non_talk, found.overtalk) == (None, 0.0, 0.0)
    assert found.agent.words_per_minute is None


def test_talk_time_talk_ratio_and_silence() -> None:
    found = of(said("a", 0, 6), said("c", 8, 10), duration=15.0)
    assert found.is_timed
    assert (found.agent.talk_time, found.customer.talk_time) == (6, 2)
    assert found.talk_ratio == 0.75
    assert (found.non_talk, found.longest_non_talk) == (7, 5)


def test_a_hold_is_no_silence() -> None:
    held = (HoldStarted(seq=2, at=6.0), HoldEnded(seq=3, at=8.0))
    found = of(said("a", 0, 6), *held, said("c", 9, 10))
    assert (found.hold, found.non_talk) == (2, 1)


START = CaptureStarted(seq=2, at=0.0, sources=(), model="")


@pytest.mark.parametrize(
    ("claim", "events", "silence"),
    [
        ("a pause", (START, CapturePaused(seq=3, at=6.0, reason="sensitive"),
                     CaptureResumed(seq=4, at=8.0)), 1),
        ("a pause for two reasons", (START, CapturePaused(seq=3, at=6.0, reason="hold"),
                                     CapturePaused(seq=4, at=7.0, reason="sensitive"),
                                     CaptureResumed(seq=5, at=8.0)), 1),
        ("a pause to the end", (START, CapturePaused(seq=3, at=6.0, reason="hand")), 0),
        ("what was never opened", (CapturePaused(seq=2, at=0.0, reason="not_yet"),), 0),
        ("a gap of both", (START, CaptureGap(seq=3, at=9.0, start=6, end=8, reason="crash")), 1),
        ("a gap of one voice, which may have talked",
         (START, CaptureGap(seq=3, at=9.0, start=6, end=8, reason="crash",
                            speaker=Speaker.AGENT)), 1),
    ],
)  # fmt: skip
def test_what_was_not_listened_to_is_no_silence(
    claim: str, events: tuple[Event, ...], silence: float
) -> None:
    assert of(said("a", 0, 6), *events, said("c", 9, 10)).non_talk == silence, claim


def test_times_in_which_nothing_was_heard_can_be_told() -> None:
    assert measure([said("a", 0, 6), said("c", 9, 10)], deaf=[(6.0, 8.5)]).non_talk == 0.5


def test_what_both_say_at_once_is_overtalk_and_counts_for_both() -> None:
    found = of(said("a", 0, 5), said("c", 3, 9))
    assert (found.overtalk, found.non_talk) == (2, 0)
    assert (found.agent.talk_time, found.customer.talk_time) == (5, 6)


def test_one_voice_over_itself_counts_once() -> None:
    found = of(said("a", 0, 5), said("a", 3, 6))
    assert (found.agent.talk_time, found.overtalk, found.agent.interruptions) == (6, 0, 0)


@pytest.mark.parametrize(
    ("overlap", "count"), [(0.0, 0), (MIN_OVERLAP - 0.125, 0), (MIN_OVERLAP, 1), (3.0, 1)]
)
def test_an_interruption_needs_the_minimum_overlap(overlap: float, count: int) -> None:
    found = of(said("c", 0, 5), said("a", 5 - overlap, 9))
    assert (found.agent.interruptions, found.customer.interruptions) == (count, 0)


def test_a_short_word_within_the_other_s_turn_does_not_interrupt() -> None:
    assert of(said("c", 0, 5), said("a", 2, 2.25)).agent.interruptions == 0


def test_the_response_gap_is_the_mean_silence_before_an_answer() -> None:
    found = of(said("c", 0, 2), said("a", 3, 4), said("c", 4, 6), said("a", 5, 7))
    assert found.agent.response_gap == 0.5
    assert found.customer.response_gap == 0


def test_who_never_answers_has_no_response_gap() -> None:
    assert of(said("a", 0, 2), said("a", 3, 4)).agent.response_gap is None


def test_a_third_party_is_on_the_customer_s_side() -> None:
    found = of(said("a", 0, 2), said("o", 2, 4), said("c", 4, 5))
    assert (found.customer.utterances, found.customer.talk_time, found.turns) == (2, 3, 2)


def test_speech_rate_tells_words_from_characters() -> None:
    found = of(said("a", 0, 30, "Good morning Lin 您好"), said("c", 30, 60, "是的"))
    assert (found.agent.words, found.agent.characters) == (3, 2)
    assert (found.agent.words_per_minute, found.agent.characters_per_minute) == (6, 4)
    assert found.customer.words_per_minute is None


def test_typed_words_have_no_times() -> None:
    found = of(said("a", 0, 3, source="typed"), said("c", 4, 6, source="line"))
    assert not found.is_timed
    assert (found.agent.talk_time, found.talk_ratio, found.non_talk) == (0, None, 0)
    assert (found.agent.response_gap, found.customer.response_gap) == (None, None)
    assert (found.agent.utterances, found.turns, found.duration) == (1, 2, 6)


def test_the_order_of_events_does_not_matter() -> None:
    events = [said("a", 0, 5), said("c", 3, 9), said("a", 10, 12)]
    assert of(*events, duration=12.0) == of(*reversed(events), duration=12.0)
