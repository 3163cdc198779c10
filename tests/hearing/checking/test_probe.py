"""A device is tried in a process of its own: how loud it is comes here, or why it is not heard."""

import queue

from callcoach.hearing.checking.probe import Probe, Shown
from callcoach.hearing.signs import Trouble, Troubled
from callcoach.hearing.sound import Device
from callcoach.script.model import Speaker

BOUND = 30.0
"""Nothing is waited for longer, in seconds."""


def test_a_device_that_there_is_not_is_told_with_a_reason() -> None:
    told: queue.SimpleQueue[Shown] = queue.SimpleQueue()
    probe = Probe(Device(Speaker.AGENT, "no device has this name"), told.put)
    try:
        shown = told.get(timeout=BOUND)
    finally:
        probe.close()
    assert isinstance(shown, Troubled)
    assert shown.what is Trouble.FAILED
    assert shown.reason
