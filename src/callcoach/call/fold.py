"""Folds events into the state of a call; the only place that knows what an event changes."""

from collections.abc import Iterable, Mapping
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
    refusal_taken_back,
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
from callcoach.call.state import (
    CallState,
    Choice,
    CueState,
    Ended,
    Interrupted,
    OpenFlag,
    Suggestion,
)
from callcoach.errors import FactError, StorageError
from callcoach.script.facts import FactId, FactValue, parse
from callcoach.script.model import CueId, ExitId, LineId, Script, Speaker, StepId

MAX_CHOICES = 30
"""How many choices can be taken back."""
MAX_SUGGESTIONS = 5
OBJECTION_STANDS = 10
"""How many utterances long an objection that was heard waits to be opened."""


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
    """Return the state after one more event."""
    state = replace(state, seq=event.seq, at=max(state.at, event.at))
    match event:
        case Heard(line=line, speaker=speaker):
            said = state.said if line is None else state.said | {line}
            state = replace(state, utterances=state.utterances + 1, speaker=speaker, said=said)
            if not state.suggestions:
                return state
            return replace(state, suggestions=_standing(script, state, state.suggestions))
        case Suggested():
            return _suggest(script, state, event)
        case CueHeard():
            return _hear_cue(script, state, event)
        case FlagRaised():
            return _raise(state, event)
        case FlagCleared(flag=flag):
            kept_flags = {key: known for key, known in state.flags.items() if known.id != flag}
            return replace(state, flags=kept_flags)
        case StepEntered():
            return _enter(script, state, event)
        case ExitTaken():
            return _take(script, _remember(state, event, event.exit), event)
        case ObjectionOpened(objection=objection):
            return _remember(state, event, objection)
        case Jumped(to=to):
            return _remember(state, event, to)
        case CueTicked(cue=cue):
            before, by_hand = state.cue(cue), event.by == "hand"
            ticked = before.ticked(event.at, by_hand, _visits(state, before))
            refusal, cues = refusal_after(script, state, cue), {**state.cues, cue: ticked}
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
            return _undo(script, state, event)
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


def _remember(state: CallState, event: Event, what: str) -> CallState:
    """Return the state with a choice that can be taken back."""
    before = replace(state, choices=())
    choice = Choice(event.seq, kind_of(event), what, before)
    return replace(state, choices=(*state.choices[1 - MAX_CHOICES :], choice))


def _offer(state: CallState, offered: tuple[OfferedLine, ...]) -> CallState:
    uses = dict(state.uses)
    for line in offered:
        uses[line] = state.seq
    said = state.said.difference(line.line for line in offered)
    return replace(state, offered=offered, offered_at=state.at, uses=uses, said=said)


def _enter(script: Script, state: CallState, event: StepEntered) -> CallState:
    old, interrupted = state.position, state.interrupted
    said: frozenset[LineId] = frozenset()
    spoke: ExitId | None = None
    now = state.active(event.at)
    visit = state.visits + 1
    match event.by:
        case By.BACK if old.stack:
            *rest, frame = old.stack
            *outer, resumed = interrupted
            interrupted, spoke = tuple(outer), resumed.spoke
            bridge = script.steps[old.step].bridge
            said = frozenset(line for line in resumed.said if line != bridge)
            position = Position(frame.step, frame.done, tuple(rest), frame.entered_at, frame.visit)
        case By.OBJECTION:
            frame = Frame(old.step, old.done, old.entered_at, old.visit)
            interrupted = (*interrupted, Interrupted(state.offered, state.said, state.spoke))
            position = Position(event.step, stack=(*old.stack, frame), entered_at=now, visit=visit)
        case _:
            interrupted = ()
            position = Position(event.step, entered_at=now, visit=visit)
    objections = [known for known in state.suggestions if _is_objection(script, known)]
    lineage = script.lineages[event.step]
    state = replace(
        _offer(state, event.offered),
        position=position,
        visits=visit,
        entered=state.entered.union(lineage),
        reached=state.reached if event.by is By.JUMP else state.reached.union(lineage),
        said=said,
        spoke=spoke,
        interrupted=interrupted,
        refusal=refusal_after(script, state, *lineage),
    )
    state = keep_quiet(script, state, is_new=event.by not in (By.BACK, By.OBJECTION))
    return replace(state, suggestions=_standing(script, state, objections))


def _take(script: Script, state: CallState, event: ExitTaken) -> CallState:
    exit = script.steps[event.step].exit(event.exit)
    suggestions = tuple(known for known in state.suggestions if known.target != event.exit)
    waived = state.waived.union(exit.waives) if exit else state.waived
    state = replace(state, suggestions=suggestions, waived=waived)
    if exit is None or not exit.stay:
        return state
    position = replace(state.position, done=state.position.done | {event.exit})
    state = replace(state, position=position, spoke=event.exit)
    return _offer(state, event.offered) if event.offered else state


def _suggest(script: Script, state: CallState, event: Suggested) -> CallState:
    """Return the state with a suggestion, if it is one to the agent.

    That the agent's own words tell of another step is for those who follow a transcript: the
    agent knows where the call is.
    """
    if state.speaker is Speaker.AGENT and event.target in script.steps:
        return state
    newest = Suggestion(event.target, event.span, event.at, state.utterances)
    return replace(state, suggestions=_standing(script, state, (newest, *state.suggestions)))


