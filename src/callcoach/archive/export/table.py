"""Writes a call as a table that Excel opens, of which no cell can become a formula."""

import csv
import io
import re
from collections.abc import Iterator
from typing import assert_never

from callcoach.archive.export.account import quote_of
from callcoach.archive.export.measured import is_measured
from callcoach.archive.export.names import (
    event_name,
    fact_text,
    flag_name,
    language_name,
)
from callcoach.archive.export.outline import outline
from callcoach.archive.export.record import CallRecord
from callcoach.call.capturing import CaptureEvent
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
    StepEntered,
    Suggested,
    Undone,
    Unknown,
)
from callcoach.call.explain import (
    cue_title,
    explain,
    explain_doubt,
    is_perhaps,
    step_title,
)
from callcoach.call.names import capture_text, clearing_name, speaker_name
from callcoach.locale import Messages
from callcoach.script.facts import FactKind
from callcoach.script.model import CueId, Script, Speaker
from callcoach.words.display import display

BOM = "\ufeff"
"""Without it, Excel takes UTF-8 for something else and shows no Chinese."""
_FORMULA = re.compile(
    r"[\s\x00-\x20\u00ad\u200b-\u200f\u2060\ufeff]*[=+\-@|%＝＋－＠｜％]|[\t\r\n]"
)
"""What a spreadsheet may take for the beginning of a formula, also behind spaces (OWASP, CSV
injection; the full-width forms are those that East Asian versions read alike)."""


def defuse(cell: str) -> str:
    """Return a cell that every spreadsheet takes for text: one that might be a formula gets a '."""
    return "'" + cell if _FORMULA.match(cell) else cell


def write_table(record: CallRecord, messages: Messages, script: Script | None) -> str:
    """Return a call as CSV with a byte order mark: a row for each event that matters."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table = _Table(record, messages, script)
    for row in (table.head(), *table.rows()):
        writer.writerow(defuse(display(cell)) for cell in row)
    return BOM + text.getvalue()


Cells = tuple[str, str, str, str, str, str, str, str]


class _Table:
    """The rows of one call."""

    def __init__(self, record: CallRecord, messages: Messages, script: Script | None) -> None:
        self.events = record.events
        self.messages = messages
        self.script = outline(record.events, script)
        self.language = messages.language
        self.by_seq = {event.seq: event for event in record.events}
        self.heard = {event.seq: event for event in record.events if isinstance(event, Heard)}
        self.raised: dict[int, FlagRaised] = {}
        self.step = ""

    def head(self) -> Cells:
        say = self.messages.say
        columns = say("time"), say("event"), say("speaker"), say("text")
        return *columns, say("step"), say("cue"), say("flag"), say("end")

    def rows(self) -> Iterator[Cells]:
        """Yield the rows by time: words stand where they began, though they were heard later."""
        told = (self._cells(event) for event in self.events)
        yield from sorted((cells for cells in told if cells), key=lambda cells: float(cells[0]))

    def _cells(self, event: Event) -> Cells | None:
        """Return the row of an event; None for one that says nothing of its own."""
        if isinstance(event, CaptureEvent):
            return self._row(event, text=capture_text(event, self.messages))
        match event:
            case Heard():
                speaker = speaker_name(event.speaker, self.messages)
                end = f"{event.end:.3f}" if is_measured(event) else ""
                return self._row(event, at=event.start, speaker=speaker, text=event.text, end=end)
            case StepEntered():
                self.step = step_title(self.script, event.step, self.language)
                return self._row(event)
            case ExitTaken():
                return self._row(event, text=self._exit(event))
            case CueHeard():
                words = quote_of(event.span, self.heard)
                return self._row(
                    event,
                    speaker=self._who(event),
                    text=words,
                    cue=self._cue(event.cue),
                    flag=self._doubt(event),
                )
            case CueTicked() | CueUnticked():
                return self._row(event, cue=self._cue(event.cue))
            case FactTold():
                return self._row(event, text=self._fact(event))
            case FlagRaised():
                self.raised[event.flag] = event
                why = explain(event, self.script, self.language, self.messages).reason
                words = quote_of(event.span, self.heard)
                return self._row(event, text=words, cue=self._cue(event.cue), flag=why)
            case FlagCleared():
                return self._cleared(event)
            case NoteWritten():
                return self._row(event, text=event.text)
            case LanguageSwitched():
                return self._row(event, text=language_name(event.language))
            case CallEnded():
                return self._row(event, text=self._outcome(event))
            case Undone():
                choice = self.by_seq.get(event.of)
                what = event_name(choice, self.messages) if choice is not None else ""
                return self._row(event, text=what)
            case HoldStarted() | HoldEnded() | CallResumed() | Unknown():
                return self._row(event)
            case CallStarted() | ObjectionOpened() | Jumped() | Suggested() | FlagSnoozed():
                return None
            case _:
                assert_never(event)

    def _row(
        self,
        event: Event,
        *,
        at: float | None = None,
        speaker: str = "",
        text: str = "",
        cue: str = "",
        flag: str = "",
        end: str = "",
    ) -> Cells:
        seconds = max(event.at if at is None else at, 0.0)
        name = event_name(event, self.messages)
        return f"{seconds:.3f}", name, speaker, text, self.step, cue, flag, end

    def _cue(self, id: CueId) -> str:
        return cue_title(self.script, id, self.language)

    def _who(self, event: CueHeard) -> str:
        said = self.heard.get(event.span.heard)
        return speaker_name(said.speaker if said else Speaker.OTHER, self.messages)

    def _doubt(self, event: CueHeard) -> str:
        """Return why words that may not be said were not flagged; empty for others."""
        if not is_perhaps(event, self.script):
            return ""
        return explain_doubt(event, self.script, self.language, self.messages)

    def _exit(self, event: ExitTaken) -> str:
        step = self.script.steps.get(event.step)
        exit = step.exit(event.exit) if step else None
        return (exit.label.plain(self.language) if exit else "") or event.exit

    def _fact(self, event: FactTold) -> str:
        fact = self.script.facts.get(event.fact)
        title = (fact.title.plain(self.language) if fact else "") or event.fact
        is_yes_no = fact is not None and fact.kind is FactKind.YES_NO
        value: str | bool = event.value == "yes" if is_yes_no else event.value
        said = fact_text(fact, value, self.language, self.messages)
        return self.messages.say("{label}: {value}", label=title, value=said)

    def _cleared(self, event: FlagCleared) -> Cells:
        raised = self.raised.get(event.flag)
        how = clearing_name(event.by, self.messages)
        what = flag_name(raised.what, self.messages) if raised else ""
        return self._row(
            event,
            text=quote_of(event.span, self.heard),
            cue=self._cue(raised.cue) if raised else "",
            flag=self.messages.say("{label}: {value}", label=what, value=how) if what else how,
        )

    def _outcome(self, event: CallEnded) -> str:
        known = self.script.outcomes.get(event.outcome) if event.outcome else None
        title = (known.title.plain(self.language) if known else "") or event.outcome or ""
        if not event.code:
            return title
        return self.messages.say("{title} ({code})", title=title, code=event.code)
