"""The session: turns inputs into events. A live call, a role-play and a replay are all this."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from callcoach.call.captured import Closed
from callcoach.call.capturing import CaptureInput, events_of, is_unwritten, sensitive_step
from callcoach.call.coach import Coach
from callcoach.call.draft import Draft
from callcoach.call.ears import Ears
from callcoach.call.entering import enter
from callcoach.call.events import (
    CallEnded,
    CallResumed,
    CallStarted,
    CueTicked,
    CueUnticked,
    Event,
    ExitTaken,
    FactTold,
    FlagSnoozed,
    Heard,
    HoldEnded,
    HoldStarted,
    Jumped,
    LanguageSwitched,
    NoteWritten,
    ObjectionOpened,
    OfferedLine,
    Undone,
)
from callcoach.call.flow import By, Move, Way
from callcoach.call.fold import apply, begin
from callcoach.call.inputs import (
    FOLLOW,
    EndCall,
    Hear,
    Hold,
    Input,
    JumpTo,
    MissSound,
    OpenObjection,
    Pass,
    Resume,
    SayLine,
    Snooze,
    StopCapture,
    SwitchLanguage,
    TakeExit,
    TellFact,
    TickCue,
    Undo,
    Unhold,
    UntickCue,
    WriteNote,
)
from callcoach.call.judge import Owed
from callcoach.call.state import CallState
from callcoach.call.variants import choose_variants
from callcoach.errors import FactError, IllegalMove, PackError, Told, suggest
from callcoach.script.doubts import doubts
from callcoach.script.facts import FactId, canonical, parse
from callcoach.script.model import CueId, LineId, Speaker
from callcoach.script.render import Rendered

_AFTERWARDS = WriteNote | Undo | Pass | Snooze | CaptureInput
"""What can be fed when the call has ended."""
_READ = frozenset(("replay", "import"))
"""The modes of calls that are read from what was written down elsewhere."""


def _learn(ears: Ears, event: Event) -> None:
    """Let rules know what they may ask for."""
    if isinstance(event, FactTold):
        ears.know(event.fact, event.value)
    elif isinstance(event, LanguageSwitched):
        ears.know("language", event.language)


class Session:
    """One call. Its whole state is a fold over its events, so that it can be taken up again."""

    def __init__(self, coach: Coach, events: Iterable[Event]) -> None:
        """Take up a call from its events, the first of which is its `CallStarted`."""
        self.coach = coach
        self._past = tuple(events)
        first = self._past[0] if self._past else None
        self.state = begin(coach.script, first)
        self._is_live = not isinstance(first, CallStarted) or first.mode not in _READ
        for event in self._past[1:]:
            self.state = apply(coach.script, self.state, event)

    @cached_property
    def _ears(self) -> Ears:
        """Return what the rules know of the call as it was taken up.

        It is made when the call goes on: for a call that is only looked at it is most of the work.
        """
        script, first = self.coach.script, self._past[0]
        state = begin(script, first)
        ears = Ears(self.coach.flags, state, self.coach.opinions)
        if isinstance(first, CallStarted):
            ears.know("agent", first.agent)
        for event in self._past[1:]:
            if isinstance(event, Heard):
                ears.recall(state, event)
            _learn(ears, event)
            state = apply(script, state, event)
        return ears

    @classmethod
    def start(cls, coach: Coach, started: CallStarted) -> tuple["Session", tuple[Event, ...]]:
        """Return a new call at its script's start, and the events that open it."""
        session = cls(coach, (started,))
        draft = Draft(coach.script, session.state, started.at)
        enter(coach, draft, Move(coach.start, By.START))
        return session, (started, *session._commit(draft))

    @property
    def transcript(self) -> Sequence[Heard]:
        """Return everything that was said so far, in the order in which it was fed."""
        if "_ears" in self.__dict__:
            return self._ears.transcript
        return [event for event in self._past if isinstance(event, Heard)]

    def feed(self, given: Input, at: float) -> tuple[Event, ...]:
        """Return the events that an input leads to; `at` is in seconds since the call began.

        A time before the last event's counts as that event's. Raises `IllegalMove`, `FactError`
        and `PackError`; nothing has changed then.
        """
        draft = Draft(self.coach.script, self.state, at)
        self.coach.flags.pass_time(draft)
        if not self.state.ended and not isinstance(given, (Hear, SayLine)):
            self._ears.wait(draft.at)
        if self.state.ended and not isinstance(given, _AFTERWARDS):
            raise IllegalMove("the call has ended", "take the end back, or start a new call")
        self._decide(draft, given)
        self._ears.settle(draft)
        return self._commit(draft)

    def glimpse(self, speaker: Speaker, text: str) -> tuple[CueId, ...]:
        """Return the cues that words would meet that are still being spoken, each once.

        Nothing happens by it: what a recogniser may still take back raises no flag.
        """
        return self._ears.glimpse(self.state, speaker, text)

    def suggested(self) -> tuple[str, ...]:
        """Return where the newest words lead from where the call is now, by exits and steps."""
        return self._ears.suggested(self.state)

    def ways(self) -> tuple[Way, ...]:
        """Return the exits of the current step, open or not."""
        return self.coach.flow.ways(self.state.position, self.state.facts)

    def owed(self) -> tuple[Owed, ...]:
        """Return the cues that the agent owes now, the most pressing first."""
        return () if self.state.ended else self.coach.judge.owed(self.state)

    def lines(self) -> tuple[tuple[LineId, Rendered], ...]:
        """Return the offered lines whose condition holds, as they are to be said now."""
        return tuple(
            (offered.line, self._render(offered))
            for offered in self.state.offered
            if self._is_said(offered.line)
        )

    def render_line(self, id: LineId) -> Rendered:
        """Return any line of the script in its first variant: a suggestion, a bridge."""
        return self._render(OfferedLine(id, 0))

    def doubts(self, id: FactId) -> Iterator[Told]:
        """Yield what is odd about a fact, or about others beside it, once it was told."""
        state = self.state
        yield from doubts(self.coach.script.facts, state.facts, id, state.day, state.language)

    def _is_said(self, id: LineId) -> bool:
        line = self.coach.script.lines.get(id)
        return line is not None and (line.when is None or line.when.holds(self.state.facts))

    def _render(self, offered: OfferedLine) -> Rendered:
        line = self.coach.script.lines[offered.line]
        return self.coach.renderer.render(
            line, offered.variant, self.state.language, self.state.facts, self.state.day
        )

    def _commit(self, draft: Draft) -> tuple[Event, ...]:
        self.state = draft.state
        for event in draft.events:
            _learn(self._ears, event)
        return tuple(draft.events)

    def _decide(self, draft: Draft, given: Input) -> None:
        seq, at, state = draft.seq, draft.at, draft.state
        match given:
            case Hear():
                self._hear(draft, given)
            case SayLine():
                self._say(draft, given)
            case TakeExit() | OpenObjection() | JumpTo():
                self._move(draft, given)
            case TellFact(fact, text, by):
                if by == "hand":
                    self._check_writing(state)
                self._tell(draft, fact, text, by)
            case TickCue(cue, by):
                self._check_cue(cue)
                event = CueTicked(seq=seq, at=at, cue=cue, by=by)
                draft.cause = seq
                draft.add(event)
                self.coach.flags.tick(draft, event)
            case UntickCue(cue):
                self._check_cue(cue)
                draft.add(CueUnticked(seq=seq, at=at, cue=cue))
            case WriteNote(text):
                self._check_writing(state)
                if text.strip():
                    draft.add(NoteWritten(seq=seq, at=at, text=text.strip()))
            case Hold():
                if not state.is_on_hold:
                    draft.add(HoldStarted(seq=seq, at=at))
            case Unhold():
                if state.is_on_hold:
                    draft.add(HoldEnded(seq=seq, at=at))
            case Snooze(flag, seconds):
                draft.add(FlagSnoozed(seq=seq, at=at, flag=flag, until=at + seconds))
            case Undo():
                self._undo(draft)
            case SwitchLanguage(language):
                if language not in self.coach.script.languages:
                    known = ", ".join(self.coach.script.languages)
                    raise PackError(
                        "the script has no “{language}”",
                        "it has {known}",
                        language=language,
                        known=known,
                    )
                if language != state.language:
                    draft.add(LanguageSwitched(seq=seq, at=at, language=language))
            case Pass():
                pass
            case Resume():
                draft.add(CallResumed(seq=seq, at=at))
                if state.capture is not None and state.capture.is_open:
                    self._capture(draft, MissSound(self.state.at, at, "crash"))
                self._capture(draft, StopCapture(Closed.RESTARTED))
            case EndCall():
                self._end(draft, given)
            case _:  # one of `CaptureInput`, as the type of `_capture` holds
                self._capture(draft, given)

    def _hear(self, draft: Draft, given: Hear) -> None:
        start = draft.at if given.start is None else min(given.start, draft.at)
        end = max(start, draft.at if given.end is None else given.end)
        if self._is_live and given.source == "typed":
            self._check_writing(draft.state)
        if self._is_live and is_unwritten(draft.state, given, start, end):
            return
        self._ears.listen(
            draft,
            Heard(
                seq=draft.seq,
                at=draft.at,
                speaker=given.speaker,
                text=given.text,
                start=start,
                end=end,
                source=given.source,
                confidence=given.confidence,
                doubts=given.doubts,
            ),
        )

    def _check_writing(self, state: CallState) -> None:
        """Raise `IllegalMove` in a step in which nothing is written down."""
        step = sensitive_step(self.coach.script, state)
        if step is not None:
            raise IllegalMove(
                "nothing is written down in this step: {step}",
                "a card number or a password is given here: go on in the script, then write",
                step=step.title.plain(state.language),
            )

    def _capture(self, draft: Draft, given: CaptureInput) -> None:
        for event in events_of(draft.state, given, draft.seq, draft.at):
            draft.add(event)

    def _say(self, draft: Draft, given: SayLine) -> None:
        offered = next(
            (line for line in draft.state.offered if line.line == given.line),
            OfferedLine(given.line, 0),
        )
        if draft.state.is_on_hold:
            raise IllegalMove("the customer is on hold", "come back to them first")
        if given.line not in self.coach.script.lines:
            raise IllegalMove("there is no line “{line}”", "say an offered line", line=given.line)
        rendered = self._render(offered)
        self._ears.listen(
            draft,
            Heard(
                seq=draft.seq,
                at=draft.at,
                speaker=Speaker.AGENT,
                text=rendered.text,
                start=self._since(draft, given.seconds),
                end=draft.at,
                source="line",
                line=given.line,
            ),
        )

    def _since(self, draft: Draft, seconds: float) -> float:
        """Return when a line began that is over now: after what was said, and was offered."""
        said = self.transcript[-1].end if self.transcript else 0.0
        return min(draft.at, max(draft.at - seconds, said, draft.state.offered_at))

    def _tell(self, draft: Draft, id: FactId, text: str, by: str) -> None:
        fact = self.coach.script.facts.get(id)
        if fact is None:
            raise FactError("there is no fact “{id}”", suggest(id, self.coach.script.facts), id=id)
        value = canonical(parse(fact, text, draft.state.day))
        draft.add(FactTold(seq=draft.seq, at=draft.at, fact=id, value=value, by=by))

    def _move(self, draft: Draft, given: TakeExit | OpenObjection | JumpTo) -> None:
        seq, at = draft.seq, draft.at
        position, flow = draft.state.position, self.coach.flow
        draft.cause = seq
        move: Move | None
        match given:
            case TakeExit(exit, by):
                move = flow.take(position, exit, draft.state.facts, draft.state.language)
                taken = self.coach.script.steps[position.step].exit(exit)
                lines = taken.lines if taken is not None and move is None else ()
                offered = choose_variants(self.coach.script, draft.state, lines)
                draft.add(
                    ExitTaken(seq=seq, at=at, step=position.step, exit=exit, by=by, offered=offered)
                )
                for fact, value in taken.sets if taken is not None else ():
                    self._tell(draft, fact, value.value, "exit")
            case OpenObjection(objection, by):
                move = flow.open_objection(position, objection)
                draft.add(
                    ObjectionOpened(seq=seq, at=at, step=position.step, objection=objection, by=by)
                )
            case JumpTo(step, by):
                move = flow.jump(position, step)
                draft.add(Jumped(seq=seq, at=at, step=position.step, to=step, by=by))
        if given.by == FOLLOW:
            draft.followed_from = position.step
        if move is not None:
            enter(self.coach, draft, move, is_following=given.by == FOLLOW)

    def _check_cue(self, id: CueId) -> None:
        if id not in self.coach.script.cues:
            raise IllegalMove("there is no cue “{id}”", suggest(id, self.coach.script.cues), id=id)

    def _undo(self, draft: Draft) -> None:
        if not draft.state.choices:
            raise IllegalMove("there is nothing to take back", "only choices can be taken back")
        choice = draft.state.choices[-1]
        draft.cause = draft.seq
        draft.add(Undone(seq=draft.seq, at=draft.at, of=choice.seq))
        if choice.kind == "call_ended":
            self._ears.reopen()
        self.coach.flags.undo(draft, choice)

    def _end(self, draft: Draft, given: EndCall) -> None:
        script = self.coach.script
        step = script.steps[draft.state.position.step]
        id = given.outcome or step.outcome
        outcome = script.outcomes.get(id) if id else None
        if outcome is None and (id or given.by != FOLLOW):
            known = ", ".join(id for id, outcome in script.outcomes.items() if outcome.is_early)
            reason = (
                Told("there is no outcome “{id}”", id=id)
                if id
                else Told("{step} is no end of the script", step=step.id)
            )
            raise IllegalMove(
                reason,
                Told("say how the call ended: {known}", known=known)
                if known
                else Told("walk to an end of the script"),
            )
        if draft.state.is_on_hold:
            draft.add(HoldEnded(seq=draft.seq, at=draft.at))
        self._capture(draft, StopCapture(Closed.ENDED))
        draft.cause = draft.seq
        draft.add(
            CallEnded(
                seq=draft.seq,
                at=draft.at,
                step=step.id,
                outcome=outcome.id if outcome else None,
                code=outcome.code if outcome else "",
                is_early=outcome is None or step.outcome != outcome.id,
            )
        )
        self._ears.end(draft)
        self.coach.flags.end(draft, outcome, has_followed=given.by == FOLLOW)
