"""Tells what happens in a call as printed lines, for terminals without screens and for ears."""

from collections.abc import Iterator

from callcoach.call.captured import CapturePaused, CaptureStopped, Closed
from callcoach.call.capturing import CaptureEvent
from callcoach.call.events import (
    CallEnded,
    CueHeard,
    CueUnticked,
    Event,
    ExitTaken,
    FactTold,
    FlagCleared,
    FlagRaised,
    Heard,
    HoldEnded,
    HoldStarted,
    NoteWritten,
    Span,
    StepEntered,
    Suggested,
    Undone,
)
from callcoach.call.explain import explain, explain_doubt, is_perhaps, judged_title
from callcoach.call.names import capture_text, clearing_name, outcome_name, speaker_name
from callcoach.call.session import Session
from callcoach.call.summary import judged_by_model
from callcoach.call.wanting import wanted_facts
from callcoach.errors import listed
from callcoach.locale import Messages
from callcoach.script.environment import speak
from callcoach.script.facts import FactId
from callcoach.script.model import Exit, ExitId, StepId
from callcoach.words.display import display


class Narrator:
    """Puts events and the state of a call into lines of text."""

    def __init__(self, session: Session, messages: Messages) -> None:
        self.session = session
        self.messages = messages
        self._flags: dict[int, str] = {}
        """What each flag is called, for when it is cleared."""
        self._by_model: dict[Span, float] = {}
        """The words that a learned judge took for something, and how sure it was."""

    @property
    def _language(self) -> str:
        return self.session.state.language

    @property
    def _suggested(self) -> frozenset[str]:
        return frozenset(found.target for found in self.session.state.suggestions)

    def tell(self, event: Event) -> Iterator[str]:
        """Yield the lines for an event; most tell nothing that is worth a line."""
        say, script = self.messages.say, self.session.coach.script
        if isinstance(event, CaptureEvent):
            if not _is_told_anyway(event):
                yield f"({capture_text(event, self.messages)})"
            return
        self._by_model |= judged_by_model((event,))
        match event:
            case Heard(speaker=speaker, text=text):
                name = speaker_name(speaker, self.messages)
                yield say("{one}: {other}", one=name, other=display(text))
            case StepEntered(step=step):
                yield ""
                yield f"== {display(script.steps[step].title.plain(self._language))} =="
            case ExitTaken(step=step, exit=id):
                exit = script.steps[step].exit(id)
                if exit is not None:
                    yield f"-> {display(exit.label.plain(self._language))}"
            case Suggested(target=target) if target in self._suggested:
                yield say("? This sounds like: {what}", what=self.name_way(target))
            case CueHeard() if is_perhaps(event, script):
                yield display(f"~ {explain_doubt(event, script, self._language, self.messages)}")
            case FlagRaised():
                told = explain(event, script, self._language, self.messages)
                self._flags[event.flag] = display(told.title)
                title = judged_title(told.title, event.span, self._by_model, self.messages)
                yield "! " + display(_told(title, told.reason, self.messages))
                if told.remedy is not None:
                    words = display(self.session.render_line(told.remedy).text)
                    yield say("  Say: {words}", words=words)
            case FlagCleared(flag=flag, by=by):
                title = self._flags.get(flag, "")
                yield "+ " + _told(title, clearing_name(by, self.messages), self.messages)
            case FactTold(fact=fact, by="hand" | "exit"):
                yield f"= {self.fact_line(fact)}"
            case HoldStarted():
                yield say("(on hold)")
            case HoldEnded():
                yield say("(back from hold)")
            case NoteWritten():
                yield say("(note written)")
            case Undone():
                yield say("(taken back)")
            case CueUnticked():
                yield say("(not ticked any more)")
            case CallEnded(outcome=outcome):
                known = script.outcomes.get(outcome) if outcome else None
                title = known.title.plain(self._language) if known else ""
                title = outcome_name(outcome, title, self.messages)
                yield ""
                yield say("The call has ended: {outcome}", outcome=display(title))
            case _:
                return

    def name_way(self, target: str) -> str:
        """Return what an exit of the current step, a step or an objection is called."""
        script, here = self.session.coach.script, self.session.state.position.step
        exit = script.steps[here].exit(ExitId(target))
        if exit is not None:
            return display(exit.label.plain(self._language))
        step = script.steps.get(StepId(target))
        return display(step.title.plain(self._language)) if step else display(target)

    def fact_line(self, id: FactId) -> str:
        """Return a fact's title and value as one line."""
        fact = self.session.coach.script.facts.get(id)
        value = self.session.state.facts.get(id)
        if fact is None or value is None:
            return id
        title = display(fact.title.plain(self._language))
        spoken = display(speak(fact, value, self._language))
        return self.messages.say("{one}: {other}", one=title, other=spoken)

    def where(self) -> Iterator[str]:
        """Yield what to say and what can be done now."""
        say, session = self.messages.say, self.session
        step = session.coach.script.steps[session.state.position.step]
        if session.state.ended:
            return
        for number, (_, rendered) in enumerate(session.lines(), 1):
            yield f"  [{number}] {display(rendered.text)}"
        if step.note is not None:
            yield say("  Note: {note}", note=display(step.note.plain(self._language)))
        for number, way in enumerate(session.ways(), 1):
            label = display(way.exit.label.plain(self._language))
            done = " ✓" if way.is_done else ""
            if way.is_open:
                yield f"  {number} {label}{done}"
            elif names := ", ".join(self.name_way(id) for id in way.waits_for):
                yield say("  - {label} (after: {names})", label=label, names=names)
            elif facts := self._wanted(way.exit):
                yield say("  - {label} (needs: {facts})", label=label, facts=listed(facts))
            else:
                yield say("  - {label} (not open)", label=label)

    def _wanted(self, exit: Exit) -> list[str]:
        """Return what the facts are called that a closed exit waits for."""
        facts = self.session.coach.script.facts
        wanted = wanted_facts(exit, self.session.state.facts)
        return [display(facts[id].title.plain(self._language)) for id in wanted if id in facts]

    def owed(self) -> Iterator[str]:
        """Yield what is still owed, the most pressing first."""
        state = self.session.state
        for number, owed in enumerate(self.session.owed(), 1):
            title = display(owed.cue.title.plain(self._language))
            left = ""
            if owed.due is not None:
                seconds = round(owed.due - state.active(state.at))
                left = " " + self.messages.say("({seconds} s left)", seconds=seconds)
            yield f"  {number} {title}{left}"

    def open_flags(self) -> Iterator[str]:
        """Yield the open flags."""
        script = self.session.coach.script
        for number, flag in enumerate(self.session.state.flags.values(), 1):
            told = explain(flag, script, self._language, self.messages)
            title = judged_title(told.title, flag.span, self._by_model, self.messages)
            yield f"  {number} ! " + display(_told(title, told.reason, self.messages))


def _is_told_anyway(event: CaptureEvent) -> bool:
    """Tell whether another line says that nothing is listened to any more."""
    reasons = (Closed.HOLD, Closed.ENDED)
    return isinstance(event, CapturePaused | CaptureStopped) and event.reason in reasons


def _told(what: str, how: str, messages: Messages) -> str:
    """Return what something is called and what there is to say of it."""
    return messages.say("{one}: {other}", one=what, other=how)
