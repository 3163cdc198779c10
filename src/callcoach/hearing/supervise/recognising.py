"""The recogniser's process as the ear sees it: fed, watched, replaced, and told of only once."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from callcoach.errors import ModelError
from callcoach.hearing.ear import Tell
from callcoach.hearing.heard import Final, Result
from callcoach.hearing.models.registry import Model
from callcoach.hearing.process.child import Ended
from callcoach.hearing.process.upheld import Upheld
from callcoach.hearing.recognise import messages
from callcoach.hearing.recognise.engines import kind_of
from callcoach.hearing.signs import Said, Trouble, Troubled, troubled_by
from callcoach.hearing.sound import Block
from callcoach.hearing.supervise.ring import Ring
from callcoach.hearing.supervise.suspect import Suspect

PROGRAM = "callcoach.hearing.recognise.worker"
_KEPT = 30.0
"""Seconds of an utterance that can be heard again; also what waits while a model is loaded."""
_BEHIND = 10.0
"""Seconds that may wait in a call: words that come later are of no use."""
_CAUGHT_UP = 0.5
_UNHEARD = 3.0
"""Seconds after which sound that gave no words gives none: engines are not as late as that."""
_STUCK = 2.5
"""Times as long as for a sign of life is waited for a block: a large model may need two or three
seconds for a result."""
_GIVE_UP = 5
"""Processes in a row that died before their model was loaded."""


@dataclass(slots=True)
class _Voice:
    """One channel."""

    ring: Ring
    suspect: Suspect
    is_speaking: bool = False
    """There are words that are not final yet."""
    moved: float = 0.0
    """When the recogniser last did something of it."""


class Recognising:
    """Hears every voice with one model. It belongs to the ear's thread.

    `now` is by `time.monotonic`.
    """

    def __init__(
        self,
        model: Model,
        phrases: Iterable[str],
        tell: Tell,
        receive: Callable[[int, messages.Report | Ended], None],
        *,
        waits: bool,
        program: str,
        log: Path | None,
        patience: float,
    ) -> None:
        """Start nothing yet. Nothing is dropped where the source waits."""
        self._model = model
        self._previous: Model | None = None
        self._phrases = tuple(phrases)
        self._tell = tell
        self._waits = waits
        self._most_for_block = patience * _STUCK
        self._child = Upheld[messages.Report](program, messages.Report, receive, log, patience)
        self._voices: dict[int, _Voice] = {}
        self._is_ready = False
        self._is_catching_up = True
        self._unready = 0
        """Processes in a row that died before they were ready."""
        self._reached = 0.0
        """Until when anything was ever heard."""
        self.has_failed = False
        """It cannot go on."""

    @property
    def id(self) -> int | None:
        """Return the number of the process; None where none runs."""
        return self._child.id

    @property
    def is_idle(self) -> bool:
        """Tell whether everything that came was heard, or never will be."""
        return self.has_failed or all(voice.ring.is_idle for voice in self._voices.values())

    @property
    def waiting(self) -> float:
        """Return how many seconds wait, of the voice that waits longest."""
        return max((voice.ring.waiting for voice in self._voices.values()), default=0.0)

    def start(self) -> None:
        """Load the model, in a new process."""
        if self._child.start(time.monotonic()):
            folder = self._model.folder
            self._child.send(messages.Load(kind_of(folder), str(folder), self._phrases))

    def add(self, block: Block, now: float) -> None:
        """Let a block be heard."""
        if self.has_failed:
            return
        if block.channel not in self._voices:
            self._voices[block.channel] = _Voice(Ring(block.channel), Suspect(), moved=now)
        self._voices[block.channel].ring.add(block, now)
        self._send(now)

    def flush(self, now: float) -> None:
        """Let everything that came until now be told."""
        for voice in self._voices.values():
            voice.ring.flush(now)
        self._send(now)

    def switch(self, model: Model, now: float) -> None:
        """Go on with another model, from the beginning of what is being said.

        Words to expect are of one language.
        """
        if self.has_failed:
            return
        if model.language != self._model.language:
            self._phrases = ()
        self._previous, self._model = self._model, model
        self._replace(now)

    def stop(self) -> None:
        """End the process; what was not told yet is lost."""
        self._child.stop()
        self._is_ready = False

    def received(self, number: int, report: messages.Report | Ended, now: float) -> None:
        """Take what a process reports, by its number; that of an earlier one is of no interest."""
        if number != self._child.number or not self._child.is_running:
            return
        match report:
            case messages.Ready():
                self._is_ready, self._unready, self._previous = True, 0, None
                for voice in self._voices.values():
                    voice.moved = now
            case Troubled():
                self._fail(report, now)
            case messages.Heard(channel, result) if self._owes(channel):
                self._heard(channel, result, now)
            case messages.Done(channel, count) if self._owes(channel, count):
                self._done(channel, count, now)
            case _:  # it is gone, or talks nonsense
                self._lose(now)
        self._send(now)

    def tick(self, now: float, *, may_judge: bool) -> None:
        """Do what is due; called some ten times a second.

        A process that hangs is replaced, if it `may_judge`: not when this one hung itself.
        """
        if self._child.is_due(now):
            self.start()
        if not may_judge:
            for voice in self._voices.values():
                voice.moved = now
        elif self._child.hangs() or (self._is_ready and self._is_stuck(now)):
            self._lose(now)
        for channel, voice in self._voices.items():
            voice.ring.bound(_KEPT)
            for gone in () if self._waits else voice.ring.drop(self._most_waiting()):
                self._tell(Troubled(Trouble.DROPPED, channel, gone.start, gone.end))
        self._is_catching_up = self._is_catching_up and self.waiting > _CAUGHT_UP

    def _owes(self, channel: int, count: int = 1) -> bool:
        return channel in self._voices and self._voices[channel].ring.owes >= count

    def _most_waiting(self) -> float:
        return _KEPT if self._is_catching_up or not self._is_ready else _BEHIND

    def _is_stuck(self, now: float) -> bool:
        return any(
            voice.ring.owes and now - voice.moved > self._most_for_block
            for voice in self._voices.values()
        )

    def _send(self, now: float) -> None:
        """Send what may be on its way."""
        if not self._is_ready:
            return
        for voice in self._voices.values():
            if not voice.ring.owes:
                voice.moved = now
            while (order := voice.ring.next()) is not None:
                self._child.send(order)

    def _heard(self, channel: int, result: Result, now: float) -> None:
        voice = self._voices[channel]
        arrived = voice.ring.arrival(result.at)
        if isinstance(result, Final):
            voice.is_speaking = False
            voice.ring.settle(result.at)
        else:
            voice.is_speaking = bool(result.text)
        self._tell(Said(channel, result, 0.0 if arrived is None else max(0.0, now - arrived)))

    def _done(self, channel: int, count: int, now: float) -> None:
        voice = self._voices[channel]
        voice.moved = now
        for _ in range(count):
            if voice.ring.done():
                voice.is_speaking = False
        if not voice.is_speaking:
            voice.ring.settle(voice.ring.heard - _UNHEARD)
        if voice.ring.heard > self._reached:
            self._reached = voice.ring.heard
            self._child.serves()

    def _lose(self, now: float) -> None:
        """Replace a process that died or hangs."""
        self._unready = 0 if self._is_ready else self._unready + 1
        gaps = [
            (channel, gap)
            for channel, voice in self._voices.items()
            if (place := voice.ring.on_hand) is not None
            and (gap := voice.suspect.died(place, voice.ring.settled))
        ]
        self._rewind()
        self._child.lose(now)
        if self._unready >= _GIVE_UP:
            error = ModelError(
                "the recogniser dies again and again while it loads its model",
                "check it: callcoach model verify",
            )
            self._give_up(troubled_by(error))
            return
        self._tell(Troubled(Trouble.RESTARTED))
        for channel, gap in gaps:
            for cut in self._voices[channel].ring.cut(gap):
                self._tell(Troubled(Trouble.GAP, channel, cut.start, cut.end))

    def _replace(self, now: float) -> None:
        """Start a new process at once, in place of one that does its work."""
        self._child.stop()
        self._rewind()
        self.start()

    def _rewind(self) -> None:
        self._is_ready, self._is_catching_up = False, True
        for voice in self._voices.values():
            voice.ring.rewind()
            voice.is_speaking = False

    def _fail(self, why: Troubled, now: float) -> None:
        """Go back to the model before, or give up where there is none."""
        if self._previous is None:
            self._give_up(why)
            return
        self._model, self._previous = self._previous, None
        self._tell(msgspec.structs.replace(why, what=Trouble.RESTARTED))
        self._replace(now)

    def _give_up(self, why: Troubled) -> None:
        self.has_failed = True
        self.stop()
        self._voices.clear()
        self._tell(why)
