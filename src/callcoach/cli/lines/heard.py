"""A call in line mode that is heard: what was said is printed, and commands can still be typed."""

import codecs
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from io import UnsupportedOperation

from callcoach.call.events import Event
from callcoach.call.inputs import FOLLOW, EndCall, Input
from callcoach.call.live import LiveCall
from callcoach.cli.lines.typed import LineCall
from callcoach.hearing.listener import Listener, Told
from callcoach.hearing.models.registry import NoModel
from callcoach.hearing.signs import Over, Troubled
from callcoach.locale import Messages
from callcoach.practice.partner import PlanPartner
from callcoach.words.display import display

TICK = 0.25
"""How often time passes, in seconds."""
LAST_WORDS = 3.0
"""Seconds that words on their way are waited for when the call ends."""


class _EndOfKeys:
    """Nothing more is typed."""


class _Silence:
    """The ear is closed, and has told everything."""


_Came = str | Told | _EndOfKeys | _Silence


class HeardCall(LineCall):
    """Runs a call by what is heard and by lines read."""

    def __init__(
        self,
        live: LiveCall,
        messages: Messages,
        out: Callable[[str], None],
        partner: PlanPartner | None,
        listener: Listener,
        *,
        ends_with_keys: bool,
    ) -> None:
        """Take what listens; `ends_with_keys`: nothing more to type means to leave the call."""
        super().__init__(live, messages, out, partner)
        self._listener = listener
        self._ends_with_keys = ends_with_keys
        self._came: queue.SimpleQueue[_Came] = queue.SimpleQueue()
        self._unheard: NoModel | None = None
        self._ticked = time.monotonic()
        """When time was last let pass: by the clock, since levels come all the time."""

    def run(self, lines: Iterator[str]) -> None:
        """Listen and read commands until the call or the sound ends, or `quit`."""
        self.begin()
        threading.Thread(target=self._read, args=(lines,), name="keys", daemon=True).start()
        try:
            self._tell(self._listener.start(self._came.put))
            while not self.live.session.state.ended and self._go_on():
                pass
        finally:
            self._listener.close()

    def _read(self, lines: Iterator[str]) -> None:
        for line in lines:
            self._came.put(line)
        self._came.put(_EndOfKeys())

    def _go_on(self) -> bool:
        """Take what comes next; return whether the call goes on."""
        with suppress(queue.Empty):
            if not self._take_one(self._came.get(timeout=TICK)):
                return False
        if time.monotonic() - self._ticked >= TICK and not self.live.session.state.ended:
            self._ticked = time.monotonic()
            self._tell(self.live.tick())
            self._consult()
        return True

    def _take_one(self, came: _Came) -> bool:
        """Take a line or a sign; return whether the call goes on."""
        match came:
            case str():
                return not (came.strip() and self.obey(came.strip()))
            case Told():
                self._take_sound(came)
                if isinstance(came.sign, Over):
                    self._feed(EndCall(by=FOLLOW))
                return True
            case _EndOfKeys():
                return not self._ends_with_keys
            case _:
                return True

    def _take_sound(self, told: Told) -> None:
        """Print what came of what was heard."""
        before = self.live.session.state.position
        events = self._listener.take(told)
        sign = told.sign
        if isinstance(sign, Troubled) and sign.reason:
            self.out(f"! {display(self.messages.tell(sign.told))}")
        self._tell(events)
        if events:
            self._tell(self._answered(events))
        self._consult()
        if self.live.session.state.position != before:
            self.where()

    def _answered(self, events: Sequence[Event]) -> Sequence[Event]:
        """Return what came of the customer's answer, also where it opens or closes the ear."""
        said = super()._answered(events)
        return (*said, *self._listener.follow(said)) if said else ()

    def _consult(self) -> None:
        self._tell(self._listener.consult())
        missing = self._listener.unheard
        if missing is not None and missing != self._unheard:
            say = self.messages.say
            reason, remedy = display(say(missing.reason)), display(say(missing.remedy))
            self.out("! " + say("{message}. {hint}", message=reason, hint=remedy))
        self._unheard = missing

    def _feed(self, given: Input, *, is_last: bool = True) -> None:
        """Feed an input; the end of the call waits for words that are on their way."""
        if isinstance(given, EndCall) and self._listener.is_listening:
            self._hear_rest()
        super()._feed(given, is_last=is_last)
        if not self.live.session.state.ended:
            self._consult()

    def _hear_rest(self) -> None:
        """Close the ear, and take everything that it tells until then."""
        waiting: list[_Came] = []
        self._listener.finish(lambda: self._came.put(_Silence()))
        try:
            while not isinstance(came := self._came.get(timeout=LAST_WORDS), _Silence):
                if isinstance(came, Told):
                    self._take_sound(came)
                else:
                    waiting.append(came)
        except queue.Empty:
            self.out(self.messages.say("! What was said last may be missing."))
        for came in waiting:
            self._came.put(came)

    def listen(self) -> None:
        """Open the ear by hand, with the customer's word, or close it."""
        self._tell(self._listener.turn())


def typed_lines() -> Iterator[str]:
    """Yield the lines of standard input as they come.

    Python's own file would be locked by the thread that waits in it when the program ends.
    """
    try:
        number = sys.stdin.fileno()
    except (UnsupportedOperation, AttributeError):
        yield from sys.stdin
        return
    decoder = codecs.getincrementaldecoder(sys.stdin.encoding or "utf-8")("replace")
    rest = ""
    while data := os.read(number, 4096):
        *lines, rest = (rest + decoder.decode(data)).split("\n")
        yield from lines
    if rest:
        yield rest
