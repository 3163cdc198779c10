"""What people have said of the calls of a journal: their reviews, and the forms of these."""

from contextlib import ExitStack
from pathlib import Path
from typing import Self

from callcoach.archive.reviews import ReviewRow, Reviews
from callcoach.review.form.model import Form
from callcoach.review.state import ReviewState
from callcoach.review.store import Forms, read_states
from callcoach.review.verdicts import Verdicts, verdicts_of

Signs = tuple[tuple[str, int], ...]
"""The reviews of a call and how many events each has: of the same signs, they say the same."""


class JournalReviews:
    """The reviews of a journal by call; each is read when it is asked for.

    One that cannot be read is left to `verify`. A journal that is not there yet has none.
    """

    def __init__(self, path: Path) -> None:
        """Read the list of reviews. Raises `StorageError` where the journal cannot be read."""
        self._open = ExitStack()
        self._rows: dict[str, list[ReviewRow]] = {}
        self._used: tuple[str, ...] = ()
        """The digests of the forms, the one that was used last first."""
        if path.exists():
            self._reviews = self._open.enter_context(Reviews(path))
            self._forms = Forms(self._reviews)
            rows = self._reviews.all()
            self._used = tuple(dict.fromkeys(row.form for row in rows))
            for row in rows:
                self._rows.setdefault(row.call, []).append(row)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def signs(self, call: str) -> Signs:
        """Return what is another as soon as anybody has done anything to a call's reviews."""
        return tuple((row.id, row.events) for row in self._rows.get(call, ()))

    def of(self, call: str) -> tuple[ReviewState, ...]:
        """Return the reviews of a call, the newest first."""
        rows = self._rows.get(call)
        return read_states(self._reviews, rows) if rows else ()

    def form(self, digest: str) -> Form | None:
        """Return the form of a review by its digest; None where it cannot be read any more."""
        return self._forms.get(digest) if self._rows else None

    def verdicts(self, call: str) -> Verdicts:
        """Return what reviews say of the flags of a call."""
        return verdicts_of(self.of(call), self.form)

    def newest_forms(self) -> dict[str, Form]:
        """Return of each form the one that was used last, by id."""
        forms = map(self.form, reversed(self._used))
        return {str(form.id): form for form in forms if form}
