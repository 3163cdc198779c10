"""A process that the system does not start is told alike by all that need one."""

import errno
from collections.abc import Callable

import pytest

from callcoach.errors import AudioError
from callcoach.hearing.batch.crew import Crew
from callcoach.hearing.batch.messages import Look
from callcoach.hearing.capture.trial_opening import try_recording
from callcoach.hearing.checking.sample import take_sample
from callcoach.hearing.recognise.messages import Load
from callcoach.hearing.sound import Device, Recording
from callcoach.script.model import Speaker

RECORDING = Recording("call.wav", (), 1.0, 0)
STARTERS: dict[str, Callable[[], object]] = {
    "sample": lambda: take_sample(Device(Speaker.AGENT), 1.0),
    "trial opening": lambda: try_recording(RECORDING),
    "crew": lambda: Crew[int](Load("vosk", ""), 1, None).give(Look(RECORDING), 1),
}


@pytest.mark.parametrize("start", STARTERS.values(), ids=STARTERS)
def test_it_is_told_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, start: Callable[[], object]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EAGAIN, "no more processes")

    monkeypatch.setattr("callcoach.hearing.process.child.subprocess.Popen", refuse)
    with pytest.raises(AudioError) as caught:
        start()
    assert caught.value.message == "no process can be started: no more processes"
    assert caught.value.hint.startswith("close other programs")
