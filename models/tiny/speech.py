"""Speaks a text through espeak-ng, and says when each phone of it sounds.

The library is loaded by ctypes. Some pairs of voice and variant crash it, so it belongs in a
process of its own: `corpus` and `testset` call it from workers only.
"""

import ctypes
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.signal import resample_poly

from models.tiny.mfcc import RATE

_LIBRARY = "libespeak-ng.so.1"
_SYNCHRONOUS = 2
_PHONEME_EVENTS_AND_NO_EXIT = 0x8001
_UTF8_AND_END_PAUSE = 0x1001
_END_OF_LIST, _PHONEME = 0, 7
_SPEED, _PITCH, _RANGE, _GAP = 1, 3, 4, 7
"""The library's numbers of what can be set; see espeak_ng's speak_lib.h."""


class SpeechError(Exception):
    """The synthesiser is missing, or does not know the voice."""


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("string", ctypes.c_char * 8), ("name", ctypes.c_char_p))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How something is said."""

    voice: str
    """espeak-ng's name of a voice and, after a plus, of a variant: `en-us+m3`."""
    speed: int = 160
    """Words in a minute."""
    pitch: int = 50
    pitch_range: int = 50
    """Both from 0 to 99."""
    gap: int = 0
    """Silence between words, in 10 ms."""
    stretch: float = 1.0
    """The sound is played that much faster: tempo, pitch and formants go up together."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A phone begins to sound."""

    at: float
    """In seconds."""
    name: str
    """espeak-ng's mnemonic; one that begins with `_`, or the empty one, is a pause."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What came out of the synthesiser."""

    samples: npt.NDArray[np.float64]
    """[samples] at 16 kHz, in the range of 16-bit integers."""
    marks: tuple[Mark, ...]


class _Synthesiser:
    """The loaded library, and what its callback has brought of the current text."""

    def __init__(self) -> None:
        try:
            self._library = ctypes.CDLL(_LIBRARY)
        except OSError as error:
            raise SpeechError(
                f"{_LIBRARY} cannot be loaded: install the packages libespeak-ng1 and "
                "espeak-ng-data (Debian, Ubuntu), or espeak-ng"
            ) from error
        self.rate = int(
            self._library.espeak_Initialize(_SYNCHRONOUS, 0, None, _PHONEME_EVENTS_AND_NO_EXIT)
        )
        if self.rate <= 0:
            raise SpeechError(f"{_LIBRARY} does not start: is espeak-ng-data installed?")
        self._pieces: list[npt.NDArray[np.int16]] = []
        self._marks: list[tuple[int, str]] = []
        self._callback = _Callback(self._receive)
        self._library.espeak_SetSynthCallback(self._callback)
        self._voice = ""

    def _receive(self, samples: Any, count: int, events: Any) -> int:
        if count > 0 and samples:
            self._pieces.append(np.ctypeslib.as_array(samples, (count,)).copy())
        number = 0
        while events[number].type != _END_OF_LIST:
            event = events[number]
            if event.type == _PHONEME:
                raw = ctypes.string_at(ctypes.addressof(event.id), 8).split(b"\0")[0]
                self._marks.append((event.sample, raw.decode("utf-8", "replace")))
            number += 1
        return 0

    def speak(
        self, text: str, manner: Manner
    ) -> tuple[npt.NDArray[np.int16], list[tuple[int, str]]]:
        """Return samples at the library's rate, and the phones with their first sample."""
        if manner.voice != self._voice:
            if self._library.espeak_SetVoiceByName(manner.voice.encode()) != 0:
                raise SpeechError(f"espeak-ng knows no voice {manner.voice!r}")
            self._voice = manner.voice
        for name, value in (
            (_SPEED, manner.speed),
            (_PITCH, manner.pitch),
            (_RANGE, manner.pitch_range),
            (_GAP, manner.gap),
        ):
            self._library.espeak_SetParameter(name, value, 0)
        self._pieces, self._marks = [], []
        raw = text.encode()
        failed = self._library.espeak_Synth(
            ctypes.c_char_p(raw),
            ctypes.c_size_t(len(raw) + 1),
            0,
            1,
            0,
            _UTF8_AND_END_PAUSE,
            None,
            None,
        )
        if failed:
            raise SpeechError(f"espeak-ng refuses {text!r}: error {failed}")
        self._library.espeak_Synchronize()
        sound = np.concatenate(self._pieces) if self._pieces else np.zeros(0, np.int16)
        return sound, self._marks


@lru_cache(maxsize=1)
def _synthesiser() -> _Synthesiser:
    """Return this process's synthesiser; the library has one state and one callback."""
    return _Synthesiser()


def say(text: str, manner: Manner) -> Spoken:
    """Return `text` spoken in a manner, at 16 kHz.

    Raises `SpeechError` where the library or the voice is missing.
    """
    synthesiser = _synthesiser()
    sound, marks = synthesiser.speak(text, manner)
    samples = resample_poly(sound.astype(np.float64), RATE, synthesiser.rate)
    if manner.stretch != 1.0:
        length = round(len(samples) / manner.stretch)
        samples = np.interp(np.arange(length) * manner.stretch, np.arange(len(samples)), samples)
    scale = 1.0 / (synthesiser.rate * manner.stretch)
    return Spoken(samples, tuple(Mark(sample * scale, name) for sample, name in marks))
