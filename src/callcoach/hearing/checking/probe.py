"""Tells how loud a device is, for a user who chooses one; nothing of its sound comes here."""

from collections.abc import Callable

from callcoach.hearing.capture.messages import PROGRAM, Open, Report
from callcoach.hearing.process.child import Child, Ended
from callcoach.hearing.signs import Level, Trouble, Troubled
from callcoach.hearing.sound import Block, Device

Shown = Level | Troubled
"""What is told: a level ten times a second, or why there is none."""


class Probe:
    """Listens to one device until it is closed."""

    def __init__(self, device: Device, tell: Callable[[Shown], object]) -> None:
        """Open a device; `tell` is called from another thread. Raises `OSError`."""
        self._tell = tell
        self._is_closed = False
        self._child = Child[Report](PROGRAM, Report, self._receive)
        self._child.send(Open((device,)))

    def _receive(self, report: Report | Ended) -> None:
        if self._is_closed or isinstance(report, Block):
            return
        if isinstance(report, Ended):
            self._tell(Troubled(Trouble.FAILED))
        elif isinstance(report, (Level, Troubled)):
            self._tell(report)

    def close(self) -> None:
        """Close the device."""
        self._is_closed = True
        self._child.close()
