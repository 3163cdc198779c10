"""Takes the sound of one source and tells it: blocks, how loud they are, and what goes wrong."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from callcoach.errors import AudioError
from callcoach.hearing.capture.levels import Meter
from callcoach.hearing.capture.messages import ANSWER, Keep, Open
from callcoach.hearing.capture.source import Fed, Source, missing
from callcoach.hearing.process.worker import Tell
from callcoach.hearing.signs import Opened, Over, Trouble, troubled_by
from callcoach.hearing.sound import Block, Piped, Recording, Wanted
from callcoach.script.model import Speaker

if TYPE_CHECKING:
    from callcoach.hearing.capture.keep import Keeper

_GRACE = 0.8
"""Seconds that closing may take; the process ends a little later whatever happens."""


class Taking:
    """A source that is open. One thread orders, another one tells until the sound is over."""

    def __init__(self, order: Open, tell: Tell, keep: Keep | None) -> None:
        """Do as ordered; raises `AudioError` where that cannot be."""
        self.keep = keep
        """What is to be kept; it may change while sound is taken."""
        self._tell = tell
        self._has_end = isinstance(order.wanted, Recording | Piped)
        self._keeper: Keeper | None = None
        self._is_closed = False
        self._source = source_of(order.wanted, order.answer)
        self._source.open(order.at)
        self._meters = [Meter(channel) for channel in range(len(self._source.roles))]
        self._tell_opened(order.at)
        self._thread = threading.Thread(target=self._take, args=(order.at,), daemon=True)
        self._thread.start()

    def pause(self) -> None:
        """Take no more sound."""
        self._source.pause()

    def resume(self) -> None:
        """Take sound again. Raises `AudioError` where there is none any more."""
        self._source.resume()
        self._tell_opened(self._source.at)

    def feed(self, pcm: bytes, at: float) -> None:
        """Hand sound to a source that is fed."""
        if isinstance(self._source, Fed):
            self._source.feed(pcm, at)

    def end_feed(self) -> None:
        """Let a source that is fed end."""
        if isinstance(self._source, Fed):
            self._source.end()

    def close(self) -> None:
        """Close the source, and what is kept."""
        self._is_closed = True
        self._source.close()
        self._thread.join(_GRACE)

    def _tell_opened(self, at: float) -> None:
        self._tell(Opened(self._source.roles, self._source.names, at))

    def _take(self, at: float) -> None:
        """Tell everything until the end, of which `at` is the earliest."""
        try:
            for taken in self._source:
                self._tell(taken)
                if isinstance(taken, Block):
                    at = max(at, taken.end)
                    self._measure(taken)
                    self._write(taken)
        except AudioError as error:
            self._tell(troubled_by(error))
        except BrokenPipeError:
            self._is_closed = True  # nobody listens any more
        finally:
            self._finish_keeping()
        if self._has_end and not self._is_closed:
            self._tell(Over(at))

    def _measure(self, block: Block) -> None:
        if level := self._meters[block.channel].take(block):
            self._tell(level)

    def _write(self, block: Block) -> None:
        if self.keep is None:
            return
        try:
            if self._keeper is None:
                self._keeper = _keeper(self.keep, self._source.roles)
            self._keeper.take(block)
        except AudioError as error:
            self.keep = self._keeper = None
            self._tell(troubled_by(error, Trouble.UNKEPT))

    def _finish_keeping(self) -> None:
        if self._keeper is not None:
            try:
                self._keeper.close()
            except AudioError as error:
                self._tell(troubled_by(error, Trouble.UNKEPT))


def _keeper(keep: Keep, roles: tuple[Speaker, ...]) -> "Keeper":
    """Return what writes the sound; raises `AudioError`."""
    try:
        # It needs soundfile, and devices do not.
        from callcoach.hearing.capture.keep import Keeper
    except ImportError as error:
        raise missing(error) from error
    return Keeper(Path(keep.folder), keep.format, roles)


def source_of(wanted: Wanted, answer: float = ANSWER) -> Source:
    """Return the source of what is wanted; `answer`: how long a library of devices may take.

    Raises `AudioError` where it cannot be made, `ImportError` where a library is missing.
    """
    # Each kind needs other libraries, and one that is missing must not hinder the others.
    match wanted:
        case Recording():
            from callcoach.hearing.capture.files import FileSource

            return FileSource(wanted)
        case Piped():
            from callcoach.hearing.capture.piped import PipedSource

            return PipedSource(wanted)
        case _:
            from callcoach.hearing.capture.devices import Devices, Patience

            return Devices(wanted, Patience(answer=answer))
