"""Folds events into the state of a call; the only place that knows what an event changes.

What a choice changes that is taken back: `call.undoing`.
"""

from collections.abc import Mapping
from datetime import date
from typing import assert_never

from msgspec.structs import replace

from callcoach.call.captured import (
    CaptureGap,
    CapturePaused,
    CaptureResumed,
    CaptureStarted,
    CaptureStopped,
    ListeningTurned,
)
from callcoach.call.capturing import (
    capture_after,
    end_quiet,
    keep_quiet,
    refusal_after,
)
from callcoach.call.events import (
    CallEnded,
    CallResumed,
    CallStarted,
    CueHeard,
    CueTicked,
    CueUnticked,
    Event,
    ExitTaken,
    FactTold,
    FlagCleared,
    FlagRaised,
    FlagSnoozed,
    Heard,
    HoldEnded,
    HoldStarted,
    Jumped,
    LanguageSwitched,
    NoteWritten,
    ObjectionOpened,
    OfferedLine,
    StepEntered,
    Suggested,
    Undone,
    Unknown,
    kind_of,
)
from callcoach.call.flow import By, Frame, Position
from callcoach.call.standing import is_objection, standing
from callcoach.call.state import (
    CallState,
    Choice,
    CueState,
    Ended,
    Interrupted,
    OpenFlag,
    Suggestion,
)
from callcoach.call.undoing import undo
from callcoach.errors import FactError, StorageError
from callcoach.script.facts import FactId, FactValue, parse
from callcoach.script.model import ExitId, LineId, Script, Speaker

MAX_CHOICES = 30
"""How many choices can be taken back."""
# Members that are asked for at every utterance: looking one up in its enum costs a call.
_AGENT = Speaker.AGENT
_BACK, _OBJECTION, _JUMP = By.BACK, By.OBJECTION, By.JUMP


def begin(script: Script, event: Event | None) -> CallState:
    """Return the state after a call's first event; raises `StorageError` for any other, or none."""
    if event is None:
        raise StorageError("the call has no events", "the journal may be damaged: verify it")
    if not isinstance(event, CallStarted):
        raise StorageError(
            "a call does not begin with its start", "the journal may be damaged: verify it"
        )
    if script.start is None:
        raise StorageError("the pack {id} has no start", "use a pack that has one", id=script.id)
    return CallState(
        seq=event.seq,
        at=event.at,
        language=event.language,
        day=date.fromisoformat(event.day),
        seed=event.seed,
        position=Position(script.start),
    )


def apply(script: Script, state: CallState, event: Event) -> CallState:
    """Return the state after one more event.

    What happens often makes one new state, not one for each thing that it changes.
    """
    match event:
        case Heard():
            return _hear(script, state, event)
        case CueHeard():
            return _hear_cue(script, state, event)
        case Suggested():
            return _suggest(script, state, event)
        case FlagRaised():
            return _raise(state, event)
        case StepEntered():
            return _enter(script, state, event)
        case ExitTaken():
            return _take(script, _remember(state, event, event.exit), event)
        case ObjectionOpened(objection=objection):
            return _remember(state, event, objection)
        case Jumped(to=to):
            return _remember(state, event, to)
    state = replace(state, seq=event.seq, at=_time(state, event))
    match event:
        case FlagCleared(flag=flag):
            kept_flags = {key: known for key, known in state.flags.items() if known.id != flag}
            return replace(state, flags=kept_flags)
        case CueTicked(cue=cue):
            before, by_hand = state.cue(cue), event.by == "hand"
            ticked = before.ticked(event.at, by_hand, _visits(state, before))
            refusal, cues = refusal_after(script, state, state.at, cue), {**state.cues, cue: ticked}
            told = _remember(state, event, cue) if by_hand else state
            return replace(told, cues=cues, refusal=refusal)
        case CueUnticked(cue=cue):
            kept = {id: known for id, known in state.cues.items() if id != cue}
            return replace(_remember(state, event, cue), cues=kept)
        case FactTold(fact=fact):
            value = read_fact(script, fact, event.value, state.day)
            told = _remember(state, event, fact) if event.by == "hand" else state
            return replace(told, facts={**state.facts, fact: value})
        case FlagSnoozed(flag=flag, until=until):
            flags = {
                key: replace(known, snoozed_until=until) if known.id == flag else known
                for key, known in state.flags.items()
            }
            return replace(state, flags=flags)
        case NoteWritten():
            return replace(state, notes=state.notes + 1)
        case HoldStarted(at=at):
            return replace(state, held_since=at)
        case HoldEnded(at=at):
            since = at if state.held_since is None else state.held_since
            held = state.held + at - since
            return replace(state, held_since=None, held=held, unwritten=(since, at))
        case LanguageSwitched(language=language):
            return replace(state, language=language)
        case Undone():
            return undo(script, state, event)
        case CallEnded(outcome=outcome, is_early=is_early, step=step):
            ended = Ended(event.at, outcome, is_early)
            state = replace(_remember(state, event, step), ended=ended, suggestions=())
            return end_quiet(state)
        case CallStarted() | CallResumed() | Unknown():
            return state
        case ListeningTurned(is_on=is_on):
            refusal = None if is_on else state.refusal
            return replace(state, is_turned_on=is_on, refusal=refusal)
        case (
            CaptureStarted() | CapturePaused() | CaptureResumed() | CaptureStopped() | CaptureGap()
        ):
            return replace(state, capture=capture_after(state.capture, event))
        case _:
            assert_never(event)


