"""Drives the real program in a pseudo-terminal: keys in, a screen out."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

from callcoach.words.wrap import cell
from tests.support import SHARED_CACHE

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "space": " ",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
    "f12": "\x1b[24~",
}
_UNREAD = re.compile(rb"\x1b\[[<>=?][0-9;$]*[a-gi-km-zA-Z]|\x1bP.*?\x1b\\\\")
"""Questions and modes that pyte does not know and would print."""
FACTS = (
    "customer_name=Ms Wang;agent_name=Anna;company=Fairway;company_phone=4008001234;"
    "amount_due=1280.50;due_day=2026-11-05"
)
"""What a call begins with at once; the form that asks for what is missing has its own tests."""
BOUND = 30.0
"""Nothing is waited for longer, in seconds."""


class Terminal:
    """One program on one screen."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start callcoach with a home of its own; `size` is columns and rows."""
        self.columns, self.rows = size
        self._screen = pyte.Screen(self.columns, self.rows)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""
        """Everything that the program wrote."""
        self.code: int | None = None
        """Its exit code, once it has ended."""
        settings = {
            "HOME": str(home),
            "TMPDIR": str(home),  # rescue files of other programs are none of its business
            "XDG_CACHE_HOME": str(SHARED_CACHE),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_STATE_HOME": str(home / "state"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        if arguments[:1] == ("call",):
            settings["CALLCOACH_FACTS"] = FACTS
        command = [sys.executable, "-m", "callcoach", *arguments]
        self.process, self._handle = pty.fork()
        if self.process == 0:
            os.chdir(home)
            os.execvpe(command[0], command, settings | dict(environment or {}))
        self.resize(*size)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.kill()

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the terminal."""
        self.columns, self.rows = columns, rows
        self._screen.resize(rows, columns)
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def suspend(self) -> None:
        """Suspend the program and wake it up again, with another's text on the screen meanwhile."""
        os.kill(self.process, signal.SIGTSTP)
        while os.waitpid(self.process, os.WUNTRACED | os.WNOHANG) == (0, 0):
            self._read(0.1)  # it writes before it stops, and waits where nobody reads
        self._read(0.1)
        self._screen.reset()
        os.kill(self.process, signal.SIGCONT)

    def press(self, *keys: str) -> None:
        """Press keys by name, `ctrl+x`, or type the text itself."""
        for key in keys:
            data = chr(ord(key[-1]) - 96) if key.startswith("ctrl+") else KEYS.get(key, key)
            os.write(self._handle, data.encode("utf-8"))
            self._read(0.3 if key == "escape" else 0.05)  # Escape and a key are Alt and the key

    def text(self) -> str:
        """Return what stands on the screen."""
        return "\n".join(self._row(number).rstrip() for number in range(self.rows))

    def _row(self, number: int) -> str:
        """Return one row; pyte leaves empty cells behind a wide character, and where one was."""
        row = self._screen.buffer[number]
        cells = [row[column].data for column in range(self.columns)]
        return "".join(
            char or ("" if column and cell(cells[column - 1][:1] or " ") == 2 else " ")
            for column, char in enumerate(cells)
        )

    def wait_for(self, *wanted: str) -> str:
        """Return the screen as soon as all of `wanted` stands on it."""
        end = time.monotonic() + BOUND
        while time.monotonic() < end:
            shown = self.text()
            plain = shown.replace("  ", " ")
            if all(text in shown or text in plain for text in wanted):
                return shown
            if not self._read(0.1):
                break
        missing = [text for text in wanted if text not in self.text()]
        raise AssertionError(f"{missing} not on the screen (exit {self.code}):\n{self.text()}")

    def wait_gone(self, unwanted: str) -> str:
        """Return the screen as soon as a text no longer stands on it."""
        end = time.monotonic() + BOUND
        while unwanted in self.text():
            if time.monotonic() > end or not self._read(0.1):
                raise AssertionError(f"“{unwanted}” is still there:\n{self.text()}")
        return self.text()

    def wait_end(self) -> int:
        """Return the exit code when the program has ended."""
        end = time.monotonic() + BOUND
        while self.code is None and time.monotonic() < end:
            self._read(0.1)
        if self.code is None:
            raise AssertionError(f"the program goes on:\n{self.text()}")
        return self.code

    def kill(self) -> None:
        """Kill the program as a power cut would, and wait until it is gone."""
        if self.code is None:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
            self.code = -signal.SIGKILL
            os.close(self._handle)

    def _read(self, seconds: float) -> bool:
        """Take in what the program writes within some time; False once it has ended."""
        if self.code is not None:
            return False
        ready, _, _ = select.select([self._handle], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self._handle, 65536)
        except OSError:
            data = b""
        if not data:
            _, status = os.waitpid(self.process, 0)
            self.code = os.waitstatus_to_exitcode(status)
            os.close(self._handle)
            return False
        self.raw += data
        self._stream.feed(_UNREAD.sub(b"", data))
        return True
