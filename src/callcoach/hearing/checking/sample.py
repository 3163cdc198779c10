"""Takes a few seconds from one device, by the process that takes the sound of calls."""

import queue
import time
from collections.abc import Callable
from dataclasses import dataclass

from callcoach.errors import AudioError
from callcoach.hearing.capture.messages import PROGRAM, Open, Report
from callcoach.hearing.no_process import no_process
from callcoach.hearing.process.child import Child, Ended
from callcoach.hearing.signs import Level, Opened, Trouble, Troubled
from callcoach.hearing.sound import BYTES, RATE, Block, Device

_PATIENCE = 10.0
"""Seconds that a device may take to begin, and sound to come late."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What a device gave."""

    name: str
    """Of the device, as it is listed."""
    pcm: bytes
    """`RATE` samples a second, 16 bit, little-endian; nothing stands for what was dropped."""
    began_after: float
    """Seconds from the order until the first sound was here."""
    dropped: float
    """Seconds that are missing."""


def take_sample(
    device: Device, seconds: float, show: Callable[[Level], None] | None = None
) -> Sample:
    """Return what a device gives for so long; `show`, if any, is told how loud it is meanwhile.

    Raises `AudioError` where it gives nothing.
    """
    came: queue.Queue[Report | Ended] = queue.Queue()
    asked = time.monotonic()
    try:
        child = Child[Report](PROGRAM, Report, came.put)
    except OSError as error:
        raise no_process(error) from error
    try:
        child.send(Open((device,)))
        return _collect(came, device.name, seconds, show, asked)
    finally:
        child.close()


def _collect(
    came: "queue.Queue[Report | Ended]",
    name: str,
    seconds: float,
    show: Callable[[Level], None] | None,
    asked: float,
) -> Sample:
    pcm = bytearray()
    began_after = dropped = 0.0
    until = asked + seconds + _PATIENCE
    while len(pcm) < seconds * RATE * BYTES:
        try:
            report = came.get(timeout=max(0.0, until - time.monotonic()))
        except queue.Empty:
            break
        match report:
            case Opened(names=(name,)):
                pass
            case Block() as block:
                began_after = began_after or time.monotonic() - asked
                pcm += block.pcm
            case Level() as level if show is not None:
                show(level)
            case Troubled(what=Trouble.DROPPED) as hole:
                dropped += hole.end - hole.start
            case Troubled(what=Trouble.FAILED | Trouble.LOST) as failed if not pcm:
                raise AudioError(failed.told.message, failed.told.hint)
            case Troubled(what=Trouble.FAILED | Trouble.LOST) | Ended():
                break
            case _:
                pass
    if not pcm:
        raise AudioError(
            "“{name}” gives no sound",
            "plug it in, or choose another: callcoach doctor audio",
            name=name,
        )
    return Sample(name, bytes(pcm), round(began_after, 3), round(dropped, 3))