def read_fact(script: Script, id: FactId, text: str, day: date) -> FactValue:
    """Return a fact's value from its text; a fact that the script no longer has stays a text."""
    fact = script.facts.get(id)
    if fact is None:
        return text
    try:
        return parse(fact, text, day)
    except FactError:
        return text


def _time(state: CallState, event: Event) -> float:
    """Return the time after an event; it never goes back."""
    return event.at if event.at > state.at else state.at


def _hear(script: Script, state: CallState, event: Heard) -> CallState:
    utterances, suggestions = state.utterances + 1, state.suggestions
    if suggestions:
        suggestions = standing(script, state.position, utterances, suggestions)
    return replace(
        state,
        seq=event.seq,
        at=_time(state, event),
        utterances=utterances,
        speaker=event.speaker,
        said=state.said if event.line is None else state.said | {event.line},
        suggestions=suggestions,
    )


def _remember(state: CallState, event: Event, what: str) -> CallState:
    """Return the state after an event, a choice that can be taken back."""
    before = replace(state, seq=event.seq, at=_time(state, event), choices=())
    choice = Choice(event.seq, kind_of(event), what, before)
    return replace(before, choices=(*state.choices[1 - MAX_CHOICES :], choice))


def _uses(
    state: CallState, offered: tuple[OfferedLine, ...], seq: int
) -> Mapping[OfferedLine, int]:
    """Return when each variant was offered last, with those that are now."""
    return {**state.uses, **dict.fromkeys(offered, seq)} if offered else state.uses


def _enter(script: Script, state: CallState, event: StepEntered) -> CallState:
    old, interrupted = state.position, state.interrupted
    said: frozenset[LineId] = frozenset()
    spoke: ExitId | None = None
    at, now = _time(state, event), state.active(event.at)
    visit = state.visits + 1
    match event.by:
        case By.BACK if old.stack:
            *rest, frame = old.stack
            *outer, resumed = interrupted
            interrupted, spoke = tuple(outer), resumed.spoke
            bridge = script.steps[old.step].bridge
            said = frozenset(line for line in resumed.said if line != bridge)
            position = Position(
                frame.step, frame.done, tuple(rest), frame.entered_at, frame.visit, frame.since
            )
        case By.OBJECTION:
            frame = Frame(old.step, old.done, old.entered_at, old.visit, old.since)
            interrupted = (*interrupted, Interrupted(state.offered, state.said, state.spoke))
            stack = (*old.stack, frame)
            position = Position(
                event.step, stack=stack, entered_at=now, visit=visit, since=event.at
            )
        case _:
            interrupted = ()
            position = Position(event.step, entered_at=now, visit=visit, since=event.at)
    objections = [known for known in state.suggestions if is_objection(script, known)]
    lineage = script.lineages[event.step]
    state = replace(
        state,
        seq=event.seq,
        at=at,
        offered=event.offered,
        offered_at=at,
        uses=_uses(state, event.offered, event.seq),
        position=position,
        visits=visit,
        entered=state.entered.union(lineage),
        reached=state.reached if event.by is _JUMP else state.reached.union(lineage),
        said=said,
        spoke=spoke,
        interrupted=interrupted,
        refusal=refusal_after(script, state, at, *lineage),
        suggestions=standing(script, position, state.utterances, objections),
    )
    return keep_quiet(script, state, is_new=event.by not in (_BACK, _OBJECTION))


