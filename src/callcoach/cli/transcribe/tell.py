"""Tells how a run of transcribing goes, and what it came to."""

import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from callcoach.cli.transcribe.progress import Progress
from callcoach.cli.transcribe.run import Result
from callcoach.errors import CallcoachError
from callcoach.hearing.transcribing.transcript_files import Format, write
from callcoach.locale import Messages
from callcoach.script.model import Speaker
from callcoach.words.clock import clock


class Teller:
    """Prints results as they come: as lines, as transcripts or, at the end, as JSON."""

    def __init__(
        self, messages: Messages, formats: Sequence[Format], *, is_printed: bool, is_json: bool
    ) -> None:
        """With `is_printed` the transcripts themselves go to standard output, in order."""
        self._messages, self._formats = messages, formats
        self._is_printed, self._is_json = is_printed, is_json
        self._begun = time.monotonic()
        self._progress = Progress(self._out, sys.stderr, messages, time.monotonic)
        self._expected: list[Path] = []
        self._printed = 0
        self._results: dict[Path, Result] = {}
        self._before: int | None = None
        """How many recordings were expected before a folder was watched; None: none is."""
        self.failures: list[CallcoachError] = []
        """Of recordings that could not be transcribed."""

    def expect(self, recordings: Sequence[Path]) -> None:
        """Take note of recordings that will be told of, each once."""
        known = set(self._expected)
        self._expected += [it for it in recordings if it not in known]

    def show(self, heard: float, seconds: float) -> None:
        """Draw how far the run is, by seconds of sound; nothing while it waits for recordings."""
        if self.missing:
            self._progress.show(len(self._results), len(self._expected), heard, seconds)
        else:
            self._progress.clear()

    @property
    def missing(self) -> int:
        """Return of how many recordings it is not known yet what becomes of them."""
        return len(self._expected) - len(self._results)

    def watch(self, folder: Path) -> None:
        """Say, once, that recordings are waited for, where, and how that ends."""
        if self._before is None:
            self._before = len(self._expected)
            say = self._messages.say
            told = say(
                "Waiting for recordings in {folder} and its folders; Ctrl-C ends it.", folder=folder
            )
            self._progress.warn(told)

    def clear(self) -> None:
        """Leave nothing drawn."""
        self._progress.clear()

    def tell(self, result: Result) -> None:
        """Tell what became of a recording."""
        self._results[result.recording] = result
        say, name = self._messages.say, str(result.recording)
        if result.error is not None:
            self.failures.append(result.error)
            if len(self._expected) > 1:
                self._progress.warn(f"! {self._messages.tell(result.error)}")
        elif self._is_printed:
            self._print()
        elif result.transcript is None:
            self._progress.say(say("{file}: done already", file=name))
        else:
            files = ", ".join(map(str, result.files))
            length = clock(result.transcript.seconds)
            self._progress.say(f"{name} ({length}) -> {files}")
        if result.transcript is not None and result.transcript.is_cut:
            told = say(
                "{file} breaks off after {time}; what comes before is written down.",
                file=name,
                time=clock(result.transcript.seconds),
            )
            self._progress.warn(f"! {told}")

    def finish(self) -> None:
        """Say what the run came to."""
        if self._is_printed or not (self._results or self._before is not None):
            return
        say, results = self._messages.say, self._results.values()
        heard = [it.transcript for it in results if it.transcript is not None]
        if any(it.channels == (Speaker.OTHER,) for it in heard):
            told = say(
                "Of a recording with one channel nobody can tell who speaks; --roles agent says"
                " whose voice it is."
            )
            click.echo(told, err=True)
        before = len(results) - len(heard) - len(self.failures)
        told = say(
            "Transcribed: {heard} ({time}); done already: {before}; failed: {failed}.",
            heard=len(heard),
            time=clock(sum(it.seconds for it in heard)),
            before=before,
            failed=len(self.failures),
        )
        if self._before is not None:
            came = len(self._expected) - self._before
            told = say("Came in: {came}.", came=came) + " " + told
        if self.missing:
            told += " " + say("Not done: {missing}.", missing=self.missing)
        if speed := self._speed:
            told += " " + say("{speed} times real speed.", speed=f"{speed:.1f}")
        click.echo(told, err=self._is_json)

    def json(self) -> Mapping[str, object]:
        """Return what the run came to."""
        results = (self._results[it] for it in self._expected if it in self._results)
        return {
            "times_real_speed": round(self._speed, 2),
            "recordings": [self._result(it) for it in results],
        }

    def _result(self, result: Result) -> object:
        transcript, error = result.transcript, result.error
        state = "failed" if error else "transcribed" if transcript else "done_already"
        return {
            "file": str(result.recording),
            "state": state,
            "transcripts": list(map(str, result.files)),
            "seconds": transcript.seconds if transcript else None,
            "utterances": len(transcript.utterances) if transcript else None,
            "is_cut": transcript.is_cut if transcript else None,
            "error": self._messages.tell(error) if error else None,
        }

    @property
    def _speed(self) -> float:
        """Return how many seconds of recordings were heard in a second."""
        transcripts = [it.transcript for it in self._results.values()]
        heard = sum(it.seconds for it in transcripts if it is not None)
        return heard / max(time.monotonic() - self._begun, 1e-3)

    def _print(self) -> None:
        """Print the transcripts whose turn has come."""
        for recording in self._expected[self._printed :]:
            result = self._results.get(recording)
            if result is None:
                return
            self._printed += 1
            if result.transcript is not None:
                self._progress.clear()
                for format in self._formats:
                    click.echo(write(result.transcript, format, self._messages), nl=False)

    def _out(self, line: str) -> None:
        click.echo(line, err=self._is_json or self._is_printed)
