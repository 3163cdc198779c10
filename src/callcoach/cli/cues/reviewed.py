"""The calls that teach: those of files, or those that the team has reviewed in its journal."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from callcoach.archive.datasets import read_dataset
from callcoach.archive.journal import Journal
from callcoach.call.evaluate.gold import LabelledCall, Utterance, language_of
from callcoach.call.events import Event, Heard
from callcoach.cli.workplace import Workplace
from callcoach.errors import StorageError, UsageError
from callcoach.review.judged import JournalReviews
from callcoach.review.learning.verdicts import labelled_call
from callcoach.script.model import Script


def reviewed(place: Workplace, script: Script, paths: Sequence[Path]) -> tuple[LabelledCall, ...]:
    """Return the labelled calls in some files; without files those reviewed in the journal.

    Raises `UsageError` where there are too few.
    """
    if not paths:
        calls = tuple(_of_journal(place, script))
        if len(calls) < 2:
            raise UsageError(
                "the journal has too few reviewed calls to learn from",
                "review more calls with a form that asks about flags, or name labelled files",
            )
        return calls
    calls = tuple(call for path in paths for one in read_dataset(path) for call in one.calls)
    if len(calls) < 2:
        raise UsageError(
            "one call is not enough to learn by one and check by another",
            "name a file with more reviewed calls",
        )
    return calls


def unlabelled(place: Workplace, script: Script, paths: Sequence[Path]) -> tuple[LabelledCall, ...]:
    """Return the calls in some files, labelled or not; without files the journal's of the script.

    Raises `UsageError` where there are too few.
    """
    if paths:
        return reviewed(place, script, paths)
    calls: list[LabelledCall] = []
    if place.has_journal():
        with Journal(place.journal_path) as journal:
            for call in journal.calls():
                if call.script == script.id:
                    with suppress(StorageError):  # callcoach journal verify tells about it
                        calls.append(_plain(call.id, journal.events(call.id)))
    if len(calls) < 2:
        raise UsageError(
            "the journal has too few calls of this pack to compare rules and judges",
            "name files with calls",
        )
    return tuple(calls)


def _plain(id: str, events: Iterable[Event]) -> LabelledCall:
    """Return a call of which nobody has said anything."""
    said = tuple(
        Utterance(it.speaker, it.text, it.start, it.end) for it in events if isinstance(it, Heard)
    )
    return LabelledCall(id, "journal", language_of(it.text for it in said), said, frozenset())


def _of_journal(place: Workplace, script: Script) -> Iterator[LabelledCall]:
    """Yield the calls made with a script of whose flags reviewers have said something."""
    path = place.journal_path
    if not place.has_journal():
        return
    with Journal(path) as journal, JournalReviews(path) as judged:
        for call in journal.calls():
            verdicts = judged.verdicts(call.id)
            if call.script != script.id or not verdicts:
                continue
            try:
                found = labelled_call(call.id, journal.events(call.id), script, verdicts)
            except StorageError:  # callcoach journal verify tells about it
                continue
            if found is not None:
                yield found
