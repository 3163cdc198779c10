"""Where somebody speaks is known to a tenth of a second or so, and nowhere else."""

import pytest

from callcoach.hearing.voice import Voice
from tests.hearing.recordings import LANGUAGES, no_speech, sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_voice_at_every_word(language: str) -> None:
    recording = sentence(language)
    voice = Voice(recording.rate)
    voice.accept(recording.pcm)
    assert all(voice.was_there(start, end) for _, start, end in recording.words)


def test_blocks_of_any_length_give_the_same() -> None:
    recording = sentence("en")
    whole, pieces = Voice(recording.rate), Voice(recording.rate)
    whole.accept(recording.pcm)
    for begin in range(0, len(recording.pcm), 802):
        pieces.accept(recording.pcm[begin : begin + 802])
    assert pieces.heard == whole.heard
    assert pieces.silence == whole.silence


def test_silence_is_counted_from_the_last_voice() -> None:
    recording = sentence("en")
    voice = Voice(recording.rate)
    voice.accept(recording.pcm)
    before = voice.silence
    voice.accept(bytes(2 * recording.rate))
    assert voice.silence == pytest.approx(before + 1.0, abs=0.1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_noise_of_a_line_is_no_voice(language: str) -> None:
    recording = no_speech(language)
    voice = Voice(recording.rate)
    voice.accept(recording.pcm)
    assert voice.heard > 5
    assert not any(voice.was_there(tenth / 10, tenth / 10 + 0.3) for tenth in range(60))


def test_what_is_long_ago_counts_as_spoken() -> None:
    voice = Voice(8000)
    voice.accept(bytes(2 * 8000 * 70))
    assert voice.was_there(1.0, 2.0)
    assert not voice.was_there(65.0, 66.0)
