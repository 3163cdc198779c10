"""A library of sound that ends this process where it does not answer: the ear starts another.

A thread that hangs in native code cannot be ended. Every call of the library has its own time, so
that an opening of several devices may be slow, as long as each call comes back.
"""

import contextlib
import faulthandler
from collections.abc import Callable, Iterator, Sequence

from callcoach.hearing.capture.host import Host, Input, Stream, Take


def load_answering(load: Callable[[str], Host], seconds: float) -> Callable[[str], Host]:
    """Return what loads libraries of which every call, and loading too, ends within `seconds`."""

    def load_bounded(library: str) -> Host:
        with _bounded(seconds):
            return _Answering(load(library), seconds)

    return load_bounded


class _Answering:
    """A `Host`. It is called by one thread at a time: the bound is the process's only one."""

    def __init__(self, host: Host, seconds: float) -> None:
        self._host, self._seconds = host, seconds

    def inputs(self) -> Sequence[Input]:
        with _bounded(self._seconds):
            return self._host.inputs()

    def open_input(self, device: Input, channels: int, take: Take) -> Stream:
        with _bounded(self._seconds):
            return _Closing(self._host.open_input(device, channels, take), self._seconds)

    def read_anew(self) -> None:
        with _bounded(self._seconds):
            self._host.read_anew()


class _Closing:
    """A `Stream`."""

    def __init__(self, stream: Stream, seconds: float) -> None:
        self._stream, self._seconds = stream, seconds

    def close(self) -> None:
        with _bounded(self._seconds):
            self._stream.close()


@contextlib.contextmanager
def _bounded(seconds: float) -> Iterator[None]:
    """End this process, with where it hangs in its log, if the block takes longer."""
    faulthandler.dump_traceback_later(seconds, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
