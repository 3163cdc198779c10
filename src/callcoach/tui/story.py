"""Turns the events of a call into the entries of its transcript."""

from collections.abc import Iterator, Mapping, Sequence

from callcoach.call.captured import Doubt
from callcoach.call.capturing import CaptureEvent
from callcoach.call.events import (
    CallEnded,
    CallResumed,
    CueHeard,
    CueTicked,
    CueUnticked,
    Event,
    ExitTaken,
    FactTold,
    FlagCleared,
    FlagRaised,
    Heard,
    HoldEnded,
    HoldStarted,
    Jumped,
    NoteWritten,
    ObjectionOpened,
    Span,
    StepEntered,
    Undone,
)
from callcoach.call.explain import (
    cue_title,
    explain,
    explain_doubt,
    is_perhaps,
    judged_title,
)
from callcoach.call.names import capture_text, clearing_name, outcome_name, speaker_name
from callcoach.call.places import is_thin, lines_of
from callcoach.call.summary import judged_by_model, late_for
from callcoach.script.model import CueKind, FlagKind, Script, Speaker
from callcoach.tui.draw import SEVERITY_STYLES
from callcoach.tui.look import Look
from callcoach.tui.widgets.paper import Mark, Piece
from callcoach.words.clock import clock
from callcoach.words.display import display
from callcoach.words.wrap import pad

VOICE_STYLES = {
    Speaker.AGENT: "$primary",
    Speaker.CUSTOMER: "$secondary",
    Speaker.OTHER: "dim",
}


