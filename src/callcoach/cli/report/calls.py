"""Reads from the journal what reports are about."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field

import click

from callcoach.archive.export.record import CallRecord, record_call
from callcoach.archive.export.redacted import redact_record
from callcoach.archive.journal import Journal
from callcoach.archive.summary import CallSummary
from callcoach.cli.stored import stored_script
from callcoach.cli.workplace import Workplace
from callcoach.errors import StorageError, UsageError, suggest
from callcoach.reports.examples import choose, example
from callcoach.reports.figures import CallFigures, with_reviews
from callcoach.reports.kept import KeptFigures
from callcoach.reports.names import Names
from callcoach.reports.sheet import Example
from callcoach.review.form.model import Form
from callcoach.review.judged import Judged, read_judged
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
    forms: dict[str, Form] = field(default_factory=dict)
    """By id, the one that was used last."""


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

    def newest(self, calls: Iterable[CallSummary]) -> dict[PackId, Script]:
        """Return of each pack the newest script that can be read; `calls` come newest first."""
        found: dict[PackId, Script] = {}
        for pack, digest in dict.fromkeys((call.script, call.digest) for call in calls):
            if pack not in found and (script := self.get(digest)) is not None:
                found[pack] = script
        return found


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
        judged, scripts = read_judged(path), Scripts(journal)
        admitted = [call for call in every if wanted.admits(call)]
        with KeptFigures(path, scripts.get, wanted.since) as kept:
            for done, call in enumerate(admitted):
                _tell_progress(place, done, len(admitted))
                try:
                    found.calls.append(told_by(judged, kept.of(journal, call)))
                except StorageError:
                    found.unreadable += 1
        found.scripts, found.forms = scripts.newest(admitted), judged.newest_forms()
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


def told_by(judged: Judged, bare: CallFigures) -> CallFigures:
    """Return a call's figures with what its reviews say."""
    return with_reviews(bare, judged.of(bare.call), judged.forms.get)


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
