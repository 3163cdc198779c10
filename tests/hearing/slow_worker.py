"""The recogniser's program, with an engine that is slower than speech, and one that cannot load."""

import os
import signal
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from callcoach.hearing.heard import Result
from callcoach.hearing.process.worker import serve
from callcoach.hearing.recognise.messages import Order
from callcoach.hearing.recognise.worker import work
from callcoach.hearing.recogniser import Recogniser


class SlowEngine:
    """Needs a tenth of a second for whatever it is given."""

    def __init__(self, kind: str, folder: Path) -> None:
        if folder.name == "deadly":
            os.kill(os.getpid(), signal.SIGSEGV)

    def recogniser(self, rate: int, phrases: Sequence[str] = ()) -> Recogniser:
        return _Slow()


class _Slow:
    def accept(self, pcm: bytes) -> Sequence[Result]:
        time.sleep(0.1)
        return []

    def finish(self) -> Sequence[Result]:
        return []


if __name__ == "__main__":
    serve(partial(work, load_engine=SlowEngine), Order)
