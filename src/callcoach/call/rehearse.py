"""Plays a plan through a session: as a test at once, or beat by beat for a demo or a practice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from callcoach.call import inputs
from callcoach.call.beat import Beat
from callcoach.call.events import (
    CallEnded,
    CueHeard,
    Event,
    ExitTaken,
    FlagRaised,
    StepEntered,
)
from callcoach.call.inputs import Input
from callcoach.call.session import Session
from callcoach.errors import CallcoachError, Told
from callcoach.script.coverage import Visit
from callcoach.script.model import FlagKind, Speaker, local
from callcoach.script.place import Place
from callcoach.script.plan import (
    End,
    Expect,
    ExpectedFlag,
    HoldFor,
    OpenObjection,
    Plan,
    SayLines,
    SayWords,
    TakeExit,
    TellFact,
    Tick,
    Turn,
    Undo,
    Wait,
)
from callcoach.script.wording import Language
from callcoach.words.pace import speaking_seconds

PAUSE = 0.6
"""Between two turns, in seconds."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that did not come as the plan expects."""

    place: Place
    what: str
    """What was looked at: `step`, `met`, `unmet`, `flags`, `suggests`, `outcome`, `move`."""
    expected: str
    found: str
    """For a move: why it is not possible, `Told`."""


@dataclass(slots=True)
class Rehearsal:
    """A plan being played through a session."""

    session: Session
    plan: Plan
    events: list[Event] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def beats(self) -> Iterator[Beat]:
        """Yield what to feed next; the caller feeds it by `play` before asking for more.

        What the plan expects is looked at in between and kept in `failures`.
        """
        for turn in self.plan.turns:
            if isinstance(turn, Expect):
                self.failures.extend(_look(self.session, turn))
            else:
                yield from self._beats_of(turn)
        if not self.session.state.ended:
            yield Beat(inputs.EndCall(), self._now + PAUSE, self.plan.place)

    def play(self, beat: Beat) -> tuple[Event, ...]:
        """Feed a beat; a move that the script does not allow is a failure of the plan."""
        try:
            events = self.session.feed(beat.given, beat.at)
        except CallcoachError as error:
            place = beat.place or self.plan.place
            both = Told("{message}. {hint}", message=error.message, hint=error.hint)
            found = both if error.hint else error.message
            self.failures.append(Failure(place, "move", _as_planned(beat.given), found))
            return ()
        self.events.extend(events)
        return events

    def finish(self) -> None:
        """Look at what the plan expects of the call as a whole."""
        ended = next((event for event in self.events if isinstance(event, CallEnded)), None)
        if self.plan.outcome is not None:
            found = str(ended.outcome) if ended else "not ended"
            if found != self.plan.outcome:
                self.failures.append(Failure(self.plan.place, "outcome", self.plan.outcome, found))
        raised = {
            ExpectedFlag(FlagKind(event.what), event.cue)
            for event in self.events
            if isinstance(event, FlagRaised)
        }
        _compare(self.plan.place, "flags", self.plan.flags, raised, self.failures)

    @property
    def _now(self) -> float:
        return self.session.state.at

    def _beats_of(self, turn: Turn) -> Iterator[Beat]:
        place = turn.place
        match turn:
            case SayLines(lines):
                chosen = lines or tuple(id for id, _ in self.session.lines())
                for id in chosen:
                    text = next(
                        (said.text for line, said in self.session.lines() if line == id),
                        self.session.render_line(id).text,
                    )
                    seconds = speaking_seconds(text)
                    end = self._now + PAUSE + seconds
                    yield Beat(inputs.SayLine(id, seconds), end, place)
            case SayWords(speaker, words):
                text = words.plain(self.session.state.language)
                start = self._now + PAUSE
                end = start + speaking_seconds(text)
                given = inputs.Hear(speaker, text, start, end)
                yield Beat(given, end, place, is_customer=speaker is not Speaker.AGENT)
            case Wait(seconds):
                yield Beat(inputs.Pass(), self._now + seconds, place, is_customer=True)
            case HoldFor(seconds):
                yield Beat(inputs.Hold(), self._now, place)
                yield Beat(inputs.Unhold(), self._now + seconds, place)
            case Expect():
                return
            case _:
                yield Beat(_choice(turn, self.session.state.language), self._now, place)


