"""A data set that was read, what is wrong with its files, and what a reader gathers."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from callcoach.call.evaluate.gold import LabelledCall, Mark, Slot, Utterance, language_of
from callcoach.errors import CallcoachError, Told
from callcoach.script.model import Speaker
from callcoach.words.pace import speaking_seconds

PAUSE = 0.6
"""Seconds between two utterances of which nobody measured when they were said."""


class DatasetError(CallcoachError):
    """Labelled data that cannot be read; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A line that could not be used, and why."""

    file: str
    line: int
    """Counted from 1; 0 where it is about the whole file."""
    what: Told


@dataclass(frozen=True, slots=True)
class Dataset:
    """The labelled calls of a file or folder."""

    name: str
    """What it is called in reports: the file's or the folder's name."""
    format: str
    """Which reader read it: `rubric`, `acts`, `intents` or `plain`."""
    calls: tuple[LabelledCall, ...]
    troubles: tuple[Trouble, ...] = ()
    """The lines that were left out."""


@dataclass(frozen=True, slots=True)
class Line:
    """An utterance as a file has it."""

    speaker: Speaker
    text: str
    labels: frozenset[str] = frozenset()
    start: float | None = None
    end: float | None = None
    slots: tuple[Slot, ...] = ()


@dataclass(slots=True)
class Draft:
    """What is known so far of the calls of a file, by their ids, in the order they came in."""

    lines: dict[str, list[Line]] = field(default_factory=dict)
    verdicts: dict[str, dict[str, bool]] = field(default_factory=lambda: defaultdict(dict))
    """By call and name: `verified`, `early`."""
    troubles: list[Trouble] = field(default_factory=list)

    def calls(self, origin: str, scope: frozenset[Mark] = frozenset()) -> tuple[LabelledCall, ...]:
        """Return the calls of a data set called `origin`.

        Beside those of the scope, every label that a speaker has anywhere counts as looked for
        everywhere.
        """
        seen = (
            Mark(label, line.speaker)
            for lines in self.lines.values()
            for line in lines
            for label in line.labels
        )
        whole = scope.union(seen)
        return tuple(
            _call(id, origin, lines, whole, self.verdicts.get(id, {}))
            for id, lines in self.lines.items()
            if lines
        )


def _call(
    id: str,
    origin: str,
    lines: Sequence[Line],
    scope: frozenset[Mark],
    verdicts: Mapping[str, bool],
) -> LabelledCall:
    return LabelledCall(
        id=id,
        origin=origin,
        language=language_of(line.text for line in lines),
        utterances=tuple(_timed(lines)),
        scope=scope,
        verified=verdicts.get("verified"),
        early=verdicts.get("early"),
    )


def _timed(lines: Sequence[Line]) -> Iterator[Utterance]:
    """Yield utterances with times; missing ones are estimated from the words."""
    at = 0.0
    for line in lines:
        start = at if line.start is None else line.start
        end = line.end
        if end is None or end < start:
            end = round(start + speaking_seconds(line.text), 3)
        yield Utterance(line.speaker, line.text, start, end, line.labels, line.slots)
        at = round(end + PAUSE, 3)
