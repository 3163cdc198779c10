"""The program that judges the parts of a batch, each written down before it is told."""

import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from callcoach.archive.transcripts import find_calls
from callcoach.archive.transcripts.find import How
from callcoach.cli.replay import spoken_language
from callcoach.cli.review.batch.setup import format_named, make_ready, set_up
from callcoach.cli.transcript_options import told_roles
from callcoach.cli.workplace import Workplace
from callcoach.errors import CallcoachError
from callcoach.hearing.process.worker import Orders, Tell, serve
from callcoach.review.batch.judge import Terms
from callcoach.review.batch.messages import At, Begin, Done, Failed, Judge, Order, Ready
from callcoach.review.batch.part import Call, judge_part
from callcoach.review.batch.results import Format, Results

_EVERY = 0.25
"""Seconds between two reports of where it is."""


def work(orders: Orders[Order], tell: Tell, bench: "Bench | None" = None) -> None:
    """Judge what is asked for until the orders are over; a `bench` is what is ready already."""
    while (order := orders.take(None)) is not None:
        try:
            match order:
                case Begin():
                    bench = bench or Bench.made(order)
                    tell(Ready())
                case Judge() if bench is not None:
                    tell(bench.judge(order, tell))
        except CallcoachError as error:
            values = {**error.message.values, **error.hint.values}
            told = {name: str(value) for name, value in values.items()}
            tell(Failed(error.message.text, error.hint.text, told))


class Bench:
    """What parts are judged with, and how far their calls have been gone through."""

    def __init__(self, begin: Begin, terms: Terms, format: Format) -> None:
        self._begin, self._terms, self._format = begin, terms, format
        self._results = Results(Path(begin.out))
        self._calls: Iterator[Call] = iter(())
        self._next: int | None = None
        """The part that comes next in `_calls`."""

    @classmethod
    def made(cls, begin: Begin) -> "Bench":
        """Return one made ready, which takes a second."""
        place = Workplace(begin.flags, begin.config)
        terms = make_ready(place, set_up(place, begin.form), begin.day)
        return cls(begin, terms, format_named(begin.format))

    def judge(self, order: Judge, tell: Tell) -> Done:
        """Judge a part and write it down. Raises `StorageError`."""
        told = time.monotonic()

        def note(index: int) -> None:
            nonlocal told
            if order.is_careful or time.monotonic() - told >= _EVERY:
                told = time.monotonic()
                tell(At(index))

        calls = self._calls_of(order.part)
        part = judge_part(
            calls, self._terms, self._format.encode, spoken_language, order.skip, note
        )
        self._results.write(order.part, part)
        return Done(part.tally.calls + part.tally.lost, part.tally.lost)

    def _calls_of(self, part: int) -> list[Call]:
        """Return the calls of a part; those before it are passed over, not read."""
        size = self._begin.size
        if self._next is None or part < self._next:
            paths = [Path(path) for path in self._begin.paths]
            how = How(swap=self._begin.swap, roles=told_roles(self._begin.roles))
            self._calls, self._next = iter(find_calls(paths, how)), 0
        for _ in islice(self._calls, (part - self._next) * size):
            pass
        self._next = part + 1
        return list(islice(self._calls, size))


if __name__ == "__main__":
    serve(work, Order)
