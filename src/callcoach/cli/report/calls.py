"""Reads from the journal what reports are about."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field

import click

from callcoach.archive.export import CallRecord, record_call, redact_record
from callcoach.archive.journal import Journal
from callcoach.archive.reviews import Reviews
from callcoach.archive.summary import CallSummary
from callcoach.cli.desk import stored_script
from callcoach.cli.workplace import Workplace
from callcoach.errors import StorageError, UsageError, suggest
from callcoach.reports.examples import choose, example
from callcoach.reports.figures import CallFigures, figures_of
from callcoach.reports.names import Names
from callcoach.reports.sheet import Example
from callcoach.review.state import ReviewState
from callcoach.review.store import read_state
from callcoach.script.model import PackId, Script

PRACTICE = "practice"
_NO_CALLS = frozenset((PRACTICE, "demo", "preview"))
"""The modes of what is no call to a customer."""
_MANY = 200
"""To read fewer calls takes no time worth telling."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which calls a report is about; what is empty asks for nothing."""

    agent: str = ""
    script: str = ""
    since: str = ""
    """A day, ISO 8601; inclusive."""
    until: str = ""
    """A day, ISO 8601; inclusive."""
    is_practice: bool = False

    def admits(self, call: CallSummary) -> bool:
        """Tell whether a report is about a call; one that goes on is in none."""
        is_kind = call.mode == PRACTICE if self.is_practice else call.mode not in _NO_CALLS
        return (
            is_kind
            and call.ended_at is not None
            and (not self.agent or call.agent == self.agent)
            and (not self.script or call.script == self.script)
            and (not self.since or call.day >= self.since)
            and (not self.until or call.day <= self.until)
        )


@dataclass(slots=True)
class Found:
    """The calls of a report, in figures, oldest first."""

    calls: list[CallFigures] = field(default_factory=list)
    scripts: dict[PackId, Script] = field(default_factory=dict)
    """Of each pack the newest that a call was made with."""
    unreadable: int = 0


class Scripts:
    """The scripts of a journal by digest; to load one takes a second."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._known: dict[str, Script | None] = {}

    def get(self, digest: str) -> Script | None:
        """Return the script with a digest; None where it cannot be read any more."""
        if digest not in self._known:
            self._known[digest] = stored_script(self._journal.sources(digest))
        return self._known[digest]


def read_calls(place: Workplace, wanted: Wanted) -> Found:
    """Return the calls that a report is about; none where there is no journal yet.

    Raises `UsageError` for an agent or a script that no call has: a slip.
    """
    found, path = Found(), place.journal_path
    if not path.exists():
        return found
    with Journal(path) as journal:
        every = journal.calls()
        _check("agent", wanted.agent, {call.agent for call in every} - {""})
        _check("script", wanted.script, {str(call.script) for call in every})
        reviews, scripts = read_reviews(place), Scripts(journal)
        admitted = [call for call in every if wanted.admits(call)]
        for done, call in enumerate(admitted):
            _tell_progress(place, done, len(admitted))
            try:
                script = scripts.get(call.digest)
                figures = figures_of(
                    call.id, journal.events(call.id), script, reviews.get(call.id, ())
                )
            except StorageError:
                found.unreadable += 1
                continue
            found.calls.append(figures)
            if script is not None:
                found.scripts.setdefault(call.script, script)
    found.calls.reverse()
    return found


def _tell_progress(place: Workplace, done: int, total: int) -> None:
    """Say how far the reading is, where somebody waits for it."""
    if total > _MANY and done % _MANY == 0 and sys.stderr.isatty():
        text = place.messages.say("Reading calls: {done} of {total}", done=done, total=total)
        click.echo(f"\r\x1b[K{text}", nl=False, err=True)
        if done + _MANY >= total:
            click.echo("\r\x1b[K", nl=False, err=True)


def _check(what: str, name: str, known: Iterable[str]) -> None:
    names = sorted(known)
    if not name or not names or name in names:
        return
    if what == "agent":
        raise UsageError("there is no call by “{agent}”", suggest(name, names), agent=name)
    raise UsageError("there is no call with the script “{id}”", suggest(name, names), id=name)


def read_reviews(place: Workplace) -> dict[str, list[ReviewState]]:
    """Return the reviews there are, by call; one that cannot be read is left to `verify`."""
    found: dict[str, list[ReviewState]] = {}
    with Reviews(place.journal_path) as reviews:
        for row in reviews.all():
            try:
                state = read_state(reviews, row).state
            except StorageError:
                continue
            found.setdefault(row.call, []).append(state)
    return found


def read_examples(
    place: Workplace, calls: Iterable[CallFigures], names: Names, is_masked: bool
) -> tuple[Example, ...]:
    """Return examples of what was flagged in calls, with the words; by default these are masked."""
    chosen = choose(calls)
    if not chosen:
        return ()
    records: dict[str, CallRecord] = {}
    found: list[Example] = []
    with Journal(place.journal_path) as journal:
        scripts = Scripts(journal)
        for one in chosen:
            script = scripts.get(one.call.digest)
            if script is None:
                continue
            if one.call.call not in records:
                events = journal.events(one.call.call)
                record = record_call(one.call.call, events, script, names.messages.language)
                if is_masked:
                    record = redact_record(record, script, names.messages)
                records[one.call.call] = record
            told = example(records[one.call.call], one.flag, script, names.messages)
            found += [told] if told else []
    return tuple(found)
