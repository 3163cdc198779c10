"""Couples an ear with a call under way: what is heard is fed, and the ear opens when it may.

The same listener serves the screens, the line mode and the tests. All of it runs in the thread that
runs the call; only `tell` is called by the ear's own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from callcoach.call.captured import Closed, Source
from callcoach.call.capturing import is_unwritten
from callcoach.call.consent import Listening, Policy, may_listen
from callcoach.call.events import Event
from callcoach.call.inputs import (
    Hear,
    Input,
    MissSound,
    PauseCapture,
    ResumeCapture,
    StartCapture,
    StopCapture,
    TurnListening,
)
from callcoach.call.live import LiveCall
from callcoach.call.replay import Follower
from callcoach.errors import FactError, IllegalMove, PackError
from callcoach.hearing.heard import Final, Partial, Word
from callcoach.hearing.live.aside import Aside
from callcoach.hearing.live.losses import Losses
from callcoach.hearing.live.panel import Panel
from callcoach.hearing.live.spoken import is_written_already
from callcoach.hearing.live.status import Condition, Status
from callcoach.hearing.signs import Level, Opened, Over, Said, Sign, Trouble, Troubled
from callcoach.hearing.text import joined
from callcoach.script.model import Speaker

if TYPE_CHECKING:  # the registry of models takes 60 ms, and calls that are typed need none of it
    from callcoach.hearing.ear import Ear
    from callcoach.hearing.models.registry import Model, NoModel

_MISSED = {Trouble.GAP: "crash", Trouble.DROPPED: "dropped"}
"""What a part of the call that was not heard is put down to."""

_ENDS = (Condition.FAILED, Condition.OVER, Condition.CLOSING)
"""After these it listens no more."""
_CLOSES = 3.0
"""Seconds that an ear has to close: it takes two at most."""

Models = Callable[[str], "Model | NoModel"]
"""Returns what hears a language."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an ear has told, and when, in seconds since the call began."""

    sign: Sign
    at: float


