"""Sound from a file: as fast as it can be read, or at real speed as if it were a microphone."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from callcoach.errors import AudioError
from callcoach.hearing.capture.soundfiles import SoundReader
from callcoach.hearing.capture.source import Holds, roles_of
from callcoach.hearing.capture.stream import Stream
from callcoach.hearing.sound import BLOCK, Block, Recording
from callcoach.script.model import Speaker

_PIECE = 0.5
"""Seconds read at a time where nobody waits for them."""


class FileSource:
    """A file. Played at a speed, what passes in a pause is let go; otherwise it waits."""

    def __init__(
        self,
        recording: Recording,
        now: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        """Take a clock, and what waits for it; by default it does so until `close`."""
        self._recording = recording
        self._now = now
        self._closed = threading.Event()
        self._wait = wait or self._closed.wait
        self._going = threading.Event()
        self._going.set()
        self._holds = Holds()
        self._started = 0.0
        """By the clock."""
        self._from = 0.0
        """In the file."""
        self._until = 0.0
        """Up to where it was read."""
        self.roles: tuple[Speaker, ...] = ()
        self.names: tuple[str, ...] = ()

    @property
    def at(self) -> float:
        """Return how far the file has been played, in its own seconds."""
        if not self._recording.speed:
            return self._until
        return self._from + (self._now() - self._started) * self._recording.speed

    def open(self, at: float = 0.0) -> None:
        """Open the file and go to a time; raises `AudioError`."""
        self._sound = open_recording(self._recording)
        self._sound.skip(at)
        self.roles = recorded_roles(self._recording, self._sound.channels)
        self.names = (Path(self._recording.path).name,) * self._sound.channels
        self._from, self._until, self._started = at, at, self._now()

    def __iter__(self) -> Iterator[Block]:
        """Yield its blocks; raises `AudioError` where the file breaks off."""
        is_paced = self._recording.speed > 0
        with self._sound as sound:
            for until, blocks in _read(sound, self._from, BLOCK if is_paced else _PIECE):
                if is_paced:
                    self._wait(max(0.0, until - self.at) / self._recording.speed)
                else:
                    self._going.wait()
                if self._closed.is_set():
                    return
                self._until = until
                for block in blocks:
                    yield from self._holds.let_through(block)

    def pause(self) -> None:
        """Let go what passes from now on; where nothing passes by itself, stop."""
        if self._recording.speed:
            self._holds.begin(self.at)
        self._going.clear()

    def resume(self) -> None:
        """Go on."""
        self._holds.end(self.at)
        self._going.set()

    def close(self) -> None:
        """End the iteration."""
        self._closed.set()
        self._going.set()


def read_recording(recording: Recording) -> Iterator[Block]:
    """Yield the sound of a file as fast as it can be read, whatever its length.

    Raises `AudioError`; where the file breaks off, after what there is of it.
    """
    with open_recording(recording) as sound:
        for _, blocks in _read(sound, 0.0, _PIECE):
            yield from blocks


def open_recording(recording: Recording) -> SoundReader:
    """Open a file; raises `AudioError`, also where its channels are not those that are named."""
    channels = len(recording.roles) or 1
    sound = SoundReader(Path(recording.path), recording.rate, channels)
    try:
        recorded_roles(recording, sound.channels)
    except AudioError:
        sound.close()
        raise
    return sound


def recorded_roles(recording: Recording, channels: int) -> tuple[Speaker, ...]:
    """Return whose voice each channel of a file is; raises `AudioError` where that is not said."""
    return roles_of(recording.roles, channels, recording.path)


def _read(sound: SoundReader, at: float, piece: float) -> Iterator[tuple[float, Sequence[Block]]]:
    """Yield a file's blocks, and up to when it was read for them.

    Raises `AudioError` where the file breaks off, after what there is of it.
    """
    stream = Stream(sound.rate, sound.channels, at)
    frames = 0
    broken = None
    try:
        for read in sound.pieces(piece):
            frames += len(read)
            yield at + frames / sound.rate, tuple(stream.take(read))
    except AudioError as error:
        broken = error
    yield at + frames / sound.rate, tuple(stream.finish())
    if broken is not None:
        raise broken
