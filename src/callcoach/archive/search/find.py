"""Finds utterances and calls in the journal by words and conditions, newest first."""

import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Self

import msgspec

from callcoach.archive.database import HAS_TABLE, SQLITE_ERRORS, open_database, translate
from callcoach.archive.search.conditions import Known, Sql, Titles, no_titles
from callcoach.archive.search.index import has_index, waiting
from callcoach.archive.search.parse import parse
from callcoach.archive.search.plan import Plan, plan
from callcoach.archive.search.query import Condition, Key, Node, Words
from callcoach.archive.search.terms import LAST, SEQ_BITS, spans
from callcoach.archive.summary import CallSummary
from callcoach.call.events import Heard, decode
from callcoach.errors import CallcoachError, StorageError, Told

COUNTED = 10_000
"""Up to so many hits are counted; of more it is only said that they are more."""
_OFTEN = 20_000
"""So many steps of SQLite's machine lie between two looks whether to stop: about a millisecond."""
_SUMMARY = (
    "SELECT c.id, c.script, c.digest, c.language, c.mode, c.agent, c.started, c.day, c.last_at,"
    " c.ended_at, c.outcome, c.code, c.events FROM search_call s JOIN call c ON c.id = s.call"
    " WHERE s.number = ?"
)
_NAME = re.compile(r"[^\s:：\"“”]{3,200}")
_HEARD = "SELECT kind, version, body FROM event WHERE call = ? AND seq = ?"
_NEAR = {
    "before": "SELECT kind, version, body FROM event WHERE call = ? AND seq < ? AND kind = 'heard'"
    " ORDER BY seq DESC LIMIT 1",
    "after": "SELECT kind, version, body FROM event WHERE call = ? AND seq > ? AND kind = 'heard'"
    " ORDER BY seq LIMIT 1",
}


class SearchStopped(CallcoachError):
    """A search that was told to stop, or that took too long."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An utterance that was found, or a call, where no words were looked for."""

    call: CallSummary
    heard: Heard | None = None
    """None where no words were looked for."""
    spans: tuple[tuple[int, int], ...] = ()
    """Where the words stand in its text, in characters, in order; none overlaps another."""
    before: Heard | None = None
    """What was said before it."""
    after: Heard | None = None
    name: str = ""
    """What the call is called where it comes from; empty for none."""


@dataclass(frozen=True, slots=True)
class Results:
    """What a search has found."""

    total: int
    """How many hits there are, `COUNTED` at most."""
    has_more: bool
    """There are more than `COUNTED`."""
    hits: tuple[Hit, ...]
    """Those that were asked for, newest call first, in a call in order."""
    notes: tuple[Told, ...] = ()
    """What is to be said about the search: what is amiss in it, and names that no call has."""
    waiting: int = 0
    """So many calls have changed since the index was brought up to date."""


