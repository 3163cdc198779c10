"""The program of a batch, killed by calls that tell it to."""

import os
import signal

from callcoach.archive.transcripts import Transcript
from callcoach.archive.transcripts.find import Found
from callcoach.cli.review.batch.worker import work
from callcoach.hearing.process.worker import serve
from callcoach.review.batch.messages import Order

DEADLY = "this ends it"
"""Words that no program survives."""
_READ = Found.read


def read(found: Found) -> Transcript:
    """Read a call, in the place of `Found.read`."""
    transcript = _READ(found)
    if any(DEADLY in row.text for row in transcript.rows):
        os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    return transcript


if __name__ == "__main__":
    Found.read = read  # type: ignore[method-assign, assignment]  # as a crash would
    serve(work, Order)
