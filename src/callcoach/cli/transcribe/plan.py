"""Finds the recordings that are to be transcribed, and where their transcripts go."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from callcoach.errors import UsageError
from callcoach.hearing.capture.watched import SUFFIXES


@dataclass(frozen=True, slots=True)
class Planned:
    """A recording, and where its transcripts go."""

    recording: Path
    place: Path
    """Of the transcripts, without the ending."""

    def output(self, format: str) -> Path:
        """Return the file of a transcript."""
        return self.place.with_name(f"{self.place.name}.{format}")

    def seen_from_transcript(self) -> str:
        """Return where the recording is, from the folder of its transcript on; with `/`."""
        recording = self.recording.resolve()
        try:
            return Path(os.path.relpath(recording, self.place.parent.resolve())).as_posix()
        except ValueError:  # it is on another drive
            return recording.as_posix()


def plan(given: Iterable[Path], out: Path | None) -> list[Planned]:
    """Return the recordings that are named, those in folders and beneath them too, each once.

    Transcripts go beside them; with `out` there, as deep as a recording lies in its folder. Raises
    `UsageError` where two recordings would have the same transcript.
    """
    taken: dict[Path, Planned] = {}
    for one in _all(given, out):
        other = taken.setdefault(one.place, one)
        if not _is_same(one.recording, other.recording):
            raise UsageError(
                "{recording} and {other} would have the same transcript, {path}",
                "name another folder for one of them with --out, or rename it",
                recording=one.recording,
                other=other.recording,
                path=one.place,
            )
    return list(taken.values())


def _is_same(one: Path, other: Path) -> bool:
    return one == other or one.resolve() == other.resolve()


def _all(given: Iterable[Path], out: Path | None) -> Iterator[Planned]:
    for path in given:
        if not path.is_dir():
            yield Planned(path, (out or path.parent) / path.stem)
            continue
        for file in _recordings(path):
            place = out / file.relative_to(path) if out else file
            yield Planned(file, place.with_suffix(""))


def _recordings(folder: Path) -> list[Path]:
    """Return the recordings in a folder and beneath it, in order, hidden ones left out."""
    return sorted(
        file
        for file in folder.rglob("*")
        if file.suffix.lower() in SUFFIXES
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
        and file.is_file()
    )
