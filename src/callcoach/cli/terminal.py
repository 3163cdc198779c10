"""What the terminal can do."""

import os
import sys
from io import BufferedReader

from callcoach.errors import UsageError

_KEYS = "CONIN$" if os.name == "nt" else "/dev/tty"
"""The terminal's keys, whatever standard input is."""


def is_terminal() -> bool:
    """Tell whether there is a terminal to draw on and to read keys from."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def require_terminal(hint: str) -> None:
    """Raise `UsageError` where there is no terminal to draw on; `hint` says what works without."""
    if not is_terminal():
        raise UsageError("the screens need a terminal", hint)


def take_pipe() -> BufferedReader:
    """Return standard input for other things than keys, which come from the terminal from now on.

    Without a terminal there are none. Raises `UsageError` where standard input is the terminal.
    """
    if sys.stdin.isatty():
        raise UsageError(
            "standard input is the keyboard, not sound", "write: program | callcoach … --audio -"
        )
    pipe = os.fdopen(os.dup(0), "rb")
    try:
        keys = os.open(_KEYS, os.O_RDWR)
    except OSError:
        keys = os.open(os.devnull, os.O_RDONLY)
    os.dup2(keys, 0)
    os.close(keys)
    return pipe
