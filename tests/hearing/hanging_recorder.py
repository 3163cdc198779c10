"""The program that takes sound, with a library that hangs in the first process and not after."""

import os
import time
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

from callcoach.hearing.capture import devices
from callcoach.hearing.capture.host import Host
from callcoach.hearing.capture.messages import Order
from callcoach.hearing.capture.worker import STUCK_AFTER, work
from callcoach.hearing.process.worker import serve
from callcoach.hearing.sound import Device
from tests.hearing.capture.a_host import AHost, listed

MARK = "CALLCOACH_TEST_HUNG"
"""In the environment: the file that the first process leaves."""


def load(_library: str) -> Host:
    mark = Path(os.environ[MARK])
    if not mark.exists():
        mark.touch()
        time.sleep(600)
    return AHost([listed("Desk", is_default=True)])


class Hanging(devices.Devices):
    def __init__(self, wanted: Sequence[Device], patience: devices.Patience) -> None:
        super().__init__(wanted, patience, load)


if __name__ == "__main__":
    with patch.object(devices, "Devices", Hanging):  # what `taking` opens
        serve(work, Order, stuck_after=STUCK_AFTER)
