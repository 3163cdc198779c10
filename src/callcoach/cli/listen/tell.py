"""Prints what is heard as captions, with the cues and flags that follow from it beneath."""

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TextIO

from callcoach.call.captured import CaptureStarted, Doubt
from callcoach.call.capturing import CaptureEvent
from callcoach.call.events import (
    CallEnded,
    CueHeard,
    Event,
    FlagCleared,
    FlagRaised,
    Heard,
    encode,
    kind_of,
)
from callcoach.call.explain import explain
from callcoach.call.live import LiveCall
from callcoach.call.metrics import measure
from callcoach.call.names import clearing_name, speaker_name
from callcoach.call.summary import flag_stories
from callcoach.cli.lines.narrate import Narrator
from callcoach.cli.lines.summary import metric_lines, reading_language, summary_json
from callcoach.errors import CallcoachError
from callcoach.hearing.live.status import Voice
from callcoach.locale import Messages
from callcoach.script.model import CueKind
from callcoach.words.clock import clock
from callcoach.words.display import display, display_json
from callcoach.words.wrap import clip, width

_RED, _GREEN, _DIM, _PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[2m", "\x1b[0m"
_KINDS = Heard | CueHeard | FlagRaised | FlagCleared | CaptureEvent | CallEnded
"""The events that JSON lines tell of; what a script goes through is of no interest without one."""
_UNSURE = "(?)"
"""Stands after a word that the recogniser is not sure of."""


class Teller(Protocol):
    """Shows what is heard."""

    def happened(self, events: Iterable[Event]) -> None:
        """Show what has happened."""
        ...

    def saying(self, voices: Sequence[Voice]) -> None:
        """Show what may have been said so far."""
        ...

    def trouble(self, error: CallcoachError) -> None:
        """Show that something went wrong."""
        ...

    def finish(self) -> None:
        """Show what it came to."""
        ...


class Captions:
    """Lines for people; on a terminal, words appear while they are being said."""

    def __init__(self, live: LiveCall, messages: Messages, out: TextIO) -> None:
        self._live, self._messages, self._out = live, messages, out
        self._is_terminal = out.isatty()
        self._has_colour = self._is_terminal and "NO_COLOR" not in os.environ
        self._narrator = Narrator(live.session, messages)
        self._drawn = ""
        self._has_begun = False
        """There has been sound: from here on it is worth telling when there is none."""

    def happened(self, events: Iterable[Event]) -> None:
        """Print a caption for what was said, and beneath it what follows."""
        for event in events:
            for line in self._lines(event):
                self._print(line)

    def saying(self, voices: Sequence[Voice]) -> None:
        """Draw the words that are being said, in place of those drawn before."""
        if not self._is_terminal:
            return
        parts = [
            self._messages.say(
                "{speaker}: {words}", speaker=self._name(it), words=display(it.saying)
            )
            for it in voices
            if it.saying
        ]
        room = shutil.get_terminal_size().columns - 1
        line = clip("… " + "  ".join(parts), room) if parts else ""
        if line != self._drawn:
            self._clear()
            self._out.write(self._painted(line, _DIM))
            self._out.flush()
            self._drawn = line

    def trouble(self, error: CallcoachError) -> None:
        """Print what went wrong."""
        self._print(self._painted(f"! {display(self._messages.tell(error))}", _RED))

    def finish(self) -> None:
        """Print the flags and the measures."""
        self._clear()
        session, say = self._live.session, self._messages.say
        stories = flag_stories(self._live.events)
        self._print("")
        self._print(say("Flags") if stories else say("No flags."))
        language = reading_language(session, self._messages)
        for story in stories:
            told = explain(story.raised, session.coach.script, language, self._messages)
            cleared = story.cleared
            state = clearing_name(cleared.by, self._messages) if cleared else say("not repaired")
            times = f" ×{story.times}" if story.times > 1 else ""
            self._print(f"  ! {clock(story.raised.at)} {display(told.title)}{times} [{state}]")
        for line in metric_lines(measure(self._live.events), self._messages):
            self._print(line)

    def _lines(self, event: Event) -> Iterator[str]:
        match event:
            case Heard():
                speaker = speaker_name(event.speaker, self._messages)
                words = display(with_doubts(event.text, event.doubts))
                told = self._messages.say("{speaker}: {words}", speaker=speaker, words=words)
                yield f"{clock(event.start).rjust(5)} {told}"
            case CueHeard():
                cue = self._live.session.coach.script.cues[event.cue]
                title = display(cue.title.plain(self._live.session.state.language))
                match cue.kind:
                    case CueKind.SAY if event.counts:
                        yield self._painted(f"      ✓ {title}", _GREEN)
                    case CueKind.WATCH:
                        yield f"      · {title}"
                    case CueKind.AVOID:
                        yield from self._told(event)
                    case _:
                        return
            case FlagRaised():
                yield from (self._painted(line, _RED) for line in self._told(event))
            case FlagCleared():
                yield from self._told(event)
            case _ if isinstance(event, CaptureEvent):
                self._has_begun = self._has_begun or isinstance(event, CaptureStarted)
                if self._has_begun:
                    yield from self._narrator.tell(event)
            case _:
                return

    def _told(self, event: Event) -> Iterator[str]:
        return (f"      {line}" for line in self._narrator.tell(event))

    def _name(self, voice: Voice) -> str:
        return speaker_name(voice.role, self._messages)

    def _painted(self, line: str, colour: str) -> str:
        return f"{colour}{line}{_PLAIN}" if self._has_colour and line else line

    def _print(self, line: str) -> None:
        self._clear()
        self._out.write(f"{line}\n")
        self._out.flush()

    def _clear(self) -> None:
        if self._drawn:
            self._out.write(f"\r{' ' * width(self._drawn)}\r")
            self._drawn = ""


class JsonLines:
    """A line of JSON for everything that happens, for other programs."""

    def __init__(self, live: LiveCall, messages: Messages, out: TextIO) -> None:
        self._live, self._messages, self._out = live, messages, out
        self._shown: dict[int, str] = {}

    def happened(self, events: Iterable[Event]) -> None:
        """Print events as the journal has them, flags with their reason."""
        for event in events:
            if isinstance(event, _KINDS):
                self._print(
                    {"kind": kind_of(event), **json.loads(encode(event)), **self._told(event)}
                )

    def saying(self, voices: Sequence[Voice]) -> None:
        """Print what each voice may have said so far, where that has changed."""
        for channel, voice in enumerate(voices):
            if voice.saying != self._shown.get(channel, ""):
                self._shown[channel] = voice.saying
                if voice.saying:
                    words = {"speaker": voice.role, "text": voice.saying, "hints": voice.hints}
                    self._print({"kind": "partial", "at": self._live.clock.now(), **words})

    def trouble(self, error: CallcoachError) -> None:
        """Print what went wrong."""
        self._print({"kind": "trouble", "error": self._messages.tell(error)})

    def finish(self) -> None:
        """Print the summary."""
        told = summary_json(self._live.session, self._live.events, self._messages)
        self._print({"kind": "summary", **told})

    def _told(self, event: Event) -> dict[str, object]:
        """Return what a reader wants to know of an event that its own values do not say."""
        session = self._live.session
        script, language = session.coach.script, reading_language(session, self._messages)
        match event:
            case FlagRaised():
                told = explain(event, script, language, self._messages)
                return {"title": told.title, "why": told.reason}
            case CueHeard():
                return {"title": script.cues[event.cue].title.plain(language)}
            case _:
                return {}

    def _print(self, value: object) -> None:
        self._out.write(display_json(json.dumps(value, ensure_ascii=False)) + "\n")
        self._out.flush()


def with_doubts(text: str, doubts: Sequence[Doubt]) -> str:
    """Return a text with a sign after each word that the recogniser is not sure of."""
    parts: list[str] = []
    at = 0
    for doubt in doubts:
        parts += (text[at : doubt.end], _UNSURE)
        at = doubt.end
    return "".join((*parts, text[at:]))
