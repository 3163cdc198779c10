"""Judges from a short recording of one voice whether it will be heard well.

The limits were measured with the sentences of `models/testset`: errors begin where the voice is
below -43 dB of full scale, where the noise is less than 20 dB below the voice, and where more than
2 % of the samples are clipped.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log10, sqrt

from callcoach.hearing.sound import RATE

QUIET = -40.0
"""In dB of full scale: a voice below it is too quiet."""
CLEAR = 20.0
"""In dB: the noise has to be as much below the voice."""
CLIPPED = 0.01
"""Share of the samples at full scale that is too much."""
_FRAME = 0.02
"""Seconds of which a level is taken."""
_FULL = 32_768
_CLIPS = 32_700
_SILENCE = -90.0
_LOUD, _SOFT = 0.9, 0.1
"""The shares of the frames below the level of the voice, and below that of the noise."""


class Verdict(StrEnum):
    """What can be said of a recording."""

    GOOD = "good"
    SILENT = "silent"
    """Nothing but digital silence."""
    NO_VOICE = "no voice"
    NOISE = "noise"
    """Nobody spoke, or nobody can be heard for steady noise."""
    QUIET = "quiet"
    NOISY = "noisy"
    CLIPPED = "clipped"


@dataclass(frozen=True, slots=True)
class Checked:
    """How a recording sounds; levels are in dB of full scale, -90 is silence."""

    verdict: Verdict
    level: float
    """Of the voice: nine tenths of the time it is quieter."""
    noise: float
    """Between the words: a tenth of the time it is quieter."""
    peak: float
    clipped: float
    """Share of the samples at full scale."""


def check_sound(pcm: bytes) -> Checked:
    """Return how a recording sounds: `RATE` samples a second, 16 bit, little-endian."""
    samples = array("h", pcm[: len(pcm) // 2 * 2])
    frame = int(RATE * _FRAME)
    frames = [samples[at : at + frame] for at in range(0, len(samples) - frame + 1, frame)]
    levels = sorted(_decibels(sqrt(sum(it * it for it in one) / frame)) for one in frames)
    peak = max((abs(it) for it in samples), default=0)
    clipped = sum(1 for it in samples if abs(it) >= _CLIPS) / max(len(samples), 1)
    level, noise = _share(levels, _LOUD), _share(levels, _SOFT)
    verdict = _judge(_has_voice(pcm), level, noise, peak, clipped)
    return Checked(verdict, level, noise, _decibels(peak), round(clipped, 4))


def _judge(has_voice: bool, level: float, noise: float, peak: int, clipped: float) -> Verdict:
    if not peak:
        return Verdict.SILENT
    if clipped > CLIPPED:
        return Verdict.CLIPPED
    if not has_voice:
        return Verdict.NOISE if noise > QUIET - CLEAR else Verdict.NO_VOICE
    if level < QUIET:
        return Verdict.QUIET
    return Verdict.NOISY if level - noise < CLEAR else Verdict.GOOD


def _has_voice(pcm: bytes) -> bool:
    # What finds voices comes with the extra `speech`, and may be missing until a device is tried.
    from callcoach.hearing.voice import Voice

    voice = Voice(RATE)
    voice.accept(pcm)
    return voice.was_there(0.0, voice.heard)


def _share(levels: Sequence[float], share: float) -> float:
    return levels[int(share * (len(levels) - 1))] if levels else _SILENCE


def _decibels(amplitude: float) -> float:
    return max(_SILENCE, round(20 * log10(amplitude / _FULL), 1)) if amplitude else _SILENCE
