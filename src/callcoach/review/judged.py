"""What people have said of all calls of a journal: their reviews, and the forms of these."""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from callcoach.archive.reviews import Reviews
from callcoach.errors import StorageError
from callcoach.review.form.model import Form
from callcoach.review.state import ReviewState
from callcoach.review.store import Forms, read_state
from callcoach.review.verdicts import Verdicts, verdicts_of


@dataclass(frozen=True, slots=True)
class Judged:
    """Reviews by call, and the forms that they were made with."""

    states: dict[str, list[ReviewState]] = field(default_factory=dict)
    """By call, the newest first."""
    forms: dict[str, Form] = field(default_factory=dict)
    """By digest; one that cannot be read any more is left out."""

    def of(self, call: str) -> tuple[ReviewState, ...]:
        """Return the reviews of a call."""
        return tuple(self.states.get(call, ()))

    def verdicts(self, call: str) -> Verdicts:
        """Return what reviews say of the flags of a call."""
        return verdicts_of(self.of(call), self.forms.get)

    def newest_forms(self) -> dict[str, Form]:
        """Return of each form the one that was used last, by id."""
        states = [state for own in self.states.values() for state in own]
        found: dict[str, Form] = {}
        for state in sorted(states, key=lambda it: it.opened.when):
            if form := self.forms.get(state.opened.pins.form_digest):
                found[form.id] = form
        return found


def read_judged(path: Path) -> Judged:
    """Return the reviews in a journal; one that cannot be read is left to `verify`."""
    found = Judged()
    if not path.exists():
        return found
    with Reviews(path) as reviews:
        forms = Forms(reviews)
        for row in reviews.all():
            with suppress(StorageError):
                found.states.setdefault(row.call, []).append(read_state(reviews, row).state)
                if form := forms.get(row.form):
                    found.forms[row.form] = form
    return found