def _is_objection(script: Script, found: Suggestion) -> bool:
    step = script.steps.get(StepId(found.target))
    return step is not None and step.is_objection


def _standing(
    script: Script, state: CallState, found: Iterable[Suggestion]
) -> tuple[Suggestion, ...]:
    """Return the suggestions that stand, the first of each target.

    An objection stands until it is open, whatever steps are entered meanwhile: what a customer
    has said is not over with a step. It is forgotten when much has been said since.
    """
    position = state.position
    is_open = {position.step, *(frame.step for frame in position.stack)}
    standing: dict[str, Suggestion] = {}
    for known in found:
        if known.target in standing:
            continue
        is_old = state.utterances - known.utterance >= OBJECTION_STANDS
        if (is_old or known.target in is_open) and _is_objection(script, known):
            continue
        standing[known.target] = known
        if len(standing) == MAX_SUGGESTIONS:
            break
    return tuple(standing.values())


def _hear_cue(script: Script, state: CallState, event: CueHeard) -> CallState:
    if not event.counts:
        return state
    known, cue = state.cue(event.cue), script.cues.get(event.cue)
    is_met = cue is None or known.count + 1 >= cue.least
    heard = replace(
        known,
        count=known.count + 1,
        heard_at=event.at if is_met and known.heard_at is None else known.heard_at,
        span=event.span,
        visits=_visits(state, known),
        unsure=known.unsure + event.is_doubtful,
    )
    refusal = refusal_after(script, state, event.cue)
    return replace(state, cues={**state.cues, event.cue: heard}, refusal=refusal)


def _visits(state: CallState, known: CueState) -> frozenset[int]:
    """Return in which visits a cue was met that is met now; those that are over are let go."""
    is_open = {frame.visit for frame in state.position.stack}
    return (known.visits & is_open) | {state.position.visit}


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
    return replace(state, flags={**state.flags, key: flag}, next_flag=next_flag)


def _undo(script: Script, state: CallState, event: Undone) -> CallState:
    choice = next((known for known in state.choices if known.seq == event.of), None)
    if choice is None:
        return state
    before = choice.before
    since = tuple(known for known in state.suggestions if known.span.heard > event.of)
    state = replace(state, choices=tuple(known for known in state.choices if known.seq < event.of))
    match choice.kind:
        case "exit_taken" | "objection_opened" | "jumped":
            state = replace(
                state,
                position=before.position,
                offered=before.offered,
                offered_at=before.offered_at,
                said=before.said,
                spoke=before.spoke,
                interrupted=before.interrupted,
                entered=before.entered,
                reached=before.reached,
                waived=before.waived,
                facts=_without(script, state, choice),
                refusal=refusal_taken_back(script, state, choice),
            )
            state = keep_quiet(script, state, before.sensitive_since)
            objections = [known for known in since if _is_objection(script, known)]
            found = (*objections, *before.suggestions)
            return replace(state, suggestions=_standing(script, state, found))
        case "fact_told":
            return replace(state, facts=_restored(state, before, FactId(choice.what)))
        case "cue_ticked" | "cue_unticked":
            cue = CueId(choice.what)
            others = {id: known for id, known in state.cues.items() if id != cue}
            mine = _cue_restored(script, state, choice, event.at)
            state = replace(state, refusal=refusal_taken_back(script, state, choice))
            return replace(state, cues=others if mine == CueState() else {**others, cue: mine})
        case _:
            return replace(
                state,
                ended=before.ended,
                suggestions=before.suggestions,
                sensitive_since=before.sensitive_since,
            )


def _cue_restored(script: Script, state: CallState, choice: Choice, at: float) -> CueState:
    """Return how far a cue has come without a choice by hand, with what was said since."""
    id = CueId(choice.what)
    before, now = choice.before.cue(id), state.cue(id)
    since = now.count - before.count if choice.kind == "cue_ticked" else now.count
    if not since:
        return before
    count, cue = before.count + since, script.cues.get(id)
    heard_at = now.heard_at if before.heard_at is None else before.heard_at
    if heard_at is None and (cue is None or count >= cue.least):
        heard_at = at
    visits, unsure = before.visits | now.visits, before.unsure + now.unsure
    return CueState(count, before.ticked_at, heard_at, now.span, visits, unsure, before.is_unkept)


def _restored(state: CallState, before: CallState, *facts: FactId) -> Mapping[FactId, FactValue]:
    """Return the facts with some of them as they were before."""
    others = {id: value for id, value in state.facts.items() if id not in facts}
    return others | {id: value for id, value in before.facts.items() if id in facts}


def _without(script: Script, state: CallState, choice: Choice) -> Mapping[FactId, FactValue]:
    """Return the facts without those that the exit of a choice settled."""
    step = script.steps[choice.before.position.step]
    exit = step.exit(ExitId(choice.what)) if choice.kind == "exit_taken" else None
    settled = [fact for fact, _ in exit.sets] if exit else []
    return _restored(state, choice.before, *settled)
