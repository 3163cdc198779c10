"""The parent's side of a supervised process: starts it, talks to it, tells when it is gone."""

import contextlib
import io
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import UnionType
from typing import IO, Generic, Protocol, TypeVar, cast

import msgspec

from callcoach.hearing.process.frames import BrokenFrame, framed, read_frame

_MOST_WAITING = 1024
"""Messages on their way to a child; more are not taken."""
_MOST_LOG = 1 << 20
_LAST_WORDS = 2.0
"""Seconds that a child has to end after it has closed its pipe."""

if sys.platform == "win32":
    _FLAGS = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
else:
    _FLAGS = 0

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Ended:
    """The child is gone."""

    code: int
    """Its exit code; negative: the signal that ended it."""
    is_broken: bool = False
    """It sent what is no message, and was ended."""


class Running(Protocol):
    """A process with pipes, as `subprocess.Popen` has it."""

    @property
    def pid(self) -> int:
        """Return its number."""
        ...

    @property
    def stdin(self) -> IO[bytes] | None:
        """Return the pipe of what is sent to it, without a buffer."""
        ...

    @property
    def stdout(self) -> IO[bytes] | None:
        """Return the pipe of what it sends."""
        ...

    def kill(self) -> None:
        """End it now."""
        ...

    def wait(self, timeout: float | None = None) -> int:
        """Return its exit code. Raises `subprocess.TimeoutExpired`."""
        ...


class Child(Generic[R]):
    """One running worker; `R` is what it reports.

    It ends with this process; on Linux, with the thread that made it.
    """

    def __init__(
        self,
        program: str,
        report: type[R] | UnionType,
        receive: Callable[[R | Ended], None],
        log: Path | None = None,
        process: Running | None = None,
    ) -> None:
        """Start the module `program`; raises `OSError` where that is impossible.

        Where it runs already, `process` is given.

        `receive` is called from one thread, and may wait: the child then waits too. The last that
        it gets is `Ended`. What native code prints goes to the file `log`.
        """
        self._receive = receive
        self._decoder = msgspec.msgpack.Decoder(report)
        self._encode = msgspec.msgpack.Encoder().encode
        self._outgoing: queue.Queue[bytes | None] = queue.Queue(_MOST_WAITING)
        self._heard = time.monotonic()
        self._is_receiving = False
        self.has_begun = False
        """It has given a sign of life."""
        self._process: Running = process or _start(program, log)
        threading.Thread(target=self._write, name=f"to {program}", daemon=True).start()
        threading.Thread(target=self._read, name=f"from {program}", daemon=True).start()

    @property
    def id(self) -> int:
        """Return the number of the process."""
        return self._process.pid

    @property
    def silence(self) -> float:
        """Return for how many seconds it has given no sign of life while it could."""
        return 0.0 if self._is_receiving else time.monotonic() - self._heard

    def send(self, message: msgspec.Struct) -> bool:
        """Send an order. Returns False where too many are on their way: nothing is sent then."""
        try:
            self._outgoing.put_nowait(framed(self._encode(message)))
        except queue.Full:
            return False
        return True

    def close(self) -> None:
        """Send no more: the child ends when it has done what it was asked, or within a second."""
        try:
            self._outgoing.put_nowait(None)
        except queue.Full:
            self.kill()

    def kill(self) -> None:
        """End the child now, even one that hangs."""
        self._process.kill()

    def _write(self) -> None:
        pipe = cast("io.FileIO", self._process.stdin)
        try:
            while (message := self._outgoing.get()) is not None:
                rest = memoryview(message)
                while rest:
                    rest = rest[pipe.write(rest) :]
        except OSError:
            pass  # it is gone, which the other thread tells
        finally:
            pipe.close()

    def _read(self) -> None:
        is_broken = False
        with io.BufferedReader(cast("io.FileIO", self._process.stdout)) as incoming:
            try:
                while (message := read_frame(incoming.read1)) is not None:
                    self._heard = time.monotonic()
                    self.has_begun = True
                    if message:
                        self._pass(self._decoder.decode(message))
            except (BrokenFrame, msgspec.DecodeError):
                is_broken = True
                self.kill()
        try:
            code = self._process.wait(_LAST_WORDS)
        except subprocess.TimeoutExpired:
            self.kill()
            code = self._process.wait()
        self._unblock_writer()
        self._receive(Ended(code, is_broken))

    def _pass(self, report: R) -> None:
        self._is_receiving = True
        self._receive(report)
        self._heard = time.monotonic()
        self._is_receiving = False

    def _unblock_writer(self) -> None:
        """Let the writing thread end: it waits for a message, or finds its pipe broken."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._outgoing.get_nowait()
        with contextlib.suppress(queue.Full):
            self._outgoing.put_nowait(None)


def _start(program: str, log: Path | None) -> "subprocess.Popen[bytes]":
    """Return a new process of this Python, with the same path, out of reach of the keyboard."""
    words = [sys.executable, "-P", "-m", program]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    errors = open_log(log)
    try:
        return subprocess.Popen(  # noqa: S603 (a program of ours)
            words,
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environment,
            start_new_session=True,
            creationflags=_FLAGS,
        )
    finally:
        os.close(errors)


def open_log(log: Path | None) -> int:
    """Return a file to append to, for the owner's eyes only; a long one begins anew."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    errors = os.open(log or os.devnull, flags, 0o600)
    if log and os.fstat(errors).st_size > _MOST_LOG:
        os.ftruncate(errors, 0)
    return errors
