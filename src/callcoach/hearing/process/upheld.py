"""A child that is started again when it dies or hangs."""

from collections.abc import Callable
from pathlib import Path
from types import UnionType
from typing import Generic, TypeVar

import msgspec

from callcoach.hearing.process.child import Child, Ended

_QUICK = 3
"""Times that it is started again at once; then it is no accident."""
_SOON = 0.0
_LATER = 5.0
_FIRST_SIGN = 30.0
"""Seconds that a child may take to give its first sign of life, on a busy machine."""

R = TypeVar("R")


class Upheld(Generic[R]):
    """One worker at a time. It belongs to one thread, which lives at least as long.

    Every time is by the same clock, in seconds.
    """

    def __init__(
        self,
        program: str,
        report: type[R] | UnionType,
        receive: Callable[[int, R | Ended], None],
        log: Path | None = None,
        patience: float = 2.0,
    ) -> None:
        """Start nothing yet.

        `receive` gets the number of the child, counted from 1, and what it reports; it is called
        from threads of the children. One that gives no sign of life for `patience` seconds hangs.
        """
        self._program = program
        self._report = report
        self._receive = receive
        self._log = log
        self._patience = patience
        self._child: Child[R] | None = None
        self._due: float | None = None
        self.number = 0
        """Of the child that runs now, or ran last."""
        self.failures = 0
        """Children in a row that died before they were of use."""

    @property
    def id(self) -> int | None:
        """Return the number of the process; None where none runs."""
        return self._child.id if self._child else None

    @property
    def has_begun(self) -> bool:
        """Tell whether the child has given a sign of life: what it is sent, it gets at once."""
        return self._child is not None and self._child.has_begun

    @property
    def is_running(self) -> bool:
        """Tell whether there is a child to talk to."""
        return self._child is not None

    def start(self, now: float) -> bool:
        """Start a child; tells whether it runs. Where it does not, another is due later."""
        self.number += 1
        number = self.number
        try:
            self._child = Child(
                self._program,
                self._report,
                lambda report: self._receive(number, report),
                self._log,
            )
        except OSError:
            self.lose(now)
            return False
        self._due = None
        return True

    def is_due(self, now: float) -> bool:
        """Tell whether it is time to start another."""
        return self._due is not None and now >= self._due

    def hangs(self) -> bool:
        """Tell whether the child has given no sign of life for too long."""
        if not self._child:
            return False
        return self._child.silence > (self._patience if self._child.has_begun else _FIRST_SIGN)

    def send(self, message: msgspec.Struct) -> bool:
        """Send an order; tells whether it is on its way."""
        return self._child is not None and self._child.send(message)

    def lose(self, now: float) -> None:
        """End the child, if it still runs, and let another be due."""
        self.stop()
        self._due = now + (_SOON if self.failures < _QUICK else _LATER)
        self.failures += 1

    def serves(self) -> None:
        """Note that the child is of use: the next is started at once."""
        self.failures = 0

    def close(self) -> None:
        """Let the child end in its own time; no other is due."""
        self._due = None
        if self._child:
            self._child.close()

    def stop(self) -> None:
        """End the child now; no other is due, and what it still says is of no interest."""
        self._due = None
        if self._child:
            self._child.kill()
            self._child = None
