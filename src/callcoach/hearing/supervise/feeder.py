"""Reads the samples that another program writes, as fast as they are heard."""

import threading
from collections.abc import Callable

from callcoach.hearing.capture.messages import Feed
from callcoach.hearing.sound import BYTES, Piped

Read = Callable[[int], bytes]
"""Returns up to so many bytes, at least one but at the end."""
_AHEAD = 2.0
"""Seconds that are read before what came earlier is heard."""
_AT_LEAST = 0.02
"""Seconds that are passed on at a time."""
_AT_MOST = 0.1


class Feeder(threading.Thread):
    """Passes samples on, in whole ones and with their times, until the end or `stop`.

    Where nothing comes it waits in `read`, which only the other program ends.
    """

    def __init__(
        self,
        piped: Piped,
        read: Read,
        feed: Callable[[Feed, float], None],
        end: Callable[[], None],
    ) -> None:
        """`feed` gets samples and when they end."""
        super().__init__(name="feeder", daemon=True)
        self._whole = BYTES * piped.channels
        self._second = self._whole * piped.rate
        self._read = read
        self._feed = feed
        self._end = end
        self._changed = threading.Condition()
        self._heard = 0.0
        self._is_stopped = False

    def heard(self, at: float) -> None:
        """Note that nothing before `at` waits any more."""
        with self._changed:
            self._heard = max(self._heard, at)
            self._changed.notify_all()

    def stop(self) -> None:
        """Pass on nothing more."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()

    def run(self) -> None:
        """Read until the end."""
        passed = 0
        rest = b""
        while piece := self._read(int(self._second * _AT_MOST)):
            rest += piece
            if len(rest) >= self._second * _AT_LEAST:
                if not self._wait(passed / self._second):
                    return
                passed += self._pass(passed, rest)
                rest = rest[len(rest) - len(rest) % self._whole :]
        self._pass(passed, rest)
        self._end()

    def _pass(self, passed: int, pcm: bytes) -> int:
        """Pass whole samples on, after so many bytes; return how many bytes they are."""
        whole = len(pcm) - len(pcm) % self._whole
        if whole:
            at, end = passed / self._second, (passed + whole) / self._second
            self._feed(Feed(at, pcm[:whole]), end)
        return whole

    def _wait(self, at: float) -> bool:
        """Wait until sound of a time may be passed on; tells whether it still is wanted."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopped or at - self._heard <= _AHEAD)
            return not self._is_stopped