class Listener:
    """Listens to one call. Methods that return events have fed them to the call already."""

    def __init__(
        self,
        live: LiveCall,
        ear: Ear,
        model: Model,
        policy: Policy,
        *,
        follows: bool = True,
        reads_on: bool = False,
        models: Models | None = None,
        began: Callable[[], object] | None = None,
        closed: Callable[[float], object] | None = None,
        kept: str = "",
    ) -> None:
        """Tie an ear to a call.

        `follows`: the script goes on by what was heard. `reads_on`: a step in which nothing is
        written down is left by words too, as of a file nobody may be at the keys; not where the
        sound is kept, in which such a step must be missing. `models` finds another model when the
        call goes on in another language; without it the model stays. `began` is called in another
        thread as soon as there is sound, for a call whose time begins with that; `closed` in one
        when the ear is closed, with the time of the call at which it was opened. `kept` is how the
        sound is kept, for the record.
        """
        self.live = live
        self._ear = ear
        self._model = model
        self._policy = policy
        self._models = models
        self._began, self._closed, self._kept = began, closed, kept
        self._closing: threading.Thread | None = None
        self._follower = Follower() if follows else None
        self._reads_on = reads_on and not kept
        self._aside: Aside | None = None
        """It is heard for the way in the script alone: nothing is drawn or written down."""
        self._condition = Condition.WAITING
        self._problem = ""
        self.unheard: NoModel | None = None
        """Why the call's present language is not heard."""
        self._is_open = False
        """The ear was opened, and may be paused."""
        self._is_running = False
        """It is open and not paused."""
        self._has_started = False
        """Sound has come once."""
        self._opened_at = 0.0
        """The call's time when the ear was opened first."""
        self._base = 0.0
        """The call's time when the ear's began."""
        self._panel = Panel()
        self._losses = Losses(self._panel, lambda: live.session, self._feed)

    @property
    def status(self) -> Status:
        """Return how the hearing stands now."""
        may, panel = self._may(), self._panel
        is_lost = self._condition is Condition.LISTENING and bool(panel.lost)
        return Status(
            Condition.LOST if is_lost else self._condition,
            self._policy,
            self._problem or may.reason or "",
            None if may.until is None else may.until - self.live.clock.now(),
            tuple(panel.voices),
            panel.lag,
            panel.missed_until(self.live.clock.now()),
            panel.restarts,
            panel.is_same,
        )

    @property
    def is_usable(self) -> bool:
        """Tell whether it can still listen."""
        return self._condition not in _ENDS

    @property
    def is_listening(self) -> bool:
        """Tell whether words may still be on their way."""
        return self._is_open and self.is_usable

    def start(self, post: Callable[[Told], object]) -> tuple[Event, ...]:
        """Get ready; `post` is called from another thread with all that is to be taken."""
        clock = self.live.clock

        def tell(sign: Sign) -> None:
            if isinstance(sign, Opened) and self._began is not None:
                self._began()
            post(Told(sign, clock.now()))

        self._ear.start(tell)
        return self.consult()

    def take(self, told: Told) -> tuple[Event, ...]:
        """Take what the ear has told; return what came of it."""
        sign, events = told.sign, list[Event]()
        match sign:
            case Level(channel, rms):
                if self._aside is None:
                    self._panel.rise(channel, rms)
            case Said(channel, Partial(text), lag):
                if self._aside is None:
                    self._glimpse(channel, text, lag)
            case Said(channel, Final() as final, lag):
                self._panel.say(channel, "", (), lag)
                events += self._hear(self._panel.role(channel), final)
            case Opened():
                events += self._opened(sign, told.at)
            case Troubled():
                events += self._troubled(sign, told.at)
            case Over():
                events += self._stop(Condition.OVER, Closed.OVER)
        if events:
            events += self.consult()
        return tuple(events)

    def consult(self) -> tuple[Event, ...]:
        """Open, pause or resume the ear as the script and the agent say by now."""
        state = self.live.session.state
        if state.ended or not self.is_usable:
            return ()
        self._follow_language()
        may = self._may()
        if may.is_open and self.unheard is None:
            if not self._is_running:
                self._run()
            return self._write_again()
        missed: tuple[Event, ...] = ()
        if may.reason is Closed.SENSITIVE and self._may_read_on():
            self._condition = Condition.PAUSED
            self._panel.hush()
        elif self._is_running:
            missed = self._pause()
        reason = str(may.reason or Closed.FAILED)
        known = state.capture.reason if state.capture is not None else ""
        return missed if known == reason else (*missed, *self._feed(PauseCapture(reason)))

    def _pause(self) -> tuple[Event, ...]:
        """Take no more sound; what is not heard until it is resumed was not to be heard."""
        missed = self._losses.count_anew(self.live.clock.now(), inf)
        self._aside = None
        self._is_running = False
        self._condition = Condition.PAUSED
        self._panel.hush()
        self._ear.pause()
        return missed

    def _may_read_on(self) -> bool:
        """Tell whether words lead on where none is written down; see to it that they can."""
        if self._aside is None and self._reads_on and self._follower and self._is_heard:
            self._aside = Aside(self.live, self._follower)
        return self._aside is not None

    @property
    def _is_heard(self) -> bool:
        return self._is_running and self._condition is Condition.LISTENING

    def _write_again(self) -> tuple[Event, ...]:
        if self._aside is None:
            return ()
        self._aside = None
        self._condition = Condition.LISTENING
        return self._feed(ResumeCapture())

    def follow(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """Go on in the script by what was said, where that is wanted; `events` came of it."""
        happened = list[Event]()
        if self._follower is not None:
            for move in self._follower.moves(self.live.session, events):
                happened += self._feed(move)
        return tuple(happened)

    def turn(self) -> tuple[Event, ...]:
        """Open the ear by hand, with the customer's word, or close it."""
        events = self._feed(TurnListening(not self._may().is_open))
        return (*events, *self.consult())

    def finish(self, then: Callable[[], object], *, follows: bool = True) -> tuple[Event, ...]:
        """Close the ear in a thread of its own; `then` is called there, after all that it tells.

        Words that are on their way lead on in the script if it `follows`; not where the call is to
        end at the step that it is in.
        """

        def close() -> None:
            self._ear.close()
            if self._has_started and self._closed is not None:
                self._closed(self._opened_at)
            then()

        missed = self._losses.end(self.live.clock.now())
        self._follower = self._follower if follows else None
        self._is_running = self._is_open = False
        self._condition = Condition.CLOSING
        self._closing = threading.Thread(target=close, name="callcoach-ear", daemon=True)
        self._closing.start()
        return missed

    def leave(self, then: Callable[[], object]) -> tuple[Event, ...]:
        """Hear the call no more though it goes on; see `finish`."""
        was_open = self._is_open
        missed = self.finish(then)
        return (*missed, *(self._feed(StopCapture(Closed.HAND)) if was_open else ()))

    def close(self) -> None:
        """Leave the call, and wait until the ear is closed; what it still tells is not taken."""
        if self._closing is None:
            self.leave(lambda: None)
        if self._closing is not None:
            self._closing.join(_CLOSES)

    def _may(self) -> Listening:
        session = self.live.session
        return may_listen(session.coach.script, session.state, self._policy)

    def _run(self) -> None:
        """Let sound in; that it comes is told by an `Opened`."""
        self._is_running = True
        self._condition = Condition.STARTING
        if self._is_open:
            self._ear.resume()
        else:
            self._is_open = True
            self._ear.open()

    def _follow_language(self) -> None:
        """Hear in the call's language, if it has changed."""
        language = self.live.session.state.language
        present = self.unheard.language if self.unheard else self._model.language
        if self._models is None or language == present:
            return
        from callcoach.hearing.models.registry import NoModel

        found = self._models(language)
        if isinstance(found, NoModel):
            self.unheard = found
            return
        self.unheard = None
        if found != self._model:
            self._model = found
            self._ear.switch(found)

    def _opened(self, opened: Opened, at: float) -> tuple[Event, ...]:
        self._base = at - opened.at
        self._panel.open(opened, at)
        if not self._is_running:
            return ()  # it was paused again meanwhile
        self._condition = Condition.LISTENING
        if self._has_started:
            if self._losses.are_all:
                return self._feed(PauseCapture(Closed.LOST))
            return (*self._feed(ResumeCapture()), *self._losses.go_on(at))
        self._has_started, self._opened_at = True, self._base
        sources = tuple(Source(voice.role, voice.name) for voice in self._panel.voices)
        started = self._feed(StartCapture(sources, self._model.name, self._kept))
        return (*started, *self._losses.go_on(at))

    def _hear(self, speaker: Speaker, final: Final) -> tuple[Event, ...]:
        text, doubts = joined(final.words)
        start, end = self._base + final.start, self._base + final.end
        session = self.live.session
        if speaker is Speaker.AGENT and is_written_already(session, text, end):
            return ()
        given = Hear(
            speaker,
            text,
            max(start, 0.0),
            max(end, 0.0),
            "speech",
            final.confidence,
            doubts,
        )
        if self._aside is not None and is_unwritten(session.state, given, start, end):
            moves = self._aside.moves(given)
            return tuple(event for move in moves for event in self._feed(move))
        events = self._feed(given)
        return events + self.follow(events)

    def _glimpse(self, channel: int, words: str, lag: float) -> None:
        text, _ = joined([Word(word, 0.0, 0.0, 1.0) for word in words.split()])
        hints = self.live.session.glimpse(self._panel.role(channel), text)
        self._panel.say(channel, text, hints, lag)

    def _troubled(self, sign: Troubled, at: float) -> tuple[Event, ...]:
        panel, one = self._panel, sign.channel
        channels = range(len(panel.voices)) if one is None else (one,)
        match sign.what:
            case Trouble.LOST:
                since = self._silent_since(sign, at)
                return self._losses.lose(channels, since, at, is_wanted=self._is_running)
            case Trouble.BACK:
                return self._losses.find(channels, at)
            case Trouble.RESTARTED:
                panel.restarts += 1
            case Trouble.SAME:
                panel.is_same = True
            case Trouble.FAILED:
                self._problem = sign.told.message
                return self._stop(Condition.FAILED, Closed.FAILED)
            case Trouble.GAP | Trouble.DROPPED:
                panel.missed += sign.end - sign.start
                start, end = self._base + sign.start, self._base + sign.end
                speaker = None if one is None else panel.role(one)
                return self._feed(MissSound(start, end, _MISSED[sign.what], speaker))
        return ()

    def _silent_since(self, sign: Troubled, at: float) -> float:
        """Return when what is told to be lost gave its last sound, since the ear was opened."""
        capture = self.live.session.state.capture
        if capture is None or not sign.end:
            return at
        return min(max(self._base + sign.start, capture.since), at)

    def _stop(self, condition: Condition, reason: Closed) -> tuple[Event, ...]:
        missing = self._losses.end(self.live.clock.now())
        self._condition = condition
        self._is_running = False
        self._panel.hush()
        return (*missing, *self._feed(StopCapture(reason)))

    def _feed(self, given: Input) -> tuple[Event, ...]:
        """Feed an input; one that is not open now, such as after the end, changes nothing."""
        with suppress(IllegalMove, FactError, PackError):
            return self.live.feed(given)
        return ()