def _choice(
    turn: TakeExit | OpenObjection | TellFact | Tick | Undo | End, language: Language
) -> Input:
    match turn:
        case TakeExit(exit):
            return inputs.TakeExit(exit)
        case OpenObjection(objection):
            return inputs.OpenObjection(objection)
        case TellFact(fact, value):
            return inputs.TellFact(fact, value.plain(language))
        case Tick(cue, is_met):
            return inputs.TickCue(cue) if is_met else inputs.UntickCue(cue)
        case Undo():
            return inputs.Undo()
        case End(outcome):
            return inputs.EndCall(outcome)


def _as_planned(given: Input) -> str:
    """Return an input as a plan writes it."""
    match given:
        case inputs.TakeExit(exit):
            return f"exit: {exit}"
        case inputs.OpenObjection(objection):
            return f"objection: {local(objection)}"
        case inputs.TellFact(fact):
            return f"tell: {local(fact)}"
        case inputs.TickCue(cue):
            return f"tick: {local(cue)}"
        case inputs.UntickCue(cue):
            return f"untick: {local(cue)}"
        case inputs.SayLine(line):
            return f"say: {local(line)}"
        case inputs.Hear(speaker):
            return str(speaker)
        case inputs.Undo():
            return "undo"
        case inputs.EndCall():
            return "end"
        case inputs.Hold() | inputs.Unhold():
            return "hold"
        case _:
            return "wait"


def rehearse(session: Session, opening: Iterable[Event], plan: Plan) -> Rehearsal:
    """Return a plan played at once through a session that has just begun.

    It is played to its end, or to the first move that is not possible: what a plan expects after
    that could only fail for the same reason.
    """
    rehearsal = Rehearsal(session, plan, list(opening))
    for beat in given_facts(session, plan):
        rehearsal.play(beat)
    for beat in rehearsal.beats():
        rehearsal.play(beat)
        if rehearsal.failures and rehearsal.failures[-1].what == "move":
            return rehearsal
    rehearsal.finish()
    return rehearsal


def given_facts(session: Session, plan: Plan) -> Iterator[Beat]:
    """Yield what is known before the call: the plan's facts, and examples for the others."""
    examples = {fact.id: fact.example for fact in session.coach.script.given_facts if fact.example}
    for id, wording in (examples | dict(plan.facts)).items():
        value = wording.plain(session.state.language)
        yield Beat(inputs.TellFact(id, value, "given"), 0.0, wording.place)


def visit(language: Language, events: Iterable[Event]) -> Visit:
    """Return which steps, exits and cues a call came to, for the coverage of its script."""
    events = tuple(events)
    return Visit(
        language=language,
        steps=frozenset(event.step for event in events if isinstance(event, StepEntered)),
        exits=frozenset(
            (event.step, event.exit) for event in events if isinstance(event, ExitTaken)
        ),
        cues=frozenset(event.cue for event in events if isinstance(event, CueHeard)),
    )


def _look(session: Session, expect: Expect) -> Iterator[Failure]:
    """Yield what is not as expected at this moment."""
    state, judge = session.state, session.coach.judge
    if expect.step is not None and state.position.step != expect.step:
        yield Failure(expect.place, "step", expect.step, state.position.step)
    for wanted, cues in ((True, expect.met), (False, expect.unmet)):
        for id in cues:
            if judge.is_met(state, session.coach.script.cues[id]) is not wanted:
                what = "met" if wanted else "unmet"
                yield Failure(expect.place, what, id, "unmet" if wanted else "met")
    if expect.flags is not None:
        failures: list[Failure] = []
        found = {ExpectedFlag(what, cue) for what, cue in state.flags}
        _compare(expect.place, "flags", expect.flags, found, failures)
        yield from failures
    if expect.suggests is not None:
        newest = state.suggestions[0].target if state.suggestions else "nothing"
        if newest not in (expect.suggests, f"{session.coach.script.id}.{expect.suggests}"):
            yield Failure(expect.place, "suggests", expect.suggests, newest)


def _compare(
    place: Place,
    what: str,
    expected: Iterable[ExpectedFlag],
    found: Iterable[ExpectedFlag],
    failures: list[Failure],
) -> None:
    wanted, got = sorted(set(expected)), sorted(set(found))
    if wanted != got:
        said = (", ".join(map(str, flags)) or "none" for flags in (wanted, got))
        failures.append(Failure(place, what, *said))
