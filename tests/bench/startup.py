"""How long callcoach takes to say its help, and to paint its first screen, against bare Textual."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from tests.bench.table import Row
from tests.bench.terminal import in_terminal

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
    began = time.perf_counter()
    seen = b""
    with in_terminal(command, home) as read:
        while sign not in seen:
            seen += read()
        return time.perf_counter() - began
