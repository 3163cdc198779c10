"""Judges a recorded call again by any script: what was said and done goes through the session anew.

What the agent did by hand (exits, ticks, facts, holds) is done again at its time, where the script
has it. A call in which nobody pressed a key follows its words, as every transcript does.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from msgspec.structs import replace

from callcoach import __version__
from callcoach.call.captured import (
    CaptureGap,
    CapturePaused,
    CaptureResumed,
    CaptureStarted,
    CaptureStopped,
    ListeningTurned,
)
from callcoach.call.coach import Coach
from callcoach.call.events import (
    CallEnded,
    CallResumed,
    CallStarted,
    CueTicked,
    CueUnticked,
    Event,
    ExitTaken,
    FactTold,
    Heard,
    HoldEnded,
    HoldStarted,
    Jumped,
    LanguageSwitched,
    NoteWritten,
    ObjectionOpened,
    Undone,
)
from callcoach.call.inputs import (
    FOLLOW,
    EndCall,
    Hear,
    Hold,
    Input,
    JumpTo,
    MissSound,
    OpenObjection,
    PauseCapture,
    Resume,
    ResumeCapture,
    SayLine,
    StartCapture,
    StopCapture,
    SwitchLanguage,
    TakeExit,
    TellFact,
    TickCue,
    TurnListening,
    Undo,
    Unhold,
    UntickCue,
    WriteNote,
)
from callcoach.call.replay import Follower, is_agent_known, unjudged
from callcoach.call.session import Session
from callcoach.errors import FactError, IllegalMove, PackError, StorageError

IMPORTED = "import"
"""The mode of calls that were made elsewhere and came as transcripts."""
REPLAYED = "replay"
"""The mode in which a session only repeats what was: nothing is kept from being written down."""


def judge_again(coach: Coach, events: Sequence[Event]) -> tuple[Session, tuple[Event, ...]]:
    """Return a call as `coach` judges it, and its events; `events` are those of the record.

    Times are kept. The first event keeps its mode and says which script and program judged.
    Raises `StorageError` for events that are no call.
    """
    session, happening = rerun(coach, events)
    return session, tuple(happening)


def rerun(coach: Coach, events: Sequence[Event]) -> tuple[Session, Iterator[Event]]:
    """Return a session to which a recorded call happens again while its events are taken.

    Raises as `judge_again`.
    """
    first = events[0] if events else None
    if not isinstance(first, CallStarted):
        raise StorageError(
            "a call does not begin with its start", "the journal may be damaged: verify it"
        )
    known = coach.script.languages
    started = coach.started(
        first.language if first.language in known else known[0],
        started=first.started,
        day=first.day,
        seed=first.seed,
        mode=REPLAYED,
        agent=first.agent,
        plan=first.plan,
        program=__version__,
    )
    session, opening = Session.start(coach, started)
    if not knows_agent(events):
        session = unjudged(session, opening)
    told = (replace(started, mode=first.mode), *opening[1:])
    follower = None if _is_led(first, coach) else Follower()
    return session, chain(told, _happening(session, events[1:], follower))


def _happening(
    session: Session, events: Iterable[Event], follower: Follower | None
) -> Iterator[Event]:
    """Yield what comes of all that led to the events of a record."""
    for event in events:
        given = _ending(event, follower) or _input(session, event)
        if given is None:
            continue
        fresh = _feed(session, given, event.at)
        if isinstance(event, CallEnded) and session.state.ended is None:
            # The script has no such outcome.
            fresh = _feed(session, EndCall(by=FOLLOW), event.at)
        yield from fresh
        if follower is not None and isinstance(event, Heard):
            for move in follower.moves(session, fresh):
                yield from _feed(session, move, event.at)


def is_untimed(events: Sequence[Event]) -> bool:
    """Tell whether a call is a transcript whose times were guessed: nothing is due by them."""
    first = events[0]
    return (
        isinstance(first, CallStarted)
        and first.mode == IMPORTED
        and any(isinstance(event, Heard) and event.source == "typed" for event in events)
    )


def _feed(session: Session, given: Input, at: float) -> tuple[Event, ...]:
    """Return what an input leads to; nothing where the script does not have it."""
    try:
        return session.feed(given, at)
    except (IllegalMove, FactError, PackError):
        return ()


def knows_agent(events: Sequence[Event]) -> bool:
    """Tell whether somebody in a call is the agent: whoever made it here is, even in silence."""
    first = events[0]
    if not isinstance(first, CallStarted) or first.mode != IMPORTED:
        return True
    return is_agent_known(event for event in events if isinstance(event, Heard))


def _ending(event: Event, follower: Follower | None) -> EndCall | None:
    """Return how a call ends: as somebody said, or where its words have led."""
    if not isinstance(event, CallEnded):
        return None
    return EndCall(event.outcome) if follower is None else EndCall(by=FOLLOW)


def _is_led(first: CallStarted, coach: Coach) -> bool:
    """Tell whether what was done by hand led the call through this script."""
    return first.mode not in (IMPORTED, REPLAYED) and first.script == coach.script.id


def _input(session: Session, event: Event) -> Input | None:
    """Return what led to an event; None where it only followed from another."""
    match event:
        case Heard():
            return _heard(session, event)
        case FactTold(fact=fact, value=value, by="hand" | "given" as by):
            return TellFact(fact, value, by)
        case ExitTaken(exit=exit, by="hand"):
            return TakeExit(exit)
        case ObjectionOpened(objection=objection, by="hand"):
            return OpenObjection(objection)
        case Jumped(to=to, by="hand"):
            return JumpTo(to)
        case CueTicked(cue=cue, by=by):
            return TickCue(cue, by)
        case CueUnticked(cue=cue):
            return UntickCue(cue)
        case NoteWritten(text=text):
            return WriteNote(text)
        case HoldStarted():
            return Hold()
        case HoldEnded():
            return Unhold()
        case LanguageSwitched(language=language):
            return SwitchLanguage(language)
        case Undone():
            return Undo()
        case CallResumed():
            return Resume()
        case ListeningTurned(is_on=is_on):
            return TurnListening(is_on)
        case CaptureStarted(sources=sources, model=model, kept=kept):
            return StartCapture(sources, model, kept)
        case CapturePaused(reason=reason):
            return PauseCapture(reason)
        case CaptureResumed():
            return ResumeCapture()
        case CaptureStopped(reason=reason):
            return StopCapture(reason)
        case CaptureGap(start=start, end=end, reason=reason, speaker=speaker):
            return MissSound(start, end, reason, speaker)
        case _:
            return None


def _heard(session: Session, event: Heard) -> Input:
    """Return how words came: as a line that was said as it is still offered, or as they are."""
    if event.line is not None and event.line in session.coach.script.lines:
        for line, rendered in session.lines():
            if line == event.line and rendered.text == event.text:
                return SayLine(line, event.end - event.start)
    return Hear(
        event.speaker,
        event.text,
        event.start,
        event.end,
        event.source,
        event.confidence,
        event.doubts,
    )
