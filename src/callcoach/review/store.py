"""Keeps reviews in the journal, and takes them up again with the form they were made with."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import msgspec

from callcoach.archive.chain import StoredEvent
from callcoach.archive.database import wall_now
from callcoach.archive.ids import new_call_id
from callcoach.archive.reviews import KeptForm, ReviewRow, Reviews, append_review
from callcoach.errors import JournalDamaged, StorageError
from callcoach.review.events import (
    ReviewEvent,
    ReviewOpened,
    decode,
    encode,
    kind_of,
    version_of,
)
from callcoach.review.form.load import load_form
from callcoach.review.form.model import Form
from callcoach.review.review import Review
from callcoach.review.state import ReviewState, fold


@dataclass(frozen=True, slots=True)
class Kept:
    """A review that is in the journal."""

    row: ReviewRow
    state: ReviewState


def new_review(path: Path, review: Review) -> ReviewRow:
    """Put a review that was just opened into the journal; return its row."""
    opened = review.state.opened
    row = ReviewRow(
        id=str(new_call_id()),
        call=opened.call,
        form=review.form.digest,
        reviewer=opened.by,
        purpose=opened.purpose,
        opened=opened.when,
    )
    return save(path, row, (opened,), review.form)


def save(
    path: Path, row: ReviewRow, events: Sequence[ReviewEvent], form: Form | None = None
) -> ReviewRow:
    """Put events of a review into the journal, durably; return its row as it is then."""
    if not events and form is None:
        return row
    wall = wall_now()
    stored = [
        StoredEvent(event.seq, kind_of(event), version_of(event), 0.0, wall, encode(event))
        for event in events
    ]
    append_review(path, row, stored, keep_form(form) if form is not None else None)
    return replace(row, events=row.events + len(stored))


def keep_form(form: Form) -> KeptForm:
    """Return a form as the journal keeps it."""
    return KeptForm(form.digest, form.id, form.version, form.source)


def read_events(reviews: Reviews, row: ReviewRow) -> tuple[ReviewEvent, ...]:
    """Return the events of a review. Raises `JournalDamaged` for one that cannot be read."""
    try:
        found = tuple(
            decode(event.kind, event.version, event.body) for event in reviews.stored(row.id)
        )
    except msgspec.DecodeError as error:
        raise JournalDamaged(
            "the review {id} cannot be read",
            "callcoach journal verify says what is damaged",
            id=row.id,
        ) from error
    if not found or not isinstance(found[0], ReviewOpened):
        raise JournalDamaged(
            "the review {id} cannot be read",
            "callcoach journal verify says what is damaged",
            id=row.id,
        )
    return found


def read_state(reviews: Reviews, row: ReviewRow) -> Kept:
    """Return a review with its state."""
    return Kept(row, fold(read_events(reviews, row)))


def read_states(reviews: Reviews, rows: Iterable[ReviewRow]) -> tuple[ReviewState, ...]:
    """Return the reviews that can be read; the others are left to `callcoach journal verify`."""
    found: list[ReviewState] = []
    for row in rows:
        with suppress(StorageError):
            found.append(read_state(reviews, row).state)
    return tuple(found)


def read_form(reviews: Reviews, digest: str) -> Form:
    """Return the form with this digest as it was. Raises `JournalDamaged` for none that loads."""
    kept = reviews.form(digest)
    form = _loaded(kept.source, kept.form)
    if form is None:
        raise JournalDamaged(
            "the form {form} of a review cannot be read any more",
            "update callcoach; the score that was submitted is still shown",
            form=kept.form,
        )
    return form


@lru_cache(maxsize=16)
def _loaded(source: str, name: str) -> Form | None:
    """Return the form of a text: most reviews share a few, and to load one takes milliseconds."""
    return load_form(source, name).form


class Forms:
    """The forms of a journal's reviews by digest, each read once."""

    def __init__(self, reviews: Reviews) -> None:
        self._reviews = reviews
        self._known: dict[str, Form | None] = {}

    def get(self, digest: str) -> Form | None:
        """Return a form; None where it cannot be read any more."""
        if digest not in self._known:
            self._known[digest] = None
            with suppress(StorageError):
                self._known[digest] = read_form(self._reviews, digest)
        return self._known[digest]


def take_up(reviews: Reviews, row: ReviewRow) -> Review:
    """Return a review from the journal, ready to go on."""
    return Review(read_form(reviews, row.form), read_events(reviews, row))
