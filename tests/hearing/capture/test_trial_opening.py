"""Whether a file can be listened to is found out in another process, which may die of it."""

from pathlib import Path

import pytest

from callcoach.errors import AudioError
from callcoach.hearing.capture.trial_opening import try_recording
from callcoach.hearing.sound import Recording
from callcoach.script.model import Speaker
from tests.hearing.sounds import write_wave


def test_a_file_of_sound_is_fit(tmp_path: Path) -> None:
    try_recording(Recording(str(write_wave(tmp_path / "a.wav", bytes(3200)))))


def test_what_is_no_sound_is_told_with_the_remedy(tmp_path: Path) -> None:
    file = tmp_path / "a.wav"
    file.write_bytes(b"nothing that sounds")
    with pytest.raises(AudioError, match=r"a\.wav is no sound") as told:
        try_recording(Recording(str(file)))
    assert "ffmpeg" in str(told.value.hint)


def test_channels_that_nobody_named_are_told(tmp_path: Path) -> None:
    file = write_wave(tmp_path / "a.wav", bytes(3200))
    with pytest.raises(AudioError, match="no channel for customer"):
        try_recording(Recording(str(file), (Speaker.AGENT, Speaker.CUSTOMER)))


def test_a_file_over_which_the_process_dies_is_told(tmp_path: Path) -> None:
    file = write_wave(tmp_path / "a.wav", bytes(3200))
    with pytest.raises(AudioError, match="broke down"):
        try_recording(Recording(str(file)), "tests.hearing.capture.a_crasher")
