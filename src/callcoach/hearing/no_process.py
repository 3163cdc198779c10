"""The error for a process that the system does not start: sound and words come from processes."""

from callcoach.errors import AudioError
from callcoach.locale import mark


def no_process(error: OSError, hint: str = mark("close other programs")) -> AudioError:
    """Return what to tell where no process can be started."""
    return AudioError("no process can be started: {why}", hint, why=error.strerror)
