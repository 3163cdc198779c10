"""Shows how far an installation is: a bar in a terminal, a line for every tenth elsewhere."""

from collections.abc import Callable
from types import TracebackType
from typing import Self, TextIO

from callcoach.cli.progress_bar import ProgressBar
from callcoach.hearing.models.outside import Stage
from callcoach.locale import mark

STAGES = {
    Stage.DOWNLOAD: mark("Downloading"),
    Stage.CHECK: mark("Checking"),
    Stage.UNPACK: mark("Unpacking"),
}
"""What is done, in the catalogue of the interface."""
_EVERY = 0.1
"""Seconds between two looks of the bar."""
_PARTS = 10
_UNKNOWN_PART = 10_000_000
"""Bytes between two lines where nobody knows how many there will be."""


class Progress:
    """A bar, or lines, for the stages of one installation."""

    def __init__(self, out: TextIO, say: Callable[[str], str], clock: Callable[[], float]) -> None:
        self._out, self._say, self._clock = out, say, clock
        self._bar = ProgressBar(out)
        self._stage: Stage | None = None
        self._began = (0.0, 0)
        self._shown = 0.0
        self._part = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.leave()

    def tell(self, stage: Stage, done: int, total: int | None) -> None:
        """Show how far a stage is."""
        now = self._clock()
        if stage is not self._stage:
            self._bar.leave()
            self._stage, self._began, self._part = stage, (now, done), -1
            self._shown = now - _EVERY
        if self._bar.is_shown:
            if now - self._shown >= _EVERY or done == total:
                self._shown = now
                self._draw(now, done, total)
            return
        part = _PARTS * done // total if total else done // _UNKNOWN_PART
        if part != self._part:
            self._part = part
            self._out.write(f"{self._line(done, total)}\n")
            self._out.flush()

    def _draw(self, now: float, done: int, total: int | None) -> None:
        since, first = self._began
        speed = (done - first) / (now - since) if now > since else 0.0
        after = ""
        if self._stage is Stage.DOWNLOAD and speed:
            after = f"{speed / 1_000_000:.1f} MB/s"
            if total:
                minutes, seconds = divmod(int((total - done) / speed), 60)
                after += f" {minutes}:{seconds:02}"
        self._bar.draw(self._line(done, total), done / total if total else 0.0, after)

    def _line(self, done: int, total: int | None) -> str:
        stage = self._say(STAGES[self._stage or Stage.DOWNLOAD])
        if not total:
            return f"{stage} {done / 1_000_000:.1f} MB"
        return f"{stage} {100 * done // total:3}% {done / 1_000_000:.1f}/{total / 1_000_000:.1f} MB"
