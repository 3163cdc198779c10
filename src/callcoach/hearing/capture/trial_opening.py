"""Tells whether a file can be listened to; what a damaged one does to a library ends elsewhere."""

import queue

import msgspec

from callcoach.errors import AudioError
from callcoach.hearing.no_process import no_process
from callcoach.hearing.process.child import Child, Ended
from callcoach.hearing.signs import Troubled
from callcoach.hearing.sound import Recording

WAIT = 30.0
"""Seconds that it may take: a disk may have to start, and this machine be busy."""
_PROGRAM = "callcoach.hearing.capture.opener"


class Fit(msgspec.Struct, frozen=True, tag="fit"):
    """The file can be listened to."""


def try_recording(recording: Recording, program: str = _PROGRAM) -> None:
    """Raise `AudioError` where a file cannot be listened to, or that is not known within `WAIT`.

    `program` is the module that is run.
    """
    reports: queue.SimpleQueue[Fit | Troubled | Ended] = queue.SimpleQueue()
    try:
        child = Child[Fit | Troubled](program, Fit | Troubled, reports.put)
    except OSError as error:
        raise no_process(error) from error
    child.send(recording)
    try:
        report = reports.get(timeout=WAIT)
    except queue.Empty:
        report = Ended(0)
    finally:
        child.kill()
    match report:
        case Troubled():
            raise AudioError(report.told.message, report.told.hint)
        case Ended():
            raise AudioError(
                "{file} cannot be read: what reads sound broke down over it",
                "copy it once more from where it was made, or convert it, for example with ffmpeg",
                file=recording.path,
            )
        case Fit():
            pass
