"""Sound from microphones and from what this machine plays, one voice a device or a channel of it.

A device that falls silent or is unplugged is asked for again by its name every few seconds; what
the others give goes on meanwhile.
"""

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from callcoach.errors import AudioError
from callcoach.hearing.capture.answering import load_answering
from callcoach.hearing.capture.device_list import Found, Listing, libraries
from callcoach.hearing.capture.host import Host
from callcoach.hearing.capture.jack import Jack, jacks_of
from callcoach.hearing.capture.load import load_host
from callcoach.hearing.capture.messages import ANSWER
from callcoach.hearing.capture.seek import find_inputs, matches
from callcoach.hearing.capture.tap import Piece, Tap
from callcoach.hearing.signs import Troubled
from callcoach.hearing.sound import Block, Device
from callcoach.script.model import Speaker

_MOST = 256
"""Pieces that wait: some five seconds of two devices. The oldest are let go, and it is told."""
_TICK = 0.25
"""Seconds between two looks at whether all devices give sound."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a device may give nothing, in seconds."""

    first: float = 5.0
    """At its beginning: a headset without a wire takes a while."""
    next: float = 2.0
    mute: float = 10.0
    """Digital silence from a microphone."""
    again: float = 5.0
    """Between two times that it is asked for again."""
    answer: float = ANSWER
    """For one call of a library, after which this process ends."""


class Devices:
    """The sound of one or more devices; a `Source`."""

    def __init__(
        self,
        wanted: Sequence[Device],
        patience: Patience | None = None,
        load: Callable[[str], Host] = load_host,
        make: Callable[[Sequence[str]], Listing] = Listing,
    ) -> None:
        """Take devices, one a channel, in order."""
        self._wanted = tuple(wanted)
        self._patience = patience or Patience()
        self._load = load_answering(load, self._patience.answer)
        self._make = make
        self._jacks = jacks_of(wanted, self._patience.mute)
        self._lock = threading.Lock()
        """Held while devices are opened and closed."""
        self._pieces: queue.Queue[tuple[Jack, Piece]] = queue.Queue(_MOST)
        self._began = 0.0
        self._is_paused = self._is_over = False
        self._looked = self._asked = 0.0
        """When it was seen to it that all give sound, and when one was asked for again."""
        self._listing: Listing | None = None

    @property
    def roles(self) -> tuple[Speaker, ...]:
        """Return whose voice each channel is."""
        return tuple(device.role for device in self._wanted)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the device of each channel, by the name that it is listed under."""
        named = {it.channel: jack.name for jack in self._jacks for it in jack.voices}
        return tuple(named[channel] for channel in sorted(named))

    @property
    def at(self) -> float:
        """Return what time it is."""
        return time.monotonic() - self._began

    def open(self, at: float = 0.0) -> None:
        """Open all; one that cannot be opened is lost.

        Raises `AudioError` where none can and the call begins; within a call, they are waited for.
        """
        self._began = time.monotonic() - at
        with self._lock:
            errors = self._open(self._jacks)
        if len(errors) == len(self._jacks) and not at:
            raise errors[0]

    def pause(self) -> None:
        """Close all: their lights go out. What was taken until now is still given."""
        self._is_paused = True
        with self._lock:
            self._close(self._jacks)

    def resume(self) -> None:
        """Open all again; one that cannot be opened is lost."""
        with self._lock:
            self._is_paused = False
            self._open(self._jacks)

    def close(self) -> None:
        """Close all, and end the iteration."""
        self._is_over = True
        self.pause()

    def __iter__(self) -> Iterator[Block | Troubled]:
        """Yield what is taken, and what is amiss, until `close`."""
        while not self._is_over:
            if time.monotonic() - self._looked > _TICK:
                yield from self._look_after()
                self._looked = time.monotonic()
            try:
                jack, piece = self._pieces.get(timeout=_TICK)
            except queue.Empty:
                continue
            for voice, given in zip(jack.voices, piece.tap.blocks(piece), strict=True):
                yield from voice.hear(given, piece.tap, jack.name)

    def _look_after(self) -> Iterator[Troubled]:
        """Give up the devices that give nothing, and ask for those again that are not open."""
        now = time.monotonic()
        if all(jack.tap is not None and not self._is_still(jack.tap, now) for jack in self._jacks):
            return
        with self._lock:
            if self._is_paused:
                return
            for jack in self._jacks:
                if jack.tap is not None and self._is_still(jack.tap, now):
                    jack.close()
                    jack.trouble = AudioError(
                        "“{name}” gives no sound",
                        "plug it in, or choose another: callcoach doctor audio",
                        name=jack.name,
                    )
            closed = [jack for jack in self._jacks if jack.tap is None]
            with contextlib.suppress(AudioError):  # no process can be started; later, maybe
                self._ask_again(closed, now)
        for jack in closed:
            yield from jack.lose(self.at)

    def _is_still(self, tap: Tap, now: float) -> bool:
        if tap.arrived is None:
            return now - tap.opened > self._patience.first
        return now - tap.arrived > self._patience.next

    def _ask_again(self, closed: Sequence[Jack], now: float) -> None:
        """Have the devices listed, or, when that is done, open those that are there again."""
        if self._listing is None:
            if now - self._asked > self._patience.again:
                self._asked = now
                self._listing = self._make(libraries())
        elif self._listing.is_done:
            found = self._listing.wait()
            self._listing = None
            for one in found:
                there = [it for it in closed if list(matches(it.device, one.devices))]
                if there:
                    self._mend(one, there)

    def _mend(self, found: Found, there: Sequence[Jack]) -> None:
        """Open devices again that a library has, as another process found.

        PortAudio has to end and begin for that where its list is old, which takes 0.1 s of what
        the others give.
        """
        host = self._load(found.library)
        others = [it for it in self._jacks if it.tap is not None and it.library == found.library]
        if not others or {it.listed for it in host.inputs()} != set(found.devices):
            self._close(others)
            host.read_anew()
        self._open([*others, *there], joins=True)

    def _open(self, jacks: Sequence[Jack], joins: bool = False) -> Sequence[AudioError]:
        """Open devices; return what is amiss with those that could not be."""
        errors = []
        for jack in jacks:
            if jack.tap is None:
                try:
                    self._open_one(jack, joins)
                except AudioError as error:
                    jack.trouble = error
                    errors.append(error)
        return errors

    def _open_one(self, jack: Jack, joins: bool) -> None:
        def put(piece: Piece) -> None:
            if not self._is_paused:
                _put(self._pieces, (jack, piece))

        refused: AudioError | None = None
        for library, host, found in find_inputs(jack.device, self._load):
            try:
                tap = Tap(found.listed.rate, jack.places, self._began, put, joins)
                tap.connect(host.open_input(found, tap.channels, tap.take))
            except AudioError as error:
                refused = refused or error
                continue
            jack.tap, jack.library, jack.name = tap, library, found.listed.name
            return
        if refused is not None:
            raise refused

    def _close(self, jacks: Sequence[Jack]) -> None:
        for jack in jacks:
            jack.close()


def _put(pieces: "queue.Queue[tuple[Jack, Piece]]", piece: tuple[Jack, Piece]) -> None:
    """Let a piece wait, instead of the oldest where too many do."""
    while True:
        try:
            return pieces.put_nowait(piece)
        except queue.Full:
            with contextlib.suppress(queue.Empty):
                pieces.get_nowait()
