"""The program of the process that tells whether a file can be listened to."""

from callcoach.errors import AudioError
from callcoach.hearing.capture.source import missing
from callcoach.hearing.capture.trial_opening import Fit
from callcoach.hearing.process.worker import Orders, Tell, serve
from callcoach.hearing.signs import troubled_by
from callcoach.hearing.sound import Recording


def work(orders: Orders[Recording], tell: Tell) -> None:
    """Open the file that is asked for, and close it."""
    recording = orders.take(None)
    if recording is None:
        return
    try:
        _open(recording)
    except AudioError as error:
        tell(troubled_by(error))
    else:
        tell(Fit())


def _open(recording: Recording) -> None:
    try:
        # A library that is missing is told, not died of.
        from callcoach.hearing.capture.files import open_recording
    except ImportError as error:
        raise missing(error) from error
    open_recording(recording).close()


if __name__ == "__main__":
    serve(work, Recording)
