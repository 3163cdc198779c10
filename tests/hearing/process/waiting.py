"""Waiting for what is to come, with a bound that a busy machine does not reach."""

import time
from collections.abc import Callable
from pathlib import Path

BOUND = 30.0
"""Seconds."""


def wait_for(claim: Callable[[], object], what: str, bound: float = BOUND) -> None:
    """Return when a claim holds; fails when it does not for long."""
    end = time.monotonic() + bound
    while not claim():
        assert time.monotonic() < end, f"{what}: not within {bound:.0f} s"
        time.sleep(0.01)


def is_gone(process: int) -> bool:
    """Tell whether a process has ended, or only waits to be asked how."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state in "ZX"
