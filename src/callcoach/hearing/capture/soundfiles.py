"""Reads and writes files of sound, piece by piece; the home of soundfile.

What libsndfile passes over in silence is told here: a file that breaks off, one that is damaged.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from errno import EIO
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from callcoach.errors import AudioError
from callcoach.hearing.capture.headers import check, is_cut, is_tagged, lacks_end
from callcoach.hearing.capture.resample import Frames
from callcoach.hearing.sound import BYTES, RATE

try:
    from soundfile import SoundFile, SoundFileError
except OSError as error:  # there is no wheel with the library for this system
    raise ImportError("libsndfile is missing", name="libsndfile") from error

HEADERLESS = {
    ".raw": "PCM_16",
    ".pcm": "PCM_16",
    ".ul": "ULAW",
    ".ulaw": "ULAW",
    ".al": "ALAW",
    ".alaw": "ALAW",
}
"""Files that tell nothing of themselves, by suffix, and how their samples are written."""
_TELEPHONE = 8_000
"""The rate of G.711, u-law and A-law, where no other is given."""
_WRITTEN = {"flac": ("FLAC", "PCM_16"), "opus": ("OGG", "OPUS")}
_FLOATS = ("FLOAT", "DOUBLE")
_UNKNOWN = 1 << 62
"""Frames: libsndfile's figure, or near it, where a file does not tell how many it has."""
_SLACK = 0.1
"""Seconds that a compressed file may lack of what it tells: encoders round to their blocks."""


@dataclass(frozen=True, slots=True)
class Described:
    """What a file of sound says of itself."""

    seconds: float
    channels: int
    rate: int
    """Samples a second of each channel."""
    format: str
    """As libsndfile names it, such as `WAV PCM_16` or `OGG OPUS`."""


class _Straight(SoundFile):  # type: ignore[misc] # soundfile has no types
    """A file that is read or written from its beginning to its end.

    soundfile seeks after every read of what can be sought, which costs time, and in an MP3 throws
    away what its decoder has to keep: measured, most samples are wrong then.
    """

    def seekable(self) -> bool:
        """Tell soundfile not to seek."""
        return False


class SoundReader:
    """A file of sound that is read once."""

    def __init__(self, file: Path, rate: int = 0, channels: int = 1) -> None:
        """Open a file; raises `AudioError` where it holds no sound.

        `rate` and `channels` are those of a file without a header.
        """
        self._file = file
        self._sound = _open(file, rate, channels)
        self.rate: int = self._sound.samplerate
        self.channels: int = self._sound.channels
        self.format = f"{self._sound.format} {self._sound.subtype}"
        self._is_whole = not is_cut(self._sound.extra_info) and not lacks_end(file)
        self._tells_length = self._sound.format != "MP3" or is_tagged(file)
        self._read = 0
        """Frames so far."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._sound.close()

    @property
    def seconds(self) -> float | None:
        """Return how long it says it is; None where it does not."""
        frames: int = self._sound.frames
        return frames / self.rate if frames < _UNKNOWN and self._tells_length else None

    def skip(self, seconds: float) -> None:
        """Begin later; raises `AudioError` where the file is damaged before."""
        missing = round(seconds * self.rate)
        while missing > 0 and (read := len(self._next(min(missing, self.rate)))):
            missing -= read

    def pieces(self, seconds: float) -> Iterator[Frames]:
        """Yield the sound, in pieces of some seconds, but for the last.

        Raises `AudioError` at the end of what can be read, where that is not the file's end.
        """
        size = max(1, round(seconds * self.rate))
        while len(frames := self._next(size)):
            yield frames
        told = self.seconds
        if not self._is_whole or (told or 0) - self._read / self.rate > _SLACK:
            raise self._broken()

    def _next(self, size: int) -> Frames:
        """Return the next frames, up to so many; none at the end."""
        try:
            frames: Frames = self._sound.read(size, dtype="float32", always_2d=True)
        except SoundFileError as error:
            raise self._broken() from error
        self._read += len(frames)
        if self._sound.subtype in _FLOATS:
            # One that is no number would spread over all that the resampler holds.
            np.nan_to_num(frames, copy=False, nan=0.0, posinf=1.0, neginf=-1.0)
        return frames

    def _broken(self) -> AudioError:
        return AudioError(
            "{file} breaks off or is damaged after {seconds} seconds",
            "what comes before was heard; copy the recording once more from where it was made",
            file=self._file,
            seconds=f"{self._read / self.rate:.1f}",
        )


class SoundWriter:
    """A file of one voice at `RATE`. A kill costs the last second of it at most."""

    def __init__(self, file: Path, format: str) -> None:
        """Make a new file for its owner alone; `format` is `flac` or `opus`; raises `OSError`."""
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        self.name = file.name
        self.samples = 0
        major, subtype = _WRITTEN[format]
        try:
            self._sound = _Straight(file, "w", RATE, 1, subtype=subtype, format=major)
        except SoundFileError as error:
            raise OSError(EIO, str(error)) from error

    def write(self, pcm: bytes) -> None:
        """Write samples of 16 bit, little-endian; raises `OSError` where the disk takes no more."""
        try:
            self._sound.buffer_write(pcm, "int16")
        except (SoundFileError, AssertionError) as error:  # asserts that all was written
            raise OSError(EIO, str(error)) from error
        self.samples += len(pcm) // BYTES

    def close(self) -> None:
        """Write what is held back, and close; raises `OSError`."""
        try:
            self._sound.close()
        except SoundFileError as error:
            raise OSError(EIO, str(error)) from error


def describe(path: Path | str, rate: int = 0, channels: int = 1) -> Described:
    """Return what a file says of itself; raises `AudioError`. A length it does not tell is counted.

    `rate` and `channels` are those of a file without a header.
    """
    with SoundReader(Path(path), rate, channels) as sound:
        seconds = sound.seconds
        if seconds is None:
            seconds = 0.0
            try:
                for frames in sound.pieces(1.0):
                    seconds += len(frames) / sound.rate
            except AudioError:
                pass  # whoever hears it is told
        return Described(seconds, sound.channels, sound.rate, sound.format)


def _open(file: Path, rate: int, channels: int) -> _Straight:
    check(file)
    subtype = HEADERLESS.get(file.suffix.lower())
    if subtype is not None and not rate:
        rate = 0 if subtype == "PCM_16" else _TELEPHONE
    try:
        if subtype is None:
            return _Straight(file)
        if not rate:
            raise AudioError(
                "{file} does not say how many samples a second it has",
                "say so with --rate, such as --rate 8000",
                file=file,
            )
        return _Straight(file, "r", rate, channels, subtype, "LITTLE", "RAW")
    except SoundFileError as error:
        raise AudioError(
            "{file} is no sound that can be read",
            "it takes WAV, FLAC, OGG, MP3, and .ul, .al and .raw without a header; other formats"
            " must be converted, for example with ffmpeg",
            file=file,
        ) from error
