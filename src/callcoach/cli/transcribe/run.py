"""Transcribes what was planned, and writes what is not there yet or has changed."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from callcoach.archive.made import Made, Origin, State, origin_of
from callcoach.cli.hearing.audio import no_recording
from callcoach.cli.transcribe.plan import Planned
from callcoach.errors import AudioError, CallcoachError, UsageError
from callcoach.hearing.batch.batch import Batch, NotTranscribed, Outcome
from callcoach.hearing.models.registry import Model
from callcoach.hearing.sound import Recording
from callcoach.hearing.transcribing.transcript import FORMAT, Transcript, redact
from callcoach.hearing.transcribing.transcript_files import Format, write
from callcoach.locale import Messages
from callcoach.script.model import Speaker

_RECIPE = 1
"""Raised when the same recording and model come to give another transcript than before."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How recordings are to be transcribed."""

    formats: Sequence[Format]
    roles: tuple[Speaker, ...] = ()
    rate: int = 0
    """Of recordings without a header."""
    is_redacted: bool = False
    again: bool = False
    """What is there is written anew, whoever made it."""
    is_kept: bool = True
    """Transcripts become files; else they are only told."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a recording."""

    recording: Path
    files: tuple[Path, ...] = ()
    """Its transcripts, also those that were there already."""
    transcript: Transcript | None = None
    """None where it was not heard, now or at all."""
    error: CallcoachError | None = None


@dataclass(frozen=True, slots=True)
class _Waiting:
    planned: Planned
    origins: Mapping[Format, Origin]
    """Of what is to be written."""


class Run:
    """One run over many recordings. It belongs to one thread."""

    def __init__(self, batch: Batch, wish: Wish, model: Model, messages: Messages) -> None:
        self._batch, self._wish, self._messages = batch, wish, messages
        self._model = fingerprint(model.folder)
        self._made = Made()
        self._waiting: dict[str, _Waiting] = {}

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is on its way."""
        return self._batch.is_done

    @property
    def seconds(self) -> tuple[float, float]:
        """Return how much sound has been heard, and how much there is."""
        return self._batch.seconds

    def add(self, planned: Planned) -> Result | None:
        """Let a recording be heard; where it need not or cannot be, return what became of it."""
        try:
            origins = self._missing(planned) if self._wish.is_kept else {}
        except CallcoachError as error:
            return Result(planned.recording, error=error)
        if self._wish.is_kept and not origins:
            return Result(planned.recording, self._files(planned))
        path = str(planned.recording)
        self._waiting[path] = _Waiting(planned, origins)
        self._batch.add(Recording(path, self._wish.roles, 0, self._wish.rate))
        return None

    def step(self, wait: float) -> Iterator[Result]:
        """Yield what became of recordings, as far as it is known within `wait` seconds.

        Raises `ModelError`, `AudioError` where no process can be started, and `StorageError` where
        a transcript cannot be written.
        """
        for outcome in self._batch.step(wait):
            yield self._finish(self._waiting.pop(outcome.recording.path), outcome)

    def _finish(self, waiting: _Waiting, outcome: Outcome) -> Result:
        planned = waiting.planned
        if isinstance(outcome, NotTranscribed):
            return Result(planned.recording, error=outcome.error)
        transcript = outcome.transcript
        if self._wish.is_redacted:
            transcript = redact(transcript, self._messages)
        if self._wish.is_kept:
            transcript = replace(transcript, recording=planned.seen_from_transcript())
        for format, origin in waiting.origins.items():
            text = write(transcript, format, self._messages)
            self._made.write(planned.output(format), text, origin)
        return Result(planned.recording, self._files(planned), transcript)

    def _files(self, planned: Planned) -> tuple[Path, ...]:
        return tuple(map(planned.output, self._wish.formats)) if self._wish.is_kept else ()

    def _missing(self, planned: Planned) -> Mapping[Format, Origin]:
        """Return the formats that are to be written, and from what they will be made.

        Raises `UsageError` where something else has the name of a transcript, and `AudioError`
        where there is no recording.
        """
        found: dict[Format, Origin] = {}
        for format in self._wish.formats:
            if planned.output(format) == planned.recording:
                raise UsageError(
                    "the transcript would take the place of {recording}",
                    "name another folder with --out, or another --format",
                    recording=planned.recording,
                )
            try:
                origin = origin_of(planned.recording, self._recipe(format))
            except FileNotFoundError as error:
                raise no_recording(planned.recording) from error
            except OSError as error:
                raise AudioError(
                    "{file} cannot be read: {why}",
                    "check how it is spelt",
                    file=planned.recording,
                    why=error.strerror,
                ) from error
            state = self._made.state(planned.output(format), origin)
            if state is State.STRANGE and not self._wish.again:
                raise UsageError(
                    "{path} is there, and is not what was made of {recording}",
                    "--out names another folder; --again writes over it",
                    path=planned.output(format),
                    recording=planned.recording,
                )
            if state is not State.DONE or self._wish.again:
                found[format] = origin
        return found

    def _recipe(self, format: Format) -> str:
        """Return what tells apart all that decides how a recording is transcribed."""
        wish = self._wish
        is_worded = wish.is_redacted or format not in (Format.JSON, Format.JSONL)
        parts = (
            *(_RECIPE, FORMAT, self._model, format, wish.roles, wish.rate, wish.is_redacted),
            self._messages.language if is_worded else "",
        )
        return _digest(json.dumps(parts))


def fingerprint(folder: Path) -> str:
    """Return what changes with the files of a model."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    stats = [(str(it.relative_to(folder)), it.stat()) for it in files]
    return _digest(json.dumps([(name, it.st_size, it.st_mtime_ns) for name, it in stats]))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:32]
