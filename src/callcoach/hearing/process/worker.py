"""The child's side of a supervised process: orders come in, reports go out, nothing outlives it.

The program of a worker ends with::

    if __name__ == "__main__":
        serve(work, Order)

where `work(orders, tell)` takes `orders` until they are over and calls `tell`, from any thread.
"""

import ctypes
import faulthandler
import os
import signal
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable
from types import UnionType
from typing import Generic, NoReturn, TypeVar

import msgspec

from callcoach.hearing.process.frames import BrokenFrame, framed, read_frame

BEAT = 0.25
"""Seconds between two signs of life."""
_GRACE = 1.0
"""Seconds that a worker has to end when the orders are over."""
_MOST_LOG = 1 << 20
"""Bytes of what native libraries write before it is thrown away."""
_PR_SET_PDEATHSIG = 1
FAILED = 70
"""Exit code of a worker that raised an error, as sysexits.h has it."""

Order = TypeVar("Order")
Tell = Callable[[msgspec.Struct], None]
"""Sends a report; any thread may call it. Waits while the other side does not read."""


class Orders(Generic[Order]):
    """What the other side asks for, in order."""

    def __init__(self) -> None:
        self._came = threading.Condition()
        self._waiting: deque[Order] = deque()
        self._is_closed = False
        self._asked: float | None = None
        """When somebody asked for an order and was answered; None while one is waited for."""

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more comes: finish within a second."""
        with self._came:
            return self._is_closed and not self._waiting

    @property
    def idle(self) -> float:
        """Return for how many seconds nobody has asked for an order."""
        asked = self._asked
        return 0.0 if asked is None else time.monotonic() - asked

    def take(self, wait: float | None = 0.0) -> Order | None:
        """Return the next order; None where none comes within `wait` seconds, or ever.

        A `wait` of None waits until one comes or the orders are over.
        """
        with self._came:
            self._asked = None
            self._came.wait_for(lambda: self._waiting or self._is_closed, wait)
            self._asked = time.monotonic()
            return self._waiting.popleft() if self._waiting else None

    def put(self, order: Order) -> None:
        """Let an order be taken."""
        with self._came:
            self._waiting.append(order)
            self._came.notify_all()

    def close(self) -> None:
        """Let nothing more come."""
        with self._came:
            self._is_closed = True
            self._came.notify_all()


def serve(
    work: Callable[[Orders[Order], Tell], None],
    order: type[Order] | UnionType,
    stuck_after: float | None = None,
) -> None:
    """Run a worker until it is done or nobody wants it, and end the process.

    `order` is the type of its orders. A worker that does not take orders for `stuck_after` seconds
    gives no more signs of life, and the other side ends it.
    """
    given, told = _guard_pipes()
    _die_with_parent()
    orders: Orders[Order] = Orders()
    lock = threading.Lock()

    def write(message: bytes) -> None:
        data = memoryview(framed(message))
        with lock:
            while data:
                data = data[os.write(told, data) :]

    encode = msgspec.msgpack.Encoder().encode
    decoder = msgspec.msgpack.Decoder(order)
    for target in (
        lambda: _read(given, decoder, orders),
        lambda: _beat(write, orders, stuck_after),
    ):
        threading.Thread(target=target, daemon=True).start()
    threading.excepthook = lambda args: _end(args.exc_value)
    try:
        work(orders, lambda report: write(encode(report)))
    except Exception as error:  # noqa: BLE001 (the boundary of the process)
        _end(error)
    _end(None)


def _end(error: BaseException | None) -> NoReturn:
    """End the process, and say where an error was raised; its message may hold what was said."""
    if error is not None and not isinstance(error, BrokenPipeError):
        traceback.print_tb(error.__traceback__)
        sys.stderr.write(f"{type(error).__name__}\n")
        sys.stderr.flush()
    # Threads of native libraries, and what they do when a process ends, must not keep it.
    os._exit(FAILED if error else 0)


def _guard_pipes() -> tuple[int, int]:
    """Return the pipes of orders and reports, out of reach of what prints or reads.

    File descriptors 0 and 1 are the first that native libraries use.
    """
    given, told = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    faulthandler.enable()
    for name in ("SIGINT", "SIGTSTP", "SIGHUP"):
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_IGN)
    return given, told


def _die_with_parent() -> None:
    """Let Linux end this process with the other one, even while it is stopped or in native code.

    It does so when the thread that started this process ends. Elsewhere the end of the orders does.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _read(given: int, decoder: "msgspec.msgpack.Decoder[Order]", orders: Orders[Order]) -> None:
    """Pass orders on; when they end, end the process soon, whatever the worker does."""
    try:
        with open(given, "rb") as pipe:
            while (message := read_frame(pipe.read1)) is not None:
                if message:
                    orders.put(decoder.decode(message))
    except (BrokenFrame, msgspec.DecodeError, OSError) as error:
        sys.stderr.write(f"{type(error).__name__}\n")
    orders.close()
    time.sleep(_GRACE)
    os._exit(0)


def _beat(write: Callable[[bytes], None], orders: Orders[Order], stuck_after: float | None) -> None:
    while True:
        if stuck_after is None or orders.idle < stuck_after:
            try:
                write(b"")
            except OSError:
                return
        if os.fstat(2).st_size > _MOST_LOG:
            os.ftruncate(2, 0)
        time.sleep(BEAT)
