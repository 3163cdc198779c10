"""How a call is heard by this machine: what its inputs lead to, and what it makes of the state."""

from collections.abc import Iterator
from math import inf

from msgspec.structs import replace

from callcoach.call.captured import (
    CaptureGap,
    CapturePaused,
    CaptureResumed,
    CaptureStarted,
    CaptureStopped,
    Closed,
    ListeningTurned,
)
from callcoach.call.inputs import (
    Hear,
    MissSound,
    PauseCapture,
    ResumeCapture,
    StartCapture,
    StopCapture,
    TurnListening,
)
from callcoach.call.state import CallState, Capture, Choice, Refusal
from callcoach.script.model import Script, Speaker, Step

SLACK = 0.5
"""Seconds by which words may reach into a hold or a sensitive step, as the key is pressed while
they are spoken: more of them is not kept."""

MIN_DEAF = 1.0
"""Seconds in which nothing is heard that could hide words."""

CaptureEvent = (
    CaptureStarted | CapturePaused | CaptureResumed | CaptureStopped | CaptureGap | ListeningTurned
)
CaptureInput = StartCapture | PauseCapture | ResumeCapture | StopCapture | MissSound | TurnListening


def events_of(state: CallState, given: CaptureInput, seq: int, at: float) -> Iterator[CaptureEvent]:
    """Yield what an input leads to; nothing where it changes nothing, or the call is over."""
    capture = state.capture
    if state.ended is not None:
        return
    match given:
        case TurnListening(is_on):
            if is_on is not state.is_turned_on or (is_on and state.refusal is not None):
                yield ListeningTurned(seq=seq, at=at, is_on=is_on)
        case StartCapture(sources, model, kept):
            yield CaptureStarted(seq=seq, at=at, sources=sources, model=model, kept=kept)
        case PauseCapture(reason):
            if capture is None or capture.reason != reason:
                yield CapturePaused(seq=seq, at=at, reason=reason)
        case ResumeCapture():
            if capture is not None and not capture.is_open:
                yield CaptureResumed(seq=seq, at=at)
        case StopCapture(reason):
            if capture is not None and capture.reason != reason:
                yield CaptureStopped(seq=seq, at=at, reason=reason)
        case MissSound(start, end, reason, speaker):
            if end > start or (end == start and reason == Closed.LOST):
                yield CaptureGap(
                    seq=seq, at=at, start=start, end=end, reason=reason, speaker=speaker
                )


def capture_after(
    capture: Capture | None,
    event: CaptureStarted | CapturePaused | CaptureResumed | CaptureStopped | CaptureGap,
) -> Capture | None:
    """Return how a call is heard after one more event; `capture` is how it was before."""
    known = capture or Capture(reason=Closed.NOT_YET)
    match event:
        case CaptureStarted(sources=sources, model=model, kept=kept):
            return Capture(sources, model, kept, since=event.at, deaf=_deaf_until(known, event.at))
        case CapturePaused(reason=reason) | CaptureStopped(reason=reason):
            deaf = _deaf_until(known, event.at)
            return replace(known, reason=str(reason), since=event.at, deaf=deaf, lost=None)
        case CaptureResumed():
            deaf = _deaf_until(known, event.at)
            return replace(known, reason="", since=event.at, deaf=deaf, lost=None)
        case CaptureGap(start=start, speaker=None | Speaker.AGENT) if event.goes_on:
            return replace(known, lost=start)
        case CaptureGap(start=start, end=end, reason=reason, speaker=None | Speaker.AGENT):
            lost = None if reason == Closed.LOST else known.lost
            return replace(known, deaf=(*known.deaf, (start, end)), lost=lost)
        case CaptureGap():
            return capture


def _deaf_until(capture: Capture, at: float) -> tuple[tuple[float, float], ...]:
    """Return the times in which the agent was not heard, with the one that is over at a time."""
    since = capture.since if not capture.is_open else capture.lost
    return capture.deaf if since is None else (*capture.deaf, (since, at))


