"""Keeps reviews, their chained events, the forms they were made with, and queues of calls.

What the events say is the business of `review`: they are kept as they come. Only what the first of
a review says is compared with the list of reviews.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from callcoach.archive.chain import GENESIS, StoredEvent, link
from callcoach.archive.database import SQLITE_ERRORS, open_database, translate
from callcoach.archive.erased import refuse_erased
from callcoach.archive.ids import CallId, naming, short
from callcoach.archive.migrations import applied
from callcoach.archive.reading import Reader
from callcoach.archive.transaction import transaction
from callcoach.archive.verify import NO_CALL, Problem
from callcoach.errors import JournalBusy, JournalDamaged, NotFound, StorageError, Told, suggest

REVIEWS = "003_reviews"
"""The migration that makes the tables."""
_ADD_REVIEW = (
    "INSERT INTO review (id, call, form, reviewer, purpose, opened, events, head)"
    " VALUES (?, ?, ?, ?, ?, ?, 0, ?)"
)
_ADD_EVENT = (
    "INSERT INTO review_event (review, seq, kind, version, wall, body, hash)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_REVIEWS = "SELECT id, call, form, reviewer, purpose, opened, events FROM review"
_EVENTS = (
    "SELECT seq, kind, version, 0.0, wall, body, hash FROM review_event WHERE review = ?"
    " ORDER BY seq"
)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """What the list of reviews says about one."""

    id: str
    call: str
    form: str
    """The form's digest."""
    reviewer: str
    purpose: str
    opened: str
    """The instant, in UTC, ISO 8601."""
    events: int = 0


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form as it was when a call was judged by it."""

    digest: str
    form: str
    version: str
    source: str
    """The text of its file."""


@dataclass(frozen=True, slots=True)
class Queue:
    """Calls to be reviewed, in order, and how they were chosen."""

    name: str
    made: str
    """The instant, in UTC, ISO 8601."""
    by: str
    calls: tuple[str, ...]
    chosen: str
    """How, as JSON: the seed, the filters, how many."""


class _PinnedForm(msgspec.Struct):
    form_digest: str


class _Opening(msgspec.Struct):
    """What the first event of a review says that the list of reviews says too."""

    call: str
    by: str
    when: str
    pins: _PinnedForm
    purpose: str = "standard"


class Reviews(Reader):
    """The reviews in a journal. One of before there were any has none."""

    def __init__(self, path: Path) -> None:
        """Open the journal; raises `StorageError` where there is none or it cannot be read."""
        super().__init__(path)
        try:
            self._is_made = REVIEWS in applied(self._db)
        except SQLITE_ERRORS as error:
            self.close()
            raise translate(error, path) from error

    def _rows(self, sql: str, *values: object) -> list[Any]:
        return super()._rows(sql, *values) if self._is_made else []

    def all(self) -> tuple[ReviewRow, ...]:
        """Return all reviews, newest first."""
        rows = self._rows(f"{_REVIEWS} ORDER BY opened DESC, id DESC")
        return tuple(ReviewRow(*row) for row in rows)

    def of_call(self, call: str) -> tuple[ReviewRow, ...]:
        """Return the reviews of a call, newest first."""
        rows = self._rows(f"{_REVIEWS} WHERE call = ? ORDER BY opened DESC, id DESC", call)
        return tuple(ReviewRow(*row) for row in rows)

    def find(self, wanted: str) -> ReviewRow:
        """Return the review that `wanted` names: `last`, or an id, whole or in part.

        Raises `NotFound` where there is none, or more than one.
        """
        if wanted == "last":
            found = self._rows(f"{_REVIEWS} ORDER BY opened DESC, id DESC LIMIT 1")
        else:
            named, values = naming(wanted)
            found = self._rows(f"{_REVIEWS} WHERE {named} LIMIT 3", *values)
        if not found:
            latest = [short(review.id) for review in self.all()[:5]]
            advice = (
                suggest(wanted, latest) if latest else Told("callcoach review start begins one")
            )
            raise NotFound("there is no review “{wanted}”", advice, wanted=wanted)
        if len(found) > 1:
            raise NotFound(
                "“{wanted}” names more than one review", "write more of the id", wanted=wanted
            )
        return ReviewRow(*found[0])

    def stored(self, review: str) -> tuple[StoredEvent, ...]:
        """Return the events of a review as they are stored."""
        return tuple(StoredEvent(*row) for row in self._rows(_EVENTS, review))

    def form(self, digest: str) -> KeptForm:
        """Return the form with this digest; raises `JournalDamaged` where it is missing."""
        rows = self._rows("SELECT digest, form, version, source FROM form WHERE digest = ?", digest)
        if not rows:
            raise JournalDamaged(
                "the form of a review is missing from the journal",
                "callcoach journal verify says what is damaged",
            )
        return KeptForm(*rows[0])

    def queues(self) -> tuple[Queue, ...]:
        """Return all queues, newest first."""
        rows = self._rows("SELECT name, made, by, calls, chosen FROM queue ORDER BY made DESC")
        return tuple(_queue(row) for row in rows)

    def queue(self, name: str) -> Queue:
        """Return a queue by its name; raises `NotFound` where there is none."""
        rows = self._rows("SELECT name, made, by, calls, chosen FROM queue WHERE name = ?", name)
        if not rows:
            known = [queue.name for queue in self.queues()]
            raise NotFound("there is no queue “{name}”", suggest(name, known), name=name)
        return _queue(rows[0])

    def check(self) -> tuple[Problem, ...]:
        """Return what is wrong with the reviews: chains, forms, calls that are not there."""
        problems: list[Problem] = []
        rows = self._rows("SELECT id, head FROM review ORDER BY id")
        heads = {str(id): bytes(head) for id, head in rows}
        forms = {str(row[0]) for row in self._rows("SELECT digest FROM form")}
        calls = {str(row[0]) for row in self._rows("SELECT id FROM call")}
        for (lost,) in self._rows("SELECT DISTINCT review FROM review_event"):
            if lost not in heads:
                what = Told("the review {id} is missing from the list of reviews", id=lost)
                problems.append(Problem(NO_CALL, None, what))
        for row in self.all():
            where = CallId(row.call) if row.call in calls else NO_CALL
            if where is NO_CALL:
                what = Told("the call of the review {id} is missing", id=row.id)
                problems.append(Problem(where, None, what))
            if row.form not in forms:
                what = Told("the form of the review {id} is missing", id=row.id)
                problems.append(Problem(where, None, what))
            if not self._is_as_written(row, heads[row.id]):
                what = Told("the review {id} is not as it was written", id=row.id)
                problems.append(Problem(where, None, what))
        return tuple(problems)

    def _is_as_written(self, row: ReviewRow, head: bytes) -> bool:
        """Tell whether the chain holds, and the list says what the first event says."""
        previous = GENESIS
        stored = self.stored(row.id)
        for place, event in enumerate(stored):
            if event.seq != place or link(previous, row.id, event) != event.hash:
                return False
            previous = event.hash
        if not stored or len(stored) != row.events or previous != head:
            return False
        try:
            first = msgspec.json.decode(stored[0].body, type=_Opening)
        except msgspec.DecodeError:
            return False
        told = (first.call, first.pins.form_digest, first.by, first.purpose, first.when)
        return told == (row.call, row.form, row.reviewer, row.purpose, row.opened)


def append_review(
    path: Path, row: ReviewRow, events: Sequence[StoredEvent], form: KeptForm | None = None
) -> None:
    """Put events of a review into the journal, durably, after those that it has.

    A new review comes with its form; so does one that was scored anew. Raises `JournalBusy`
    where the events do not follow on what is there (somebody else has gone on with the review),
    `NotFound` where the call was erased, and `StorageError` where the journal cannot be written;
    nothing has changed then.
    """
    with _writing(path) as db:
        if form is not None:
            _add_form(db, form)
        found = db.execute("SELECT events, head FROM review WHERE id = ?", (row.id,)).fetchone()
        if found is None:
            refuse_erased(db, row.call)
            given = (row.id, row.call, row.form, row.reviewer, row.purpose, row.opened, GENESIS)
            db.execute(_ADD_REVIEW, given)
            found = (0, GENESIS)
        count, head = int(found[0]), bytes(found[1])
        for event in events:
            if event.seq != count:
                raise JournalBusy(
                    "the review {id} went on in another window", "try again", id=short(row.id)
                )
            head = link(head, row.id, event)
            count += 1
            db.execute(
                _ADD_EVENT,
                (row.id, event.seq, event.kind, event.version, event.wall, event.body, head),
            )
        db.execute("UPDATE review SET events = ?, head = ? WHERE id = ?", (count, head, row.id))


def save_queue(path: Path, queue: Queue) -> None:
    """Put a queue into the journal; raises `StorageError` where its name is taken.

    Calls that were erased meanwhile are left out.
    """
    with _writing(path) as db:
        if db.execute("SELECT 1 FROM queue WHERE name = ?", (queue.name,)).fetchone():
            raise StorageError("there is a queue “{name}” already", "name another", name=queue.name)
        erased = {str(id) for (id,) in db.execute("SELECT id FROM erased")}
        calls = json.dumps([call for call in queue.calls if call not in erased])
        db.execute(
            "INSERT INTO queue (name, made, by, calls, chosen) VALUES (?, ?, ?, ?, ?)",
            (queue.name, queue.made, queue.by, calls, queue.chosen),
        )


def _queue(row: Sequence[str]) -> Queue:
    name, made, by, calls, chosen = row
    try:
        json.loads(chosen)
        return Queue(name, made, by, tuple(map(str, json.loads(calls))), chosen)
    except (ValueError, TypeError) as error:
        raise JournalDamaged(
            "the queue “{name}” cannot be read",
            "callcoach journal verify says what is damaged",
            name=name,
        ) from error


def _add_form(db: sqlite3.Connection, form: KeptForm) -> None:
    db.execute(
        "INSERT OR IGNORE INTO form (digest, form, version, source) VALUES (?, ?, ?, ?)",
        (form.digest, form.form, form.version, form.source),
    )


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Commit what is done inside, durably, or undo it; raises `StorageError`."""
    with closing(open_database(path, write=True)) as db:
        try:
            with transaction(db):
                yield db
        except SQLITE_ERRORS as error:
            raise translate(error, path) from error
