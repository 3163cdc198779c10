"""Runs a program in a pseudo-terminal with a home of its own."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

ROWS, COLUMNS = 30, 100
_BOUND = 60.0
"""Seconds in which a program paints something."""


@contextmanager
def in_terminal(command: Sequence[str], home: str) -> Iterator[Callable[[], bytes]]:
    """Start a program; yield what returns the next that it prints, empty at its end.

    Raises `RuntimeError` where nothing comes.
    """
    environment = os.environ | {
        "TERM": "xterm-256color",
        "XDG_STATE_HOME": f"{home}/state",
        "XDG_DATA_HOME": f"{home}/data",
        "XDG_CONFIG_HOME": f"{home}/config",
        "LANG": "C.UTF-8",
    }
    child, screen = pty.fork()
    if child == 0:
        os.execvpe(command[0], list(command), environment)
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def read() -> bytes:
        ready, _, _ = select.select([screen], [], [], _BOUND)
        if not ready:
            raise RuntimeError(f"{command} paints nothing")
        try:
            return os.read(screen, 65536)
        except OSError:  # Linux tells the end so
            return b""

    try:
        yield read
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(screen)