def was_deaf(capture: Capture | None, start: float, end: float) -> bool:
    """Tell whether the agent was not heard from `start` to `end`; never by a typed call.

    That is when nothing of it was heard, or not the end of it, because the device was lost: who
    is late may be saying it there and then.
    """
    if capture is None:
        return False
    lost = capture.since if capture.reason == Closed.LOST else capture.lost
    return (lost is not None and end - lost >= MIN_DEAF) or not _heard_for(capture, start, end)


def share_heard(capture: Capture | None, start: float, end: float) -> float:
    """Return how much of a time the agent was heard, 0 to 1; by a typed call all of it.

    Less than `MIN_DEAF` that is missing hides no words.
    """
    heard = end - start if capture is None else _heard_for(capture, start, end)
    if capture is None or (heard and end - start - heard < MIN_DEAF):
        return 1.0
    return heard / (end - start) if heard else 0.0


def _heard_for(capture: Capture, start: float, end: float) -> float:
    """Return for how many seconds from `start` to `end` the agent was heard."""
    since = capture.since if not capture.is_open else capture.lost
    now = () if since is None else ((since, end),)
    heard, at = 0.0, start
    for begin, until in sorted((*capture.deaf, *now)):
        heard += max(min(begin, end) - at, 0.0)
        at = max(at, until)
    return heard + max(end - at, 0.0)


def refusal_after(script: Script, state: CallState, at: float, *said: str) -> Refusal | None:
    """Return what keeps the ears closed, now that `at` a cue was said or steps were entered."""
    if script.consent is None:
        return state.refusal
    stop = script.consent.stop
    for id in said:
        if id in stop.cues or id in stop.steps:
            return Refusal(id, at)
    return state.refusal


def refusal_taken_back(script: Script, state: CallState, choice: Choice) -> Refusal | None:
    """Return what keeps the ears closed without a choice; what was said since stands."""
    refusal = state.refusal
    if refusal is None or refusal == choice.before.refusal or refusal.at < choice.before.at:
        return refusal
    has_come_by_it = refusal.by == choice.what or refusal.by in script.steps
    return choice.before.refusal if has_come_by_it else refusal


def keep_quiet(
    script: Script, state: CallState, since: float | None = None, *, is_new: bool = False
) -> CallState:
    """Return the state with what its position says of writing things down.

    An objection that is opened in a sensitive step returns to it, so it is no less sensitive.
    `is_new` tells that the step was entered now, and not gone back to.
    """
    known = state.sensitive_since if since is None else since
    for id in (state.position.step, *[frame.step for frame in state.position.stack]):
        step = script.steps.get(id)
        if step is not None and step.sensitive is not None:
            return replace(state, sensitive_since=state.at if is_new or known is None else known)
    return end_quiet(state)


def end_quiet(state: CallState) -> CallState:
    """Return the state in which things are written down again."""
    since = state.sensitive_since
    if since is None:
        return state
    return replace(state, sensitive_since=None, unwritten=(since, state.at))


def is_unwritten(state: CallState, given: Hear, start: float, end: float) -> bool:
    """Tell whether what was said from `start` to `end` is not kept: in a hold or sensitive step.

    What was said before is kept, though it is known only now.
    """
    if given.source != "speech":
        return False
    times = [] if state.unwritten is None else [state.unwritten]
    times += [(it, inf) for it in (state.held_since, state.sensitive_since) if it is not None]
    return any(start < until and end > since + SLACK for since, until in times)


def sensitive_step(script: Script, state: CallState) -> Step | None:
    """Return the sensitive step that the call is in, or has an objection open over; else None."""
    if state.sensitive_since is None:
        return None
    frames = (frame.step for frame in reversed(state.position.stack))
    steps = (script.steps.get(id) for id in (state.position.step, *frames))
    return next((step for step in steps if step and step.sensitive is not None), None)
