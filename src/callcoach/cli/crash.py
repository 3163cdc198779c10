"""Tells a crash without a traceback: the details go to a file that holds no customer's words."""

import os
import sys
import time
import traceback
from pathlib import Path

from callcoach import __version__
from callcoach.locale import Messages


def report_crash(error: BaseException, messages: Messages) -> str:
    """Return what to tell the user; the stack is written to a file, values left out.

    Only the places and the error's class are kept: its message could quote a call.
    """
    path = _write(error)
    kind = type(error).__name__
    say = messages.say
    told = [
        "callcoach: " + say("this is a bug in callcoach ({kind}), and nothing you did", kind=kind)
    ]
    if path:
        told.append("  " + say("The details are in {path}.", path=path))
    told.append(
        "  " + say("Calls that were shown as saved are in the journal; start again to go on.")
    )
    return "\n".join(told)


def _write(error: BaseException) -> Path | None:
    from platformdirs import user_state_path

    folder = user_state_path("callcoach", appauthor=False) / "crashes"
    lines = [f"callcoach {__version__}, Python {sys.version.split()[0]}, {sys.platform}"]
    cause: BaseException | None = error
    while cause is not None:
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        frames = traceback.extract_tb(cause.__traceback__)
        lines += [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        cause = cause.__cause__ or cause.__context__
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / f"{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except OSError:
        return None
    return path
