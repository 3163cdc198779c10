"""Cuts sound into pieces of one length, whatever it comes in: so results do not depend on that."""

from collections.abc import Iterator

from callcoach.hearing.sound import BYTES


class Cutter:
    """Cuts one stream, 16 bit, one channel."""

    def __init__(self, seconds: float, rate: int) -> None:
        """Make pieces of so many seconds."""
        self._size = BYTES * int(rate * seconds)
        self._rest = b""

    def cut(self, pcm: bytes) -> Iterator[bytes]:
        """Yield the pieces that are whole now; the rest waits, an odd byte too."""
        data = self._rest + pcm
        whole = len(data) - len(data) % self._size
        self._rest = data[whole:]
        for begin in range(0, whole, self._size):
            yield data[begin : begin + self._size]

    def finish(self) -> Iterator[bytes]:
        """Yield the samples that wait, if any, as a shorter piece; half a one goes on waiting."""
        whole = len(self._rest) - len(self._rest) % BYTES
        last, self._rest = self._rest[:whole], self._rest[whole:]
        if last:
            yield last