def _take(script: Script, state: CallState, event: ExitTaken) -> CallState:
    exit = script.steps[event.step].exit(event.exit)
    suggestions = tuple([known for known in state.suggestions if known.target != event.exit])
    waived = state.waived.union(exit.waives) if exit and exit.waives else state.waived
    if exit is None or not exit.stay:
        return replace(state, suggestions=suggestions, waived=waived)
    position = replace(state.position, done=state.position.done | {event.exit})
    state = replace(
        state, suggestions=suggestions, waived=waived, position=position, spoke=event.exit
    )
    if not event.offered:
        return state
    return replace(
        state,
        offered=event.offered,
        offered_at=state.at,
        uses=_uses(state, event.offered, state.seq),
        said=state.said.difference(line.line for line in event.offered),
    )


def _suggest(script: Script, state: CallState, event: Suggested) -> CallState:
    """Return the state with a suggestion, if it is one to the agent.

    That the agent's own words tell of another step is for those who follow a transcript: the
    agent knows where the call is.
    """
    suggestions = state.suggestions
    if state.speaker is not _AGENT or event.target not in script.steps:
        newest = Suggestion(event.target, event.span, event.at, state.utterances)
        found = (newest, *suggestions)
        suggestions = standing(script, state.position, state.utterances, found)
    return replace(state, seq=event.seq, at=_time(state, event), suggestions=suggestions)


def _hear_cue(script: Script, state: CallState, event: CueHeard) -> CallState:
    at = _time(state, event)
    if not event.counts:
        return replace(state, seq=event.seq, at=at)
    known, cue = state.cue(event.cue), script.cues.get(event.cue)
    count, heard_at = known.count + 1, known.heard_at
    if heard_at is None and (cue is None or count >= cue.least):
        heard_at = event.at
    heard = replace(
        known,
        count=count,
        heard_at=heard_at,
        span=event.span,
        visits=_visits(state, known),
        unsure=known.unsure + event.is_doubtful,
    )
    refusal = refusal_after(script, state, at, event.cue)
    cues = {**state.cues, event.cue: heard}
    return replace(state, seq=event.seq, at=at, cues=cues, refusal=refusal)


def _visits(state: CallState, known: CueState) -> frozenset[int]:
    """Return in which visits a cue was met that is met now; those that are over are let go."""
    position = state.position
    if not position.stack or not known.visits:
        return frozenset((position.visit,))
    return known.visits.intersection([it.visit for it in position.stack]) | {position.visit}


def _raise(state: CallState, event: FlagRaised) -> CallState:
    key = (event.what, event.cue)
    known = state.flags.get(key)
    flag = OpenFlag(
        id=event.flag,
        what=event.what,
        cue=event.cue,
        severity=event.severity,
        reason=event.reason,
        raised_at=event.at,
        count=known.count + 1 if known else 1,
        span=event.span,
        due=event.due,
        other=event.other,
        cause=event.cause,
        is_unheard=event.is_unheard,
    )
    next_flag = max(state.next_flag, event.flag + 1)
    return replace(
        state,
        seq=event.seq,
        at=_time(state, event),
        flags={**state.flags, key: flag},
        next_flag=next_flag,
    )
