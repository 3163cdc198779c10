"""Processes that transcribe, as many as are wanted, each with one thing to do at a time."""

import queue
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Generic, TypeVar

from callcoach.errors import ModelError
from callcoach.hearing.batch.messages import Failed, Finished, Hear, Look, Looked, Refused, Report
from callcoach.hearing.no_process import no_process
from callcoach.hearing.process.child import Child, Ended
from callcoach.hearing.recognise.messages import Load, Ready
from callcoach.locale import mark

PROGRAM = "callcoach.hearing.batch.worker"
_PATIENCE = 120.0
"""Seconds without an answer after which a process hangs: a large model takes a minute to load."""
_LOADS = 2
"""Processes that may die while they load the model; then it is the model's fault."""

T = TypeVar("T")


@dataclass(slots=True)
class _Member(Generic[T]):
    """One process."""

    child: Child[Report]
    ticket: T | None = None
    """What it does now is for; None where it does nothing."""
    is_loading: bool = False
    has_model: bool = False
    answered: float = 0.0


class Crew(Generic[T]):
    """The processes of one run. It belongs to one thread; `T` says what an order is for."""

    def __init__(
        self,
        load: Load,
        most: int,
        log: Path | None = None,
        program: str = PROGRAM,
        patience: float = _PATIENCE,
    ) -> None:
        """Start nothing yet; `most` processes will run at a time, each with the model loaded."""
        self._load = load
        self._most = most
        self._log = log
        self._program = program
        self._patience = patience
        self._came: queue.SimpleQueue[tuple[int, Report | Ended]] = queue.SimpleQueue()
        self._numbers = count()
        self._members: dict[int, _Member[T]] = {}
        self._lost_loading = 0

    @property
    def has_room(self) -> bool:
        """Tell whether one more order can be given."""
        return len(self._members) < self._most or any(
            it.ticket is None for it in self._members.values()
        )

    @property
    def ids(self) -> tuple[int, ...]:
        """Return the numbers of the processes that run."""
        return tuple(member.child.id for member in self._members.values())

    def give(self, order: Look | Hear, ticket: T) -> None:
        """Let a process do something; raises `AudioError` where none can be started."""
        free = [member for member in self._members.values() if member.ticket is None]
        # One that has the model in memory hears at once.
        member = max(free, key=lambda it: it.has_model) if free else self._start()
        member.ticket, member.answered = ticket, time.monotonic()
        if isinstance(order, Hear) and not member.has_model:
            member.has_model = member.is_loading = True
            member.child.send(self._load)
        member.child.send(order)

    def wait(self, seconds: float) -> tuple[T, Report | Ended] | None:
        """Return the next answer and what it is for; None where none comes.

        `Ended` says that the process died over it. Raises `ModelError` where no process can load
        the model.
        """
        self._end_what_hangs()
        try:
            number, report = self._came.get(timeout=seconds)
        except queue.Empty:
            return None
        member = self._members.get(number)
        if member is None:
            return None
        member.answered = time.monotonic()
        ticket = member.ticket
        match report:
            case Ended():
                del self._members[number]
                self._lost_loading += member.is_loading
                if self._lost_loading >= _LOADS:
                    raise ModelError(
                        "the speech model in {folder} breaks down while it is loaded",
                        "check it: callcoach model verify",
                        folder=self._load.folder,
                    )
            case Ready():
                member.is_loading = False
                return None
            case Failed():
                raise ModelError(report.reason, report.hint, **report.values)
            case Looked() | Finished() | Refused():
                member.ticket = None
        return None if ticket is None else (ticket, report)

    def close(self) -> None:
        """End all processes, whatever they do."""
        for member in self._members.values():
            member.child.kill()
        self._members.clear()

    def _start(self) -> _Member[T]:
        number = next(self._numbers)
        try:
            child: Child[Report] = Child(
                self._program, Report, lambda report: self._came.put((number, report)), self._log
            )
        except OSError as error:
            raise no_process(error, mark("close other programs, or add --jobs 1")) from error
        self._members[number] = _Member(child)
        return self._members[number]

    def _end_what_hangs(self) -> None:
        now = time.monotonic()
        for member in self._members.values():
            if member.ticket is not None and now - member.answered > self._patience:
                member.child.kill()
