"""What waits to be done by one thread, asked for by others; those wait while it is full."""

import threading
from collections import deque
from collections.abc import Callable

Act = Callable[[], None]


class Inbox:
    """A bounded queue of acts that never keeps a thread waiting once it is closed."""

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._changed = threading.Condition()
        self._acts: deque[Act] = deque()
        self._is_closed = False

    def put(self, act: Act, *, is_urgent: bool = False) -> None:
        """Let an act be done; wait while there is no room, unless it is urgent.

        It comes to nothing where the inbox is closed.
        """
        with self._changed:
            while not (is_urgent or self._is_closed or len(self._acts) < self._most):
                self._changed.wait()
            if not self._is_closed:
                self._acts.append(act)
                self._changed.notify_all()

    def take(self, wait: float) -> Act | None:
        """Return the next act; None where none comes within `wait` seconds."""
        with self._changed:
            if not self._acts and wait:
                self._changed.wait_for(lambda: self._acts, wait)
            if not self._acts:
                return None
            self._changed.notify_all()
            return self._acts.popleft()

    def close(self) -> None:
        """Take no more, and let nobody wait."""
        with self._changed:
            self._is_closed = True
            self._acts.clear()
            self._changed.notify_all()
