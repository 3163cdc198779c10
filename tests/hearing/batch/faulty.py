"""A worker that dies or hangs over recordings whose names say so, and hears the others."""

import os
import signal
import time
from pathlib import Path

from callcoach.hearing.batch.messages import (
    Failed,
    Finished,
    Hear,
    Look,
    Looked,
    Order,
    Progress,
    Refused,
    Utterance,
)
from callcoach.hearing.heard import Final, Word
from callcoach.hearing.process.worker import Orders, Tell, serve
from callcoach.hearing.recognise.messages import Load, Ready
from callcoach.script.model import Speaker

SECONDS = 10.0


def work(orders: Orders[Order], tell: Tell) -> None:
    while (order := orders.take(None)) is not None:
        match order:
            case Load(folder="dies"):
                os.kill(os.getpid(), signal.SIGKILL)
            case Load(folder="refuses"):
                tell(Failed("no good: {why}", "another", {"why": "bad"}))
            case Load():
                tell(Ready(0.0))
            case Look(recording):
                _fail(recording.path, "look")
                if "refused" in recording.path:
                    tell(Refused("{file} is no sound", "", {"file": recording.path}))
                else:
                    tell(Looked(SECONDS, recording.roles or (Speaker.AGENT, Speaker.CUSTOMER)))
            case Hear(recording, channel):
                tell(Progress(SECONDS / 2))
                word = Word(f"{Path(recording.path).stem}-{channel}", 1.0, 2.0, 0.9)
                tell(Utterance(Final((word,), 2.5 - channel)))
                if channel:
                    _fail(recording.path, "hear")
                tell(Finished(SECONDS, "cut" in recording.path))


def _fail(path: str, when: str) -> None:
    """Die or hang, where the path says so: always, or the first time."""
    if when not in path:
        return
    if "once" in path:
        mark = Path(path + ".seen")
        if mark.exists():
            return
        mark.touch()
    if "hang" in path:
        time.sleep(3600)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    serve(work, Order)
