"""Turns a transcript into beats, following in the script what was said."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

import msgspec

from callcoach.call.beat import Beat
from callcoach.call.captured import Doubt
from callcoach.call.coach import Coach
from callcoach.call.events import Event, Heard, Suggested
from callcoach.call.inputs import FOLLOW, EndCall, Hear, Input, JumpTo, OpenObjection, TakeExit
from callcoach.call.playback import Beats
from callcoach.call.session import Session
from callcoach.script.model import Cue, ExitId, Script, Speaker, StepId


class Row(msgspec.Struct, frozen=True):
    """One utterance of a transcript."""

    speaker: Speaker
    text: str
    start: float
    """Seconds since the call began."""
    end: float
    at: float | None = None
    """When a recogniser had heard it; None where nobody says: when it ended."""
    confidence: float | None = None
    """Of the recogniser, 0 to 1; None where nothing was recognised by machine."""
    doubts: tuple[Doubt, ...] = ()
    """The words that it was not sure of, in order."""

    @property
    def known_at(self) -> float:
        """Return when the call takes note of it."""
        return self.end if self.at is None else max(self.end, self.at)


def swap_roles(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return a transcript whose agent is the customer and the other way round."""
    other = {Speaker.AGENT: Speaker.CUSTOMER, Speaker.CUSTOMER: Speaker.AGENT}
    return tuple(
        msgspec.structs.replace(row, speaker=other.get(row.speaker, row.speaker)) for row in rows
    )


def without_deadlines(script: Script) -> Script:
    """Return a script in which nothing is due by a time, for calls whose times were guessed."""
    cues = {id: replace(cue, within=None) for id, cue in script.cues.items()}
    return replace(script, cues=cues)


def untimed(coach: Coach) -> Coach:
    """Return a coach in whose script nothing is due by a time; both share what they compiled."""
    script = without_deadlines(coach.script)
    return Coach(script, coach.opinions, rules=coach.judge.rules)


def is_agent_known(said: Iterable[Row | Heard]) -> bool:
    """Tell whether any of what was said is the agent's."""
    return any(it.speaker is Speaker.AGENT for it in said)


def unjudged(session: Session, events: Iterable[Event]) -> Session:
    """Return a call that has just begun with `events`, as one in which no agent is known."""
    return Session(agentless(session.coach), events)


def agentless(coach: Coach) -> Coach:
    """Return a coach that owes nothing and blames nobody; both share what they compiled."""
    script = without_agent(coach.script)
    return Coach(script, coach.opinions, rules=coach.judge.rules)


def without_agent(script: Script) -> Script:
    """Return a script that owes nothing and blames nobody, for calls in which no agent is known.

    What nobody said counts for nothing there: it is not known whose silence it was.
    """
    cues = {id: _unasked(cue) for id, cue in script.cues.items()}
    due = {
        step: tuple(id for id in ids if cues[id].speaker is not Speaker.AGENT)
        for step, ids in script.due.items()
    }
    return replace(script, cues=cues, due=due)


def _unasked(cue: Cue) -> Cue:
    """Return a cue that nobody has to meet where it is the agent's."""
    if cue.speaker is not Speaker.AGENT:
        return cue
    return replace(cue, is_call_wide=False, within=None, least=0, each_visit=False, rules=())


class Follower:
    """Takes the ways that speech suggests, for calls in which nobody pressed a key.

    It takes a suggested exit or objection, and goes to a step when its words are heard, but only
    onwards: a word of the opening does not call the closing back.
    """

    def moves(self, session: Session, events: Sequence[Event]) -> Iterator[Input]:
        """Yield the inputs that follow from what an utterance suggested.

        An exit is local to its step: once a way was taken, another of the step before is none.
        """
        here = session.state.position.step
        targets = [event.target for event in events if isinstance(event, Suggested)]
        if not targets:
            return
        for target in self._ranked(session, targets):
            if _is_exit(target) and session.state.position.step != here:
                continue
            move = self._move(session, target)
            if move is not None:
                yield move
        yield from self._further(session, here)

    def _ranked(self, session: Session, targets: Iterable[str]) -> Sequence[str]:
        """Return what was suggested in the order in which to try it: jumps come last.

        A jump settles no fact and waives no cue, as the exit that the same words suggest may do.
        """
        steps = session.coach.script.steps
        return sorted(
            targets, key=lambda it: not _is_exit(it) and not steps[StepId(it)].is_objection
        )

    def _further(self, session: Session, here: StepId) -> Iterator[Input]:
        """Yield how the newest words lead on from a step that they have led to from `here`.

        “Is there anything else? Then goodbye” is heard in one breath. Nobody is led back by it.
        """
        been = {here}
        while (step := session.state.position.step) not in been:
            been.add(step)
            if session.transcript[-1].speaker is not Speaker.AGENT:
                return
            for target in self._ranked(session, session.suggested()):
                if self._leads_back(session, target, been):
                    continue
                move = self._move(session, target)
                if move is not None:
                    yield move
                if session.state.position.step != step:
                    break

    def _leads_back(self, session: Session, target: str, been: Container[StepId]) -> bool:
        """Tell whether an exit leads to where the call has been, or to before where it is."""
        position = session.state.position
        exit = session.coach.script.steps[position.step].exit(ExitId(target))
        if exit is None:
            return False
        to = position.stack[-1].step if exit.back and position.stack else exit.to
        if to is None:
            return False
        order = session.coach.flow.order
        return to in been or order.get(to, 0) < order.get(position.step, 0)

    def _move(self, session: Session, target: str) -> Input | None:
        position, script = session.state.position, session.coach.script
        exit = script.steps[position.step].exit(ExitId(target)) if _is_exit(target) else None
        if exit is not None:
            is_new = exit.id not in position.done
            return TakeExit(exit.id, FOLLOW) if is_new else None
        step = script.steps.get(StepId(target))
        if step is None or step.id == position.step:
            return None
        if step.is_objection:
            return OpenObjection(step.id, FOLLOW)
        here = position.stack[0].step if position.stack else position.step
        order = session.coach.flow.order
        if order.get(step.id, 0) > order.get(here, 0):
            return JumpTo(step.id, FOLLOW)
        return None


def _is_exit(target: str) -> bool:
    """Tell whether what is suggested is an exit of a step, and not a step or an objection."""
    return "." not in target


def beats(
    session: Session,
    rows: Iterable[Row],
    follow: bool = True,
    is_timed: bool = True,
    until: float = 0.0,
) -> Beats:
    """Yield what to feed for a transcript; the caller sends back the events of each beat.

    Rows come as a recogniser has or would have finished them. With `follow`, the ways that the
    words suggest are taken in between. A move that turns out not to be open is answered with no
    events. Times that were only guessed (`is_timed` false) are not measured. The call ends after
    the last row, and not before `until`, in seconds since it began.
    """
    follower = Follower() if follow else None
    source = "transcript" if is_timed else "typed"
    at = 0.0
    for row in sorted(rows, key=lambda row: (row.known_at, row.end, row.start)):
        at = max(at, row.known_at)
        heard = Hear(row.speaker, row.text, row.start, row.end, source, row.confidence, row.doubts)
        events = yield Beat(heard, at)
        for move in follower.moves(session, events) if follower else ():
            yield Beat(move, at)
    yield Beat(EndCall(by=FOLLOW), max(at, until))
