"""Plays what is kept of a call, from any second of it on, in a process of its own."""

from callcoach.errors import AudioError
from callcoach.hearing.keeping.recordings import Recorded
from callcoach.hearing.keeping.referring import check_elsewhere
from callcoach.hearing.no_process import no_process
from callcoach.hearing.playing.messages import Hush, Part, Play, Played, Playing, Report
from callcoach.hearing.process.child import Child, Ended
from callcoach.hearing.signs import Troubled

_PROGRAM = "callcoach.hearing.playing.worker"


def parts_of(recorded: Recorded) -> tuple[Part, ...]:
    """Return what is kept of a call, at its time; a take whose record cannot be read is left out.

    One that broke off before the call was written down counts from the call's beginning. Raises
    `AudioError` where a recording that lies elsewhere is gone, or is another one by now.
    """
    heard = [(take, it) for take in recorded.takes if take.kept for it in take.kept.stretches]
    for _, stretch in heard:
        check_elsewhere(stretch)
    return tuple(
        Part(
            str(it.place(take.folder)),
            (take.kept.opened if take.kept else 0.0) + it.start,
            it.samples / it.rate,
        )
        for take, it in heard
    )


class KeptSound:
    """The sound of one call. A crash of what plays it ends neither the program nor the review."""

    def __init__(self, parts: tuple[Part, ...], program: str = _PROGRAM) -> None:
        """Take what is to be played; `program` is the module that is run, when it is first."""
        self._parts = parts
        self._program = program
        self._child: Child[Report] | None = None
        self._number = 0
        self._at: float | None = None
        self._problem: AudioError | None = None

    @property
    def seconds(self) -> float:
        """Return the second of the call up to which there is sound."""
        return max((it.start + it.seconds for it in self._parts), default=0.0)

    def play(self, at: float, speed: float) -> None:
        """Play from a second of the call on; what goes wrong later is told by `at`.

        Raises `AudioError` where nothing can be started.
        """
        if self._child is None:
            try:
                self._child = Child[Report](self._program, Report, self._receive)
            except OSError as error:
                raise no_process(error) from error
        self._number += 1
        self._at, self._problem = at, None
        self._child.send(Play(self._number, self._parts, at, speed))

    def at(self) -> float | None:
        """Return the second of the call that is heard now; None where nothing is.

        Raises `AudioError`, once, where it broke off by itself.
        """
        problem, self._problem = self._problem, None
        if problem is not None:
            raise problem
        return self._at

    def stop(self) -> None:
        """Be silent."""
        self._number += 1
        self._at = None
        if self._child is not None:
            self._child.send(Hush())

    def close(self) -> None:
        """Let the process go."""
        self._at = None
        child, self._child = self._child, None
        if child is not None:
            child.kill()

    def _receive(self, report: Report | Ended) -> None:
        """Take a report; runs in the thread that reads them."""
        match report:
            case Playing(number=number, at=at) if number == self._number:
                self._at = at
            case Played(number=number) if number == self._number:
                self._at = None
            case Troubled():
                self._fail(AudioError(report.told.message, report.told.hint))
            case Ended(code=code) if code and self._child is not None:
                self._child = None
                self._fail(
                    AudioError(
                        "what plays sound broke down",
                        "try again; callcoach doctor audio says what is amiss",
                    )
                )
            case _:
                pass

    def _fail(self, problem: AudioError) -> None:
        self._at, self._problem = None, problem
