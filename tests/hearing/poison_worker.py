"""The recogniser's program, with an engine that some sounds kill and others hang."""

import os
import signal
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from callcoach.hearing.heard import Result
from callcoach.hearing.process.worker import serve
from callcoach.hearing.recognise.messages import Order
from callcoach.hearing.recognise.worker import work
from callcoach.hearing.recogniser import Recogniser
from callcoach.hearing.vosk import VoskEngine

DEADLY = b"\x01\x80" * 100
"""Samples at the edge of what there can be, which speech does not hold for so long."""
STUPEFYING = b"\x02\x80" * 100


class PoisonEngine:
    """Vosk, but for the sounds that it cannot bear."""

    def __init__(self, kind: str, folder: Path) -> None:
        self._engine = VoskEngine(folder)

    def recogniser(self, rate: int, phrases: Sequence[str] = ()) -> Recogniser:
        return _Poisoned(self._engine.recogniser(rate, phrases))


class _Poisoned:
    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser

    def accept(self, pcm: bytes) -> Sequence[Result]:
        if DEADLY in pcm:
            os.kill(os.getpid(), signal.SIGSEGV)
        if STUPEFYING in pcm:
            threading.Event().wait()
        return self._recogniser.accept(pcm)

    def finish(self) -> Sequence[Result]:
        return self._recogniser.finish()


if __name__ == "__main__":
    serve(partial(work, load_engine=PoisonEngine), Order)