class Story:
    """Tells a call's events one batch after another; knows flags and choices by name."""

    def __init__(self, script: Script, look: Look) -> None:
        self.script = script
        self.look = look
        self.language = look.language(script)
        self._titles: dict[int, str] = {}
        self._choices: dict[int, str] = {}
        """By their `seq`: they may be taken back."""
        self.by_model: dict[Span, float] = {}
        """The words that a learned judge took for something, and how sure it was."""

    def tell(self, events: Sequence[Event]) -> Iterator[Piece]:
        """Yield the entries for a batch of events."""
        for _, pieces in self.tell_each(events):
            yield from pieces

    def tell_each(self, events: Sequence[Event]) -> Iterator[tuple[Event, tuple[Piece, ...]]]:
        """Yield each event of a batch that is told, with its entries.

        What was missing and is said too late is told once: that it was missing, where that was
        told before, and then that it was late.
        """
        late, said, marks = late_for(events), lines_of(events), dict[int, list[Mark]]()
        for event in events:
            match event:
                case CueHeard(cue=cue, span=span, counts=counts) if counts:
                    kind = self.script.cues[cue].kind if cue in self.script.cues else CueKind.WATCH
                    style = {CueKind.SAY: "$success", CueKind.WATCH: "underline"}.get(kind)
                    if style:
                        marks.setdefault(span.heard, []).append(_marked(span, said, style))
                case FlagRaised(span=span, what=what) if span is not None:
                    if what in (FlagKind.FORBIDDEN, FlagKind.OUT_OF_ORDER):
                        bad = _marked(span, said, "$error bold underline")
                        marks.setdefault(span.heard, []).append(bad)
        self.by_model |= judged_by_model(events)
        for event in events:
            chosen = self._choice(event)
            if chosen:
                self._choices[event.seq] = chosen
            if not (isinstance(event, FlagRaised | FlagCleared) and event.flag in late):
                yield event, tuple(self._tell(event, marks))

    def _tell(self, event: Event, marks: dict[int, list[Mark]]) -> Iterator[Piece]:
        say, signs = self.look.messages.say, self.look.signs
        if isinstance(event, CaptureEvent):
            yield self._remark(event, capture_text(event, self.look.messages))
            return
        match event:
            case Heard(speaker=speaker, text=text, seq=seq):
                voice = pad(
                    speaker_name(speaker, self.look.messages),
                    8 if self.look.messages.language == "en" else 4,
                )
                head = f"{clock(event.start):>5} {voice} "
                shown, found = self._with_doubts(text, event.doubts, marks.get(seq, ()))
                yield Piece(shown, "$foreground", head, VOICE_STYLES[speaker], found)
            case StepEntered(step=step):
                title = display(self.script.steps[step].title.plain(self.language))
                yield Piece(title, "bold dim", f"{clock(event.at):>5} {signs.step} ", "dim")
            case CueHeard() if is_perhaps(event, self.script):
                text = explain_doubt(event, self.script, self.language, self.look.messages)
                yield self._remark(event, display(text))
            case FlagRaised():
                told = explain(event, self.script, self.language, self.look.messages)
                self._titles[event.flag] = display(told.title)
                style = SEVERITY_STYLES[event.severity]
                title = judged_title(
                    display(told.title), event.span, self.by_model, self.look.messages
                )
                if event.what is FlagKind.LATE:
                    title = say("{label}: {value}", label=say("said too late"), value=title)
                yield Piece(title, style, f"      {signs.warning} ", style)
            case FlagCleared(flag=flag, by=by):
                title = self._titles.get(flag, "")
                how = clearing_name(by, self.look.messages)
                text = say("{label}: {value}", label=how, value=title)
                yield Piece(text, "$success", f"      {signs.met} ", "$success")
            case ExitTaken(offered=offered) if offered:
                title = self._choice(event)
                yield Piece(title, "dim", f"{clock(event.at):>5} {signs.took} ", "dim")
            case NoteWritten(text=text):
                yield Piece(
                    display(text), "$accent italic", f"{clock(event.at):>5} {signs.pen} ", "$accent"
                )
            case HoldStarted():
                yield self._remark(event, say("On hold"))
            case HoldEnded():
                yield self._remark(event, say("Back from hold"))
            case Undone(of=choice):
                title, text = self._choices.get(choice, ""), say("Taken back")
                text = self.look.labelled(text, title) if title else text
                yield self._remark(event, text)
            case CallResumed():
                yield self._remark(event, say("The program was started again"))
            case CallEnded(outcome=outcome):
                known_outcome = self.script.outcomes.get(outcome) if outcome else None
                title = display(known_outcome.title.plain(self.language)) if known_outcome else ""
                ended = outcome_name(outcome, title, self.look.messages)
                text = say("The call has ended: {outcome}", outcome=ended)
                yield self._remark(event, text)
            case _:
                return

    def _choice(self, event: Event) -> str:
        """Return what a choice of the agent's is called; empty for any other event."""
        script, language = self.script, self.language
        match event:
            case ExitTaken(step=step, exit=exit):
                known = script.steps[step].exit(exit)
                title = known.label.plain(language) if known else exit
            case ObjectionOpened(objection=step) | Jumped(to=step):
                title = script.steps[step].title.plain(language)
            case FactTold(fact=fact) if fact in script.facts:
                title = script.facts[fact].title.plain(language)
            case CueTicked(cue=cue) | CueUnticked(cue=cue):
                title = cue_title(script, cue, language)
            case _:
                title = ""
        return display(title)

    def _with_doubts(
        self, text: str, doubts: Sequence[Doubt], marks: Sequence[Mark]
    ) -> tuple[str, tuple[Mark, ...]]:
        """Return a text in which doubtful words look so, by a sign where there is no line."""
        found = [*marks, *(Mark(it.start, it.end, "dim underline") for it in doubts)]
        sign = self.look.signs.doubt
        shown = display(text)
        for doubt in reversed(doubts) if sign else ():
            shown = f"{shown[: doubt.end]}{sign}{shown[doubt.end :]}"
            found = [_moved(it, doubt.end, len(sign)) for it in found]
        return shown, tuple(found)

    def _remark(self, event: Event, text: str) -> Piece:
        return Piece(text, "dim italic", f"{clock(event.at):>5} {self.look.signs.note} ", "dim")


def _marked(span: Span, lines: Mapping[int, Heard], style: str) -> Mark:
    """Return the mark of the words that count, or of their line where they are too few to tell."""
    said = lines.get(span.heard)
    if said is not None and is_thin(said, span):
        return Mark(0, len(said.text), style)
    return Mark(span.start, span.end, style)


def _moved(mark: Mark, place: int, by: int) -> Mark:
    """Return a mark where a text has grown at a place."""
    start, end = (at + by if at >= place else at for at in (mark.start, mark.end))
    return Mark(start, end, mark.style)