class Finder:
    """A journal that is searched; any number may be open beside a writer. One thread at a time."""

    def __init__(self, path: Path) -> None:
        """Open the journal at `path`; raises `StorageError`."""
        self._path = path
        self._db = open_database(path, write=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def find(
        self,
        query: str,
        today: date,
        limit: int = 20,
        offset: int = 0,
        titles: Titles = no_titles,
        is_over: Callable[[], bool] = lambda: False,
    ) -> Results:
        """Return what a search finds: `limit` hits after the first `offset`.

        `titles` tells what cues and outcomes are called, where a name is no id. `is_over` is
        asked all the while, and ends the search. Raises `UsageError` for a search that is not
        understood, `StorageError`, and `SearchStopped`.
        """
        slips: list[Told] = []
        node = parse(query, slips)
        self._db.set_progress_handler(is_over, _OFTEN)
        try:
            self._db.execute("BEGIN")  # all that is read is of one moment
            found = self._found(node, query, self._known(today, titles), limit, offset)
            return replace(found, notes=(*slips, *found.notes))
        except sqlite3.OperationalError as error:
            if "interrupted" in str(error):
                raise SearchStopped("the search was stopped") from error
            raise translate(error, self._path) from error
        except SQLITE_ERRORS as error:
            raise translate(error, self._path) from error
        finally:
            self._db.set_progress_handler(None, 0)
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def _found(self, node: Node, query: str, known: Known, limit: int, offset: int) -> Results:
        found = self._find(plan(node, known), limit, offset)
        if found.total or not known.has_own_names or not _is_name(query):
            return found
        called = Condition(Key.CALL, query.strip())  # nobody says it: a call may be called so
        return self._find(plan(called, known), limit, offset)

    def _known(self, today: date, titles: Titles) -> Known:
        if not has_index(self._db):
            raise StorageError(
                "the journal {path} has no index to search in",
                "callcoach search makes one where the journal can be written",
                path=self._path,
            )
        names: dict[str, list[str]] = {}
        for kind, name in self._db.execute("SELECT kind, name FROM search_name ORDER BY name"):
            names.setdefault(kind, []).append(name)
        if self._has_table("review"):
            sql = "SELECT DISTINCT reviewer FROM review WHERE purpose <> 'calibration'"
            names["reviewer"] = sorted(name for (name,) in self._db.execute(sql))
        column = "SELECT 1 FROM pragma_table_info('search_flag') WHERE name = 'is_rejected'"
        knows_rejected = self._db.execute(column).fetchone() is not None
        return Known(names, titles, today, self._has_table("own_name"), knows_rejected)

    def _has_table(self, name: str) -> bool:
        """Tell whether the journal has a table: an older one that is only read has not."""
        return self._db.execute(HAS_TABLE, (name,)).fetchone() is not None

    def _find(self, asked: Plan, limit: int, offset: int) -> Results:
        found = self._calls(asked.calls) if asked.match is None else self._said(asked)
        counted = f"SELECT count(*) FROM (SELECT 1 {found.text} LIMIT ?)"  # noqa: S608 - ours
        total = self._db.execute(counted, (*found.values, COUNTED + 1)).fetchone()[0]
        if asked.match is None:
            sql = f"SELECT s.number {found.text} ORDER BY s.number DESC LIMIT ? OFFSET ?"
            rows = self._db.execute(sql, (*found.values, limit, offset)).fetchall()
            calls = [call for (number,) in rows if (call := self._summary(number))]
            hits = [Hit(call, name=self._name(call.id)) for call in calls]
        else:
            order = "ORDER BY search_said.rowid DESC LIMIT ? OFFSET ?"
            sql = f"SELECT search_said.rowid {found.text} {order}"
            rows = self._db.execute(sql, (*found.values, limit, offset)).fetchall()
            hits = [hit for (row,) in rows if (hit := self._hit(row, asked.words))]
        return Results(
            min(total, COUNTED),
            total > COUNTED,
            tuple(hits),
            asked.notes,
            waiting(self._db),
        )

    def _calls(self, calls: Sql | None) -> Sql:
        counts = self._counting("s.number")
        if calls is None:
            return Sql(f"FROM search_call s WHERE {counts}")
        return Sql(f"FROM search_call s WHERE {counts} AND ({calls.text})", calls.values)

    def _counting(self, number: str) -> str:
        """Return that a call counts: of two that differ in who is who, one is set aside."""
        if not self._has_table("set_aside"):
            return "1"
        if self._db.execute("SELECT 1 FROM set_aside LIMIT 1").fetchone() is None:
            return "1"
        return (
            f"{number} NOT IN (SELECT n.number FROM set_aside a"  # noqa: S608 - a constant
            " JOIN search_call n ON n.call = a.call)"
        )

    def _said(self, asked: Plan) -> Sql:
        """Return from where utterances come: all that match, but of the calls that are meant."""
        counts = self._counting(f"search_said.rowid >> {SEQ_BITS}")
        match = f"FROM search_said WHERE search_said MATCH ? AND {counts}"
        if asked.calls is None:
            return Sql(match, (asked.match,))
        inner = self._calls(asked.calls)
        ends = f"SELECT min(s.number), max(s.number) {inner.text}"
        first, last = self._db.execute(ends, inner.values).fetchone()
        if first is None:
            return Sql("FROM search_said WHERE 0")
        return Sql(
            f"{match} AND search_said.rowid BETWEEN ? AND ?"
            f" AND search_said.rowid >> {SEQ_BITS} IN (SELECT s.number {inner.text})",
            (asked.match, first << SEQ_BITS, last << SEQ_BITS | LAST, *inner.values),
        )

    def _summary(self, number: int) -> CallSummary | None:
        row = self._db.execute(_SUMMARY, (number,)).fetchone()
        return None if row is None else CallSummary(*row)

    def _hit(self, row: int, words: tuple[Words, ...]) -> Hit | None:
        """Return the utterance of a row of the index; None where it does not say so itself."""
        call = self._summary(row >> SEQ_BITS)
        if call is None:
            return None
        seq = LAST - (row & LAST)
        heard = self._heard(_HEARD, call.id, seq)
        if heard is None:
            return None
        found = marked(heard.text, words)
        if not found:
            return None
        before, after = (self._heard(_NEAR[where], call.id, seq) for where in ("before", "after"))
        return Hit(call, heard, found, before, after, self._name(call.id))

    def _name(self, call: str) -> str:
        if not self._has_table("own_name"):
            return ""
        row = self._db.execute("SELECT name FROM own_name WHERE call = ?", (call,)).fetchone()
        return "" if row is None else str(row[0])

    def _heard(self, sql: str, call: str, seq: int) -> Heard | None:
        row = self._db.execute(sql, (call, seq)).fetchone()
        if row is None:
            return None
        try:
            event = decode(*row)
        except (msgspec.DecodeError, TypeError):
            return None
        return event if isinstance(event, Heard) else None


def _is_name(query: str) -> bool:
    """Tell whether a search may be what a call is called where it comes from: one word."""
    return _NAME.fullmatch(query.strip()) is not None


def marked(text: str, words: tuple[Words, ...]) -> tuple[tuple[int, int], ...]:
    """Return where any of the words stand in a text, in order; those that overlap are joined."""
    found: list[tuple[int, int]] = []
    every = (span for one in words for span in spans(text, one.words, one.is_prefix))
    for start, end in sorted(every):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
