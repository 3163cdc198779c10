"""Sound that another program writes, as it is handed on: samples without a header."""

import queue
from collections.abc import Iterator, Sequence
from contextlib import suppress

from callcoach.errors import Told
from callcoach.hearing.capture.resample import frames_of
from callcoach.hearing.capture.source import roles_of
from callcoach.hearing.capture.stream import Stream
from callcoach.hearing.sound import BYTES, Block, Piped
from callcoach.locale import mark

_MOST = 50
"""Pieces that wait to be heard; whoever feeds more waits."""
_JOINT = 0.001
"""Seconds: times that differ by less are the same; they have been through other clocks."""
_NAME = mark("standard input")


class PipedSource:
    """A pipe. It is fed by the thread that tells it what to do."""

    def __init__(self, piped: Piped) -> None:
        """Take what is said of it; raises `AudioError` where that cannot be."""
        self.roles = roles_of(piped.roles, piped.channels, Told(_NAME))
        self.names = (_NAME,) * piped.channels
        self._piped = piped
        self._is_held = False
        self._pieces: queue.Queue[Sequence[Block] | None] = queue.Queue(_MOST)
        self._rest = b""
        """Less than one sample of every channel."""
        self._begin(0.0)

    def open(self, at: float = 0.0) -> None:
        """Begin at a time."""
        self._begin(at)

    def _begin(self, at: float) -> None:
        self._stream = Stream(self._piped.rate, self._piped.channels, at)
        self._start = at
        self._frames = 0
        """Fed since then."""

    @property
    def at(self) -> float:
        """Return up to when sound was fed."""
        return self._start + self._frames / self._piped.rate

    def feed(self, pcm: bytes, at: float | None = None) -> None:
        """Take samples, any number of bytes; those of an unfinished one wait for the rest.

        `at` is when they were taken, where that is not just after those before. Waits where nobody
        hears what was fed before.
        """
        if at is not None and at > self.at + _JOINT:
            self._flush()
            self._rest = b""
            self._begin(at)
        data = self._rest + pcm
        whole = len(data) - len(data) % (BYTES * self._piped.channels)
        self._rest = data[whole:]
        frames = frames_of(data[:whole], self._piped.channels)
        self._frames += len(frames)
        if not self._is_held:
            self._put(self._stream.take(frames))

    def end(self) -> None:
        """Let nothing more come; what is on its way is given."""
        self._flush()
        self._pieces.put(None)

    def _flush(self) -> None:
        if not self._is_held:
            self._put(self._stream.finish())

    def _put(self, blocks: Iterator[Block]) -> None:
        if piece := tuple(blocks):
            self._pieces.put(piece)

    def __iter__(self) -> Iterator[Block]:
        """Yield what is fed, until the end."""
        while (piece := self._pieces.get()) is not None:
            yield from piece

    def pause(self) -> None:
        """Let go what is fed from now on."""
        self._flush()
        self._is_held = True

    def resume(self) -> None:
        """Take again what is fed."""
        if self._is_held:
            self._begin(self.at)
            self._is_held = False

    def close(self) -> None:
        """End the iteration; what waits is let go."""
        while True:
            try:
                self._pieces.put_nowait(None)
            except queue.Full:
                with suppress(queue.Empty):
                    self._pieces.get_nowait()
            else:
                return
