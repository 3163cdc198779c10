"""Many recordings on their way to words: looked at, heard channel by channel, put together."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from callcoach.errors import AudioError, CallcoachError
from callcoach.hearing.batch.crew import Crew
from callcoach.hearing.batch.messages import (
    Finished,
    Hear,
    Look,
    Looked,
    Progress,
    Refused,
    Report,
    Utterance,
)
from callcoach.hearing.heard import Final
from callcoach.hearing.process.child import Ended
from callcoach.hearing.sound import Recording
from callcoach.hearing.transcribing.transcript import Transcript, utterances
from callcoach.script.model import Speaker

_TRIES = 2
"""Times that something is done over which a process dies."""


@dataclass(frozen=True, slots=True)
class Transcribed:
    """A recording that was heard."""

    recording: Recording
    transcript: Transcript


@dataclass(frozen=True, slots=True)
class NotTranscribed:
    """A recording that could not be heard, and why."""

    recording: Recording
    error: CallcoachError


Outcome = Transcribed | NotTranscribed


@dataclass(frozen=True, slots=True)
class Ticket:
    """What an order is for."""

    file: int
    channel: int | None = None
    """None for a look at all of it."""


@dataclass(slots=True)
class _Voice:
    """What one channel has said so far."""

    finals: list[Final] = field(default_factory=list)
    heard: float = 0.0
    end: Finished | None = None


@dataclass(slots=True)
class _File:
    """A recording on its way."""

    recording: Recording
    roles: tuple[Speaker, ...] = ()
    seconds: float = 0.0
    voices: list[_Voice] = field(default_factory=list)


class Batch:
    """The recordings of one run. It belongs to one thread, which calls `step` again and again."""

    def __init__(self, crew: Crew[Ticket], model: str, language: str) -> None:
        """Take processes, and what their model is called and hears."""
        self._crew = crew
        self._model, self._language = model, language
        self._numbers = count()
        self._files: dict[int, _File] = {}
        self._looks: deque[Ticket] = deque()
        self._hears: deque[Ticket] = deque()
        self._tries: dict[Ticket, int] = {}
        self._done = 0.0

    @property
    def is_done(self) -> bool:
        """Tell whether there is an outcome of everything that was added."""
        return not self._files

    @property
    def seconds(self) -> tuple[float, float]:
        """Return how much of the recordings has been heard, and how long they are, in seconds.

        What has not been looked at yet counts as nothing.
        """
        files = self._files.values()
        return self._done + sum(map(_heard, files)), self._done + sum(it.seconds for it in files)

    def add(self, recording: Recording) -> None:
        """Let a recording be heard after those that wait already."""
        number = next(self._numbers)
        self._files[number] = _File(recording)
        self._looks.append(Ticket(number))

    def step(self, wait: float) -> Iterator[Outcome]:
        """Yield the outcomes that there are, or come within `wait` seconds.

        Raises `ModelError` where the model cannot be used, and `AudioError` where no process can be
        started.
        """
        while self._crew.has_room and (ticket := self._next()) is not None:
            self._crew.give(_order(self._files[ticket.file], ticket.channel), ticket)
        answer = self._crew.wait(wait)
        while answer is not None:
            ticket, report = answer
            if (file := self._files.get(ticket.file)) is not None:
                yield from self._take(ticket, file, report)
            answer = self._crew.wait(0.0)

    def _next(self) -> Ticket | None:
        """Return what is to be done next: all is looked at first, so that one knows how much it is.

        What was left over of a recording that cannot be heard is passed over.
        """
        for waiting in (self._looks, self._hears):
            while waiting:
                ticket = waiting.popleft()
                if ticket.file in self._files:
                    return ticket
        return None

    def _take(self, ticket: Ticket, file: _File, report: Report | Ended) -> Iterator[Outcome]:
        match report:
            case Looked(seconds, roles):
                file.roles, file.seconds = roles, seconds
                file.voices = [_Voice() for _ in roles]
                self._hears += [Ticket(ticket.file, channel) for channel in range(len(roles))]
            case Utterance(final):
                _voice(file, ticket).finals.append(final)
            case Progress(seconds):
                _voice(file, ticket).heard = seconds
            case Finished():
                _voice(file, ticket).end = report
                _voice(file, ticket).heard = report.seconds
                if all(voice.end for voice in file.voices):
                    yield self._finish(ticket, Transcribed(file.recording, self._transcript(file)))
            case Refused():
                error = AudioError(report.reason, report.hint, **report.values)
                yield self._finish(ticket, NotTranscribed(file.recording, error))
            case Ended():
                yield from self._try_again(ticket, file)

    def _try_again(self, ticket: Ticket, file: _File) -> Iterator[Outcome]:
        """Do once more what a process died over."""
        self._tries[ticket] = self._tries.get(ticket, 1) + 1
        if self._tries[ticket] > _TRIES:
            error = AudioError(
                "the recogniser broke down twice over {file}",
                "try another model, or convert the recording to WAV",
                file=file.recording.path,
            )
            yield self._finish(ticket, NotTranscribed(file.recording, error))
        elif ticket.channel is None:
            self._looks.appendleft(ticket)
        else:
            file.voices[ticket.channel] = _Voice()
            self._hears.appendleft(ticket)

    def _finish(self, ticket: Ticket, outcome: Outcome) -> Outcome:
        file = self._files.pop(ticket.file)
        self._done += file.seconds
        return outcome

    def _transcript(self, file: _File) -> Transcript:
        ends = [voice.end for voice in file.voices if voice.end is not None]
        voices = [(role, it.finals) for role, it in zip(file.roles, file.voices, strict=True)]
        return Transcript(
            file=Path(file.recording.path).name,
            seconds=max(end.seconds for end in ends),
            channels=file.roles,
            model=self._model,
            language=self._language,
            utterances=utterances(voices),
            is_cut=any(end.is_cut for end in ends),
        )


def _heard(file: _File) -> float:
    """Return how much of a recording has been heard, all its voices taken together."""
    return sum(voice.heard for voice in file.voices) / max(len(file.voices), 1)


def _order(file: _File, channel: int | None) -> Look | Hear:
    return Look(file.recording) if channel is None else Hear(file.recording, channel)


def _voice(file: _File, ticket: Ticket) -> _Voice:
    return file.voices[ticket.channel or 0]
