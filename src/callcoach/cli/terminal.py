"""What the terminal can do."""

import sys

from callcoach.errors import UsageError


def is_terminal() -> bool:
    """Tell whether there is a terminal to draw on and to read keys from."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def require_terminal(hint: str) -> None:
    """Raise `UsageError` where there is no terminal to draw on; `hint` says what works without."""
    if not is_terminal():
        raise UsageError("the screens need a terminal", hint)
