"""Copies of this process as workers: they begin with everything that it has made ready.

On Linux alone, and only while no other thread runs: a lock that one holds would stay locked in the
copy for ever, and libraries of other systems do not bear to be copied.
"""

import contextlib
import gc
import io
import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from callcoach.hearing.process.child import open_log
from callcoach.hearing.process.worker import FAILED

_LOOK = 0.01
"""Seconds between two looks whether a copy has ended."""


class Copy:
    """A copy of this process, as `Child` takes it."""

    def __init__(self, pid: int, stdin: io.FileIO, stdout: io.FileIO) -> None:
        self.pid, self.stdin, self.stdout = pid, stdin, stdout
        self._lock = threading.Lock()
        self._code: int | None = None

    def kill(self) -> None:
        """End it now; one that has ended already is left alone, as its number may be another's."""
        with self._lock:
            if self._look() is None:
                os.kill(self.pid, signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        """Return its exit code; negative: the signal that ended it. Raises `TimeoutExpired`."""
        until = math.inf if timeout is None else time.monotonic() + timeout
        while True:
            with self._lock:
                code = self._look()
            if code is not None:
                return code
            if time.monotonic() >= until:
                raise subprocess.TimeoutExpired("a copy of this process", timeout or 0.0)
            time.sleep(_LOOK)

    def _look(self) -> int | None:
        if self._code is None:
            found, status = os.waitpid(self.pid, os.WNOHANG)
            if found:
                self._code = os.waitstatus_to_exitcode(status)
        return self._code


def can_copy() -> bool:
    """Tell whether this process can be copied: on Linux, while it has one thread of any kind."""
    if sys.platform != "linux":
        return False
    try:
        return len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


def make_copies(count: int, run: Callable[[], None], log: Path | None) -> list[Copy]:
    """Return copies of this process, each of which runs `run`; see `worker.serve`.

    There are fewer where the system gives no more. What native code prints goes to the file `log`.
    """
    copies: list[Copy] = []
    sys.stdout.flush()
    sys.stderr.flush()
    gc.freeze()  # what is there is never looked through by the copies, so that they share it
    with contextlib.suppress(OSError):
        while len(copies) < count:
            copies.append(_copy(run, log))
    gc.unfreeze()
    return copies


def _copy(run: Callable[[], None], log: Path | None) -> Copy:
    given, giving = os.pipe()
    telling, told = os.pipe()
    errors = open_log(log)
    try:
        pid = os.fork()
    except OSError:
        os.close(giving)
        os.close(telling)
        raise
    else:
        if pid == 0:
            _become(run, given, told, errors)
        return Copy(pid, io.FileIO(giving, "w"), io.FileIO(telling))
    finally:
        for pipe in (given, told, errors):
            os.close(pipe)


def _become(run: Callable[[], None], given: int, told: int, errors: int) -> NoReturn:
    """Run a copy as a program that was started with these pipes, and holds no other open file."""
    try:
        os.setsid()  # out of reach of the keyboard
        for own, pipe in enumerate((given, told, errors)):
            os.dup2(pipe, own)
        for pipe in [int(it.name) for it in Path("/proc/self/fd").iterdir()]:
            if pipe > 2:
                with contextlib.suppress(OSError):  # that of the folder itself is closed by now
                    os.close(pipe)
        run()
    finally:
        os._exit(FAILED)
