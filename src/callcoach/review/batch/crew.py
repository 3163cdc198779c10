"""Processes that judge the parts of a batch; one that dies over a call costs that call alone."""

import queue
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from callcoach.errors import CallcoachError
from callcoach.hearing.process.child import Child, Ended, Running
from callcoach.review.batch.messages import At, Begin, Done, Failed, Judge, Ready, Report

_LOST = 3
"""Processes that may die before they are ready, or over one part without telling where."""


class CannotJudge(CallcoachError):
    """The processes that judge cannot be started, or cannot work."""


@dataclass(slots=True)
class _Member:
    child: Child[Report]
    order: Judge | None = None
    at: int | None = None
    """The call that it was judging when it told last."""
    is_ready: bool = False


class Crew:
    """The processes of one batch. It belongs to one thread."""

    def __init__(
        self,
        program: str,
        begin: Begin,
        most: int,
        parts: Iterable[int],
        log: Path | None,
        ready: Iterable[Running] = (),
    ) -> None:
        """Start nothing yet; `parts` are to be judged, in order, by `most` processes at a time.

        Those that are `ready` come first; others are started as they are needed.
        """
        self._program, self._begin, self._most, self._log = program, begin, most, log
        self._waiting = deque(Judge(part) for part in parts)
        self._came: queue.SimpleQueue[tuple[int, Report | Ended]] = queue.SimpleQueue()
        self._numbers = count()
        self._members: dict[int, _Member] = {}
        self._lost = 0
        self._ready = list(ready)

    @property
    def is_done(self) -> bool:
        """Tell whether all parts are judged."""
        return not self._waiting and all(it.order is None for it in self._members.values())

    @property
    def under_way(self) -> int:
        """Return how many calls of parts that are not done are judged, as far as was told."""
        return sum(it.at or 0 for it in self._members.values() if it.order)

    @property
    def ids(self) -> tuple[int, ...]:
        """Return the numbers of the processes that run."""
        return tuple(it.child.id for it in self._members.values())

    def step(self, wait: float) -> Iterator[Done]:
        """Yield the parts that are done now, or within `wait` seconds.

        Raises `CannotJudge`, and what a process could not begin for.
        """
        self._give()
        try:
            answer = self._came.get(timeout=wait)
        except queue.Empty:
            return
        while True:
            yield from self._take(*answer)
            self._give()
            try:
                answer = self._came.get_nowait()
            except queue.Empty:
                return

    def close(self) -> None:
        """End all processes, whatever they do."""
        for member in self._members.values():
            member.child.kill()
        for process in self._ready:
            process.kill()
        self._members.clear()
        self._ready.clear()

    def _give(self) -> None:
        """Let every process that has nothing to do judge the next part."""
        while self._waiting:
            free = next((it for it in self._members.values() if it.order is None), None)
            if free is None and len(self._members) >= self._most:
                return
            member = free or self._start()
            member.order, member.at = self._waiting.popleft(), None
            member.child.send(member.order)

    def _take(self, number: int, report: Report | Ended) -> Iterator[Done]:
        member = self._members.get(number)
        if member is None:
            return
        match report:
            case Ready():
                member.is_ready = True
            case At(index):
                member.at = index
            case Done():
                member.order = None
                yield report
            case Failed():
                raise CannotJudge(report.reason, report.hint, **report.values)
            case Ended():
                del self._members[number]
                self._lose(member)

    def _lose(self, member: _Member) -> None:
        """Judge again what a process died over, without the call that did it once that is known."""
        order = member.order
        if order is None:
            return
        if order.is_careful and member.at is not None:
            self._waiting.appendleft(Judge(order.part, (*order.skip, member.at), is_careful=True))
            return
        self._lost += 1
        if self._lost >= _LOST * self._most:
            raise CannotJudge(
                "the processes that judge break down",
                "look into {log}, and try --workers 1",
                log=self._log or "",
            )
        self._waiting.appendleft(Judge(order.part, order.skip, is_careful=True))

    def _start(self) -> _Member:
        number = next(self._numbers)
        try:
            child: Child[Report] = Child(
                self._program,
                Report,
                lambda report: self._came.put((number, report)),
                self._log,
                self._ready.pop() if self._ready else None,
            )
        except OSError as error:
            raise CannotJudge(
                "no process can be started: {why}",
                "close other programs, or add --workers 1",
                why=error.strerror,
            ) from error
        member = self._members[number] = _Member(child)
        child.send(self._begin)
        return member
