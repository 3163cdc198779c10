"""Reads from the journal what reports are about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from callcoach.archive.export.record import CallRecord, record_call
from callcoach.archive.export.redacted import redact_record
from callcoach.archive.ids import CallId
from callcoach.archive.journal import Journal
from callcoach.archive.summary import CallSummary
from callcoach.cli.stored import stored_script
from callcoach.cli.workplace import Workplace
from callcoach.errors import StorageError, Told, UsageError, suggest
from callcoach.reports.examples import choose, example
from callcoach.reports.figures import CallFigures
from callcoach.reports.kept import KeptFigures
from callcoach.reports.names import Names
from callcoach.reports.parts import Example
from callcoach.review.form.model import Form
from callcoach.review.judged import JournalReviews
from callcoach.script.model import PackId, Script

PRACTICE = "practice"
_NO_CALLS = frozenset((PRACTICE, "demo", "preview"))
"""The modes of what is no call to a customer."""
_OFTEN = 25
"""After so many calls it is told how far the reading is."""


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


@dataclass(frozen=True, slots=True)
class Found:
    """The calls of a report."""

    calls: tuple[CallFigures, ...] = ()
    """Oldest first."""
    scripts: Mapping[PackId, Script] = field(default_factory=dict)
    """Of each pack the newest that a call was made with."""
    damaged: tuple[CallId, ...] = ()
    """Those that are left out: they cannot be read, or are not as they were written."""
    forms: Mapping[str, Form] = field(default_factory=dict)
    """By id, the one that was used last."""


class CallReader:
    """Reads calls of a journal; where there is none yet, there are none."""

    def __init__(self, place: Workplace, since: str = "") -> None:
        """Open the journal, to be asked for calls from the day `since` on.

        Raises `StorageError` where it cannot be read.
        """
        self._place = place
        self._since = since
        self._open = ExitStack()
        self._journal: Journal | None = None
        self._every: tuple[CallSummary, ...] = ()
        self._judged = self._open.enter_context(JournalReviews(place.journal_path))
        if place.journal_path.exists():
            self._journal = self._open.enter_context(Journal(place.journal_path))
            self._every = self._journal.calls()
        self._scripts: dict[str, Script | None] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def check(self, wanted: Wanted) -> None:
        """Raise `UsageError` for an agent or a script that no call has: a slip."""
        if not self._every:
            return  # a page without calls says how to make some
        _check("agent", wanted.agent, {call.agent for call in self._every} - {""})
        _check("script", wanted.script, {str(call.script) for call in self._every})

    def read(
        self,
        wanted: Sequence[Wanted],
        tell: Callable[[int, int], None],
        is_over: Callable[[], bool] = lambda: False,
    ) -> Found | None:
        """Return the calls that one of `wanted` admits; None where `is_over` said so.

        `tell` hears how many of how many are read. Raises `StorageError`.
        """
        if self._journal is None:
            return Found()
        calls: list[CallFigures] = []
        damaged: list[CallId] = []
        admitted = [call for call in self._every if any(it.admits(call) for it in wanted)]
        for done, call in enumerate(admitted):
            if is_over():
                return None
            if done % _OFTEN == 0:
                tell(done, len(admitted))
            try:
                calls.append(self._kept.of(self._journal, call))
            except StorageError:
                damaged.append(call.id)
        tell(len(admitted), len(admitted))
        forms = self._judged.newest_forms()
        return Found(tuple(reversed(calls)), self._newest(admitted), tuple(damaged), forms)

    @cached_property
    def _kept(self) -> KeptFigures:
        """The figures of the calls from the first day on, for all that is read."""
        path = self._place.journal_path
        return self._open.enter_context(KeptFigures(path, self.script, self._judged, self._since))

    def script(self, digest: str) -> Script | None:
        """Return the script with a digest; None where it cannot be read any more.

        To load one takes half a second.
        """
        if digest not in self._scripts and self._journal is not None:
            self._scripts[digest] = stored_script(self._journal.sources(digest))
        return self._scripts.get(digest)

    def _newest(self, calls: Iterable[CallSummary]) -> Mapping[PackId, Script]:
        """Return of each pack the newest script that can be read; `calls` come newest first."""
        found: dict[PackId, Script] = {}
        for pack, digest in dict.fromkeys((call.script, call.digest) for call in calls):
            if pack not in found and (script := self.script(digest)) is not None:
                found[pack] = script
        return found

    def examples(
        self, calls: Iterable[CallFigures], names: Names, is_masked: bool
    ) -> tuple[Example, ...]:
        """Return examples of what was flagged in calls, with the words, masked or not."""
        records: dict[CallId, CallRecord] = {}
        found: list[Example] = []
        for one in choose(calls):
            script = self.script(one.call.digest)
            if script is None:
                continue
            if one.call.call not in records:
                records[one.call.call] = self._record(one.call.call, script, names, is_masked)
            told = example(records[one.call.call], one.flag, script, names.messages)
            found += [told] if told else []
        return tuple(found)

    def _record(self, call: CallId, script: Script, names: Names, is_masked: bool) -> CallRecord:
        events = self._journal.events(call) if self._journal else ()
        record = record_call(call, events, script, names.messages.language)
        return redact_record(record, script, names.messages) if is_masked else record


def _check(what: str, name: str, known: Iterable[str]) -> None:
    names = sorted(known)
    if not name or name in names:
        return
    if what == "agent":
        advice = suggest(name, names) if names else Told("no call says who made it")
        raise UsageError("there is no call by “{agent}”", advice, agent=name)
    raise UsageError("there is no call with the script “{id}”", suggest(name, names), id=name)
