"""Writes what is captured to files: one for each voice, and each stretch of it without a break."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from callcoach.errors import AudioError, StorageError
from callcoach.hearing.capture.soundfiles import SoundWriter
from callcoach.hearing.keeping.kept import RECORD, Kept, Stretch, read_record, write_record
from callcoach.hearing.sound import RATE, Block
from callcoach.script.model import Speaker

_SEAM = 0.02
"""Seconds that may be missing before a block, or too many, without a new stretch for it."""


class Keeper:
    """The sound of one call, in a folder, with a record of what is there.

    Its methods raise `AudioError` where nothing more can be kept; what was written stays.
    """

    def __init__(self, folder: Path, format: str, roles: Sequence[Speaker]) -> None:
        """Begin, or go on with what another process has begun; `format` is `flac` or `opus`."""
        self._folder = folder
        self._format = format
        self._roles = roles
        self._writers: dict[int, SoundWriter] = {}
        """Of the stretches that go on, by channel; the record has them too."""
        self._ends: dict[int, float] = {}
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            there = (folder / RECORD).exists()
            self._record = read_record(folder) if there else Kept(format)
        except (OSError, StorageError) as error:
            raise self._refused() from error

    def take(self, block: Block) -> None:
        """Write a block."""
        channel = block.channel
        try:
            if abs(block.at - self._ends.get(channel, block.at)) > _SEAM:
                self._finish(channel)
            if channel not in self._writers:
                self._begin(channel, block.at)
            self._writers[channel].write(block.pcm)
            self._ends[channel] = block.end
        except OSError as error:
            with suppress(OSError):
                self._finish_all()
            raise self._refused() from error

    def close(self) -> None:
        """Finish all files."""
        try:
            self._finish_all()
        except OSError as error:
            raise self._refused() from error

    def _begin(self, channel: int, at: float) -> None:
        role = self._roles[channel]
        name = f"{role}-{channel + 1}-{at:010.3f}.{self._format}"
        self._writers[channel] = SoundWriter(self._folder / name, self._format)
        stretch = Stretch(name, channel, role, round(at, 3), RATE)
        self._write((*self._record.stretches, stretch))

    def _finish(self, channel: int) -> None:
        """End the stretch of a channel, if there is one, and note how long it became."""
        if channel not in self._writers:
            return
        writer = self._writers.pop(channel)
        writer.close()
        whole = (
            msgspec.structs.replace(it, samples=writer.samples) if it.file == writer.name else it
            for it in self._record.stretches
        )
        self._write(tuple(whole))

    def _finish_all(self) -> None:
        for channel in tuple(self._writers):
            self._finish(channel)

    def _write(self, stretches: tuple[Stretch, ...]) -> None:
        self._record = msgspec.structs.replace(self._record, stretches=stretches)
        write_record(self._folder, self._record)

    def _refused(self) -> AudioError:
        return AudioError(
            "the sound of the call is not kept: {folder} takes no more",
            "check the space on its disk and who may write there; the call goes on",
            folder=self._folder,
        )
