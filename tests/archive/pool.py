"""Child processes that cost milliseconds: forked from one process that is warmed up already."""

import os
import select
import signal
import socket
import subprocess
import sys
import time
from typing import Self

import msgspec

from tests.archive.support import BOUND


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What a child is to do."""

    task: str
    """The name of a function in `tests.archive.tasks`."""
    journal: str
    call: str = ""
    calls: int = 0
    """How many calls to write."""
    rescue: str = ""
    """The folder for rescue files; empty for none."""


class Report(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a child says."""

    shown: int = 0
    """So many events of its call were shown as saved."""
    rescued: int = 0
    """So many events were shown as safe in the rescue file."""
    calls: tuple[str, ...] = ()
    """The calls that it wrote to their end."""
    error: str = ""


class Child:
    """A process that carries out an order, seen from outside."""

    def __init__(self, pid: int, reports: int, orders: int) -> None:
        self.pid = pid
        self._reports = reports
        self._orders = orders
        self._buffer = b""
        self._is_killed = False

    def next(self) -> Report | None:
        """Return the next report; None where the child is dead. Waits no longer than the bound."""
        end = time.monotonic() + BOUND
        while b"\n" not in self._buffer:
            ready, _, _ = select.select([self._reports], [], [], max(end - time.monotonic(), 0))
            assert ready, f"the child {self.pid} said nothing for {BOUND} s"
            read = os.read(self._reports, 1 << 16)
            if not read:
                return None
            self._buffer += read
        line, _, self._buffer = self._buffer.partition(b"\n")
        report = msgspec.json.decode(line, type=Report)
        assert not report.error, report.error
        return report

    def expect(self) -> Report:
        """Return the next report of a child that must be alive."""
        report = self.next()
        assert report is not None, f"the child {self.pid} died"
        return report

    def rest(self) -> list[Report]:
        """Return all further reports of a child that was killed; it is dead when this returns."""
        found: list[Report] = []
        while (report := self.next()) is not None:
            found.append(report)
        return found

    def go_on(self) -> None:
        """Let a child that waits for it go on."""
        os.write(self._orders, b"!")

    def kill(self) -> None:
        """Kill the child as by `kill -9`; before that it lives, so that its number is its own."""
        if not self._is_killed:
            os.kill(self.pid, signal.SIGKILL)
        self._is_killed = True

    def forget(self) -> None:
        """Kill the child, if need be, and close what leads to it."""
        self.kill()
        os.close(self._reports)
        os.close(self._orders)


class Pool:
    """The warmed-up process."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", __name__, str(theirs.fileno())]
        path = os.pathsep.join(folder for folder in sys.path if folder)
        self._server = subprocess.Popen(
            command, pass_fds=(theirs.fileno(),), env={**os.environ, "PYTHONPATH": path}
        )
        theirs.close()
        self._line = ours
        self._line.settimeout(BOUND)
        self._children: list[Child] = []
        assert self._line.recv(1) == b"!", "the pool did not start"

    def start(self, order: Order) -> Child:
        """Return a child that carries an order out."""
        reports, their_reports = os.pipe()
        their_orders, orders = os.pipe()
        line = msgspec.json.encode(order)
        socket.send_fds(self._line, [line], [their_reports, their_orders])
        os.close(their_reports)
        os.close(their_orders)
        child = Child(int.from_bytes(self._line.recv(4)), reports, orders)
        self._children.append(child)
        return child

    def clear(self) -> None:
        """Kill the children that are left."""
        for child in self._children:
            child.forget()
        self._children = []

    def close(self) -> None:
        """Kill the children and end the process."""
        self.clear()
        self._line.close()
        self._server.wait(BOUND)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Line:
    """A child's line to the one who started it."""

    def __init__(self, reports: int, orders: int) -> None:
        self._reports = reports
        self._orders = orders

    def say(self, report: Report) -> None:
        """Report; whoever reads it gets it even if this process dies right after."""
        os.write(self._reports, msgspec.json.encode(report) + b"\n")

    def wait(self) -> None:
        """Wait until told to go on; a process whose starter is gone ends here."""
        if not os.read(self._orders, 1):
            os._exit(0)


def serve(number: int) -> None:
    """Fork a child for every order that comes in, until the other end is closed."""
    from tests.archive.tasks import run  # tasks import this module

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(fileno=number) as line:
        line.send(b"!")
        while True:
            data, numbers, _, _ = socket.recv_fds(line, 1 << 16, 2)
            if not data:
                return
            pid = os.fork()
            if pid == 0:
                line.close()
                run(msgspec.json.decode(data, type=Order), Line(*numbers))
            for handle in numbers:
                os.close(handle)
            line.send(pid.to_bytes(4))


if __name__ == "__main__":
    serve(int(sys.argv[1]))
