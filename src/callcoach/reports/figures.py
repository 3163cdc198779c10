"""What one call came to in figures: a fold over its events, without anybody's words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from callcoach.archive.export.outline import outline
from callcoach.archive.ids import CallId
from callcoach.archive.search.facts import wordless
from callcoach.call.events import CallEnded, CallStarted, Event, StepEntered, Undone
from callcoach.call.flow import By
from callcoach.call.fold import apply, begin
from callcoach.call.metrics import Metrics, measure
from callcoach.call.state import CallState
from callcoach.call.summary import FlagStory, flag_stories
from callcoach.errors import StorageError
from callcoach.review.verdicts import SILENT, Verdict
from callcoach.script.model import (
    Cue,
    CueId,
    CueKind,
    FlagKind,
    OutcomeId,
    PackId,
    Script,
    Severity,
    StepId,
)

WHOLE_CALL = StepId("")
"""Stands for the step of cues that are due in the whole call."""
PROMISE = "PTP"
"""The code of an outcome by which the customer promises to pay (promise to pay)."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A cue that the customer was owed: it was said, or flagged because it was not."""

    step: StepId
    """Where it was due first; `WHOLE_CALL` where it is due anywhere."""
    cue: CueId
    is_met: bool


@dataclass(frozen=True, slots=True)
class Flagged:
    """A flag that was raised and did not turn out to be none."""

    what: FlagKind
    cue: CueId
    severity: Severity
    reason: str
    at: float
    is_repaired: bool
    is_unheard: bool
    """Nothing was listened to meanwhile, so that it may have been said."""

    @property
    def is_open(self) -> bool:
        """Tell whether it is held against the agent: what nobody could have heard is not."""
        return not self.is_repaired and not self.is_unheard


@dataclass(frozen=True, slots=True)
class Rejected:
    """A flag that a person says is wrong; it counts nowhere and is still told."""

    flag: Flagged
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Scored:
    """A review that was handed in, with the score that stands."""

    form: str
    percent: float
    has_failed: bool
    when: str
    """When it was handed in, in UTC, ISO 8601."""
    reviewer: str = ""
    is_appealed: bool = False
    is_changed: bool = False
    """An appeal had it changed."""
    below: tuple[tuple[str, bool], ...] = ()
    """The questions that were scored, and whether each earned less than it could."""


@dataclass(frozen=True, slots=True)
class CallFigures:
    """One call in figures."""

    call: CallId
    agent: str
    started: str
    """The instant, in UTC, ISO 8601."""
    day: str
    """Where the agent was, ISO 8601."""
    mode: str
    script: PackId
    digest: str
    duration: float
    outcome: OutcomeId | None
    code: str
    """The outcome's; empty for none."""
    left_at: StepId | None
    """The step at which the call left the script; None where it came to an end of it."""
    metrics: Metrics
    """Words and questions are not counted."""
    steps: tuple[StepId, ...]
    """In the order in which they were entered; what was taken back is left out."""
    entered: frozenset[StepId]
    """Those, and the steps that they use."""
    owed: tuple[Owed, ...]
    """Nothing where the script cannot be read any more."""
    flags: tuple[Flagged, ...]
    scores: tuple[Scored, ...]
    """Of each form the one that counts."""
    has_script: bool
    rejected: tuple[Rejected, ...] = ()
    """Flags that reviewers say are wrong."""
    replaced: tuple[Scored, ...] = ()
    """Reviews with a form by which a newer one counts: their reviewers' work, and no score."""

    @property
    def is_promise(self) -> bool:
        """Tell whether it ended with a promise to pay."""
        return self.code == PROMISE

    @property
    def met(self) -> int:
        """Return how many of the cues that were owed were said."""
        return sum(owed.is_met for owed in self.owed)


def figures_of(id: CallId, events: Sequence[Event], script: Script | None) -> CallFigures:
    """Return a call in figures; raises `StorageError` for events that are no call's.

    What people say of it in reviews is none of its events: see `reviewed.with_reviews`.
    """
    started = events[0] if events else None
    if not isinstance(started, CallStarted):
        raise StorageError(
            "the call {id} does not begin with its start",
            "callcoach journal verify says more",
            id=id,
        )
    whole = outline(events, script)
    try:
        state, steps = _walk(whole, events)
    except (ValueError, IndexError) as error:
        raise StorageError(
            "the events of the call {id} do not fit together",
            "callcoach journal verify says what is damaged",
            id=id,
        ) from error
    stories = flag_stories(events)
    ended = state.ended
    end = next((it for it in reversed(events) if isinstance(it, CallEnded)), None)
    has_finished = ended is not None and ended.outcome is not None and not ended.is_early
    return CallFigures(
        call=id,
        agent=started.agent,
        started=started.started,
        day=started.day,
        mode=started.mode,
        script=started.script,
        digest=started.digest,
        duration=state.at,
        outcome=ended.outcome if ended else None,
        code=end.code if ended and end else "",
        left_at=None if has_finished else state.position.step,
        metrics=measure(map(wordless, events)),
        steps=steps,
        entered=state.entered,
        owed=_owed(script, state, steps, stories) if script else (),
        flags=tuple(map(_flagged, stories)),
        scores=(),
        has_script=script is not None,
    )


def _walk(script: Script, events: Sequence[Event]) -> tuple[CallState, tuple[StepId, ...]]:
    """Return the state at the end and the steps on the way; a choice taken back takes its step."""
    state = begin(script, events[0])
    path: list[tuple[int, StepId]] = []
    """The `seq` at which a step was entered, and the step."""
    for event in events[1:]:
        visit = state.position.visit
        state = apply(script, state, event)
        match event:
            case StepEntered(by=by, step=step, seq=seq) if by is not By.BACK:
                path.append((seq, step))
            case Undone(of=of) if state.position.visit != visit:
                path = [known for known in path if known[0] < of]
            case _:
                pass
    return state, tuple(step for _, step in path)


def _owed(
    script: Script, state: CallState, steps: Sequence[StepId], stories: Iterable[FlagStory]
) -> tuple[Owed, ...]:
    """Return what was owed: what was said, and what was flagged because it was not.

    A call that broke off, or an exit that waives a cue, thus leaves nothing owed, and what may
    have been said while nobody listened is held against nobody.
    """
    raised = [story.raised for story in stories if story.raised.what in SILENT]
    asked = {flag.cue for flag in raised if not flag.is_unheard}
    found: list[Owed] = []
    for cue in script.cues.values():
        is_met = state.cue(cue.id).met_at is not None
        if cue.kind is CueKind.SAY and (is_met or cue.id in asked):
            found.append(Owed(_place(script, cue, steps), cue.id, is_met))
    return tuple(found)


def _place(script: Script, cue: Cue, steps: Iterable[StepId]) -> StepId:
    """Return the step of a call where a cue was due first.

    Else it is the first that the script has, but no objection: what was said without one, stood
    anywhere in the call.
    """
    if cue.is_call_wide:
        return WHOLE_CALL
    usual = (id for id in script.due if id in script.steps and not script.steps[id].is_objection)
    for step in (*steps, *usual):
        if cue.id in script.due.get(step, ()):
            return step
    return WHOLE_CALL


def _flagged(story: FlagStory) -> Flagged:
    raised = story.raised
    return Flagged(
        what=raised.what,
        cue=raised.cue,
        severity=raised.severity,
        reason=raised.reason,
        at=raised.at,
        is_repaired=story.cleared is not None,
        is_unheard=raised.is_unheard,
    )
