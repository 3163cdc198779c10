"""How long callcoach takes to say its help, and to paint its first screen, against bare Textual."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from tests.bench.table import Row

ROUNDS = 9
_BARE_APP = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("ready-to-paint")

Bare().run()
"""


def startup_rows() -> Iterator[Row]:
    """Yield the ratios of start-up, each measured in turn with its rival."""
    ours = [sys.executable, "-m", "callcoach", "--help"]
    theirs = [sys.executable, "-c", "import textual.app"]
    pairs = [(_run(ours), _run(theirs)) for _ in range(ROUNDS)][1:]
    yield _ratio("callcoach --help", "import textual.app", pairs, "<= 0.35x")
    with tempfile.TemporaryDirectory() as home:
        first = [sys.executable, "-m", "callcoach"]
        bare = [sys.executable, "-c", _BARE_APP]
        _prepare(home)
        paints = [
            (_paint(first, b"callcoach 0", home), _paint(bare, b"ready-to-paint", home))
            for _ in range(ROUNDS)
        ][1:]
    yield _ratio("first paint of home", "first paint of a bare app", paints, "<= 1.3x")


def _ratio(what: str, rival: str, pairs: Sequence[tuple[float, float]], aim: str) -> Row:
    ours, theirs = median(a for a, _ in pairs), median(b for _, b in pairs)
    ratio = median(a / b for a, b in pairs)
    more = f"{ours * 1e3:.0f} ms / {theirs * 1e3:.0f} ms ({rival})"
    return Row(what, f"{ratio:.2f}x", more, aim)


def _run(command: Sequence[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def _prepare(home: str) -> None:
    """Let the first-run tour be over."""
    seen = Path(home) / "state" / "callcoach" / "tour-seen"
    seen.parent.mkdir(parents=True)
    seen.touch()


def _paint(command: Sequence[str], sign: bytes, home: str) -> float:
    """Return how long a program in a pseudo-terminal takes until `sign` is on its screen."""
    environment = os.environ | {
        "TERM": "xterm-256color",
        "XDG_STATE_HOME": f"{home}/state",
        "XDG_DATA_HOME": f"{home}/data",
        "XDG_CONFIG_HOME": f"{home}/config",
        "LANG": "C.UTF-8",
    }
    began = time.perf_counter()
    child, screen = pty.fork()
    if child == 0:
        os.execvpe(command[0], list(command), environment)
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    seen = b""
    try:
        while sign not in seen:
            ready, _, _ = select.select([screen], [], [], 20.0)
            if not ready:
                raise RuntimeError(f"{command} painted nothing: {seen[-200:]!r}")
            seen += os.read(screen, 65536)
        return time.perf_counter() - began
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(screen)
