"""Tells how far a batch is, and what it came to."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click

from callcoach.cli.progress_bar import ProgressBar
from callcoach.locale import Messages
from callcoach.review.batch.results import Recipe
from callcoach.review.batch.tally import Tally
from callcoach.words.clock import clock
from callcoach.words.display import display

_SETTLED = 1.0
"""Seconds of work from which on the speed can be told."""
_EXAMPLES = 3
"""Of calls that could not be judged, of each kind."""


class Teller:
    """Draws a bar on the error output where that is a terminal, and prints the end."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages
        self._bar = ProgressBar(sys.stderr)
        self._begun = time.monotonic()
        self._before = self._total = 0

    def begin(self, done: int, total: int) -> None:
        """Take note that calls are judged from now on; `done` of them were before."""
        self._begun, self._before, self._total = time.monotonic(), done, total
        if done:
            told = self._messages.say(
                "{done} of {total} were judged before.", done=done, total=total
            )
            click.echo(told, err=True)

    def show(self, done: int) -> None:
        """Draw how many calls are judged."""
        share, after = done / self._total, f"{100 * done // self._total:3}%"
        passed = time.monotonic() - self._begun
        if passed >= _SETTLED and (speed := (done - self._before) / passed) > 0:
            rate = self._messages.say("{speed} calls a second", speed=f"{speed:.0f}")
            left = clock((self._total - done) / speed)
            after += f" {rate}, {self._messages.say('{time} left', time=left)}"
        self._bar.draw(f"{done}/{self._total}", share, after)

    def clear(self) -> None:
        """Leave nothing drawn."""
        self._bar.clear()

    def interrupted(self, done: int, total: int) -> None:
        """Say that the run was ended before its time."""
        self.clear()
        told = self._messages.say(
            "{done} of {total} are judged; the same command goes on.", done=done, total=total
        )
        click.echo(told, err=True)

    def finish(self, recipe: Recipe, tally: Tally, files: Sequence[Path], *, is_done: bool) -> None:
        """Say what the batch came to."""
        say = self._messages.say
        if is_done:
            click.echo(say("Everything was judged before; --again does it anew."))
        judged = say("Judged: {calls} of {total} calls.", calls=tally.calls, total=recipe.calls)
        click.echo(judged)
        if tally.mean is not None:
            click.echo(
                say(
                    "Mean score: {mean} %; brought down by an answer: {failed}; with questions"
                    " that only a person can answer: {incomplete}.",
                    mean=f"{tally.mean:.1f}",
                    failed=tally.failed,
                    incomplete=tally.incomplete,
                )
            )
        self._tell_damage(tally)
        for file in files:
            click.echo(f"  {display(str(file))}")

    def _tell_damage(self, tally: Tally) -> None:
        say = self._messages.say
        if not tally.damaged:
            return
        click.echo(say("Not judged: {lost}.", lost=tally.lost))
        for damage in sorted(tally.damaged.values(), key=lambda it: -it.calls):
            for problem in damage.examples[:_EXAMPLES]:
                click.echo(f"  ! {display(self._messages.tell(problem.error()))}")
            if (more := damage.calls - _EXAMPLES) > 0:
                click.echo("    " + say("and {more} more of this kind", more=more))
