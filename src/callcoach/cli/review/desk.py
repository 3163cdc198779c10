"""What the review commands share: who reviews, the call and the review that are meant."""

import getpass
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from callcoach import __version__
from callcoach.archive.journal import Journal
from callcoach.archive.reviews import ReviewRow, Reviews
from callcoach.cli.stored import read_past, required
from callcoach.cli.workplace import Workplace
from callcoach.errors import IllegalMove, NotFound, Told, UsageError
from callcoach.locale import mark
from callcoach.review.calibration import may_see
from callcoach.review.events import Pins, ReviewEvent
from callcoach.review.form.model import Form, Question
from callcoach.review.purpose import CALIBRATION
from callcoach.review.review import Review
from callcoach.review.store import read_state, save, take_up
from callcoach.script.model import Script
from callcoach.tui.past import Past

if TYPE_CHECKING:
    from callcoach.call.session import Session


person_option = click.option(
    "--as",
    "person",
    default="",
    metavar="NAME",
    help=mark("Who you are; else the setting “agent”, else your user name."),
)
review_argument = click.argument(
    "wanted",
    metavar="REVIEW",
    help=mark("“last”, an id or a part of one, or a call; callcoach review list has them."),
)


def whoever(place: Workplace, person: str) -> str:
    """Return the name of who gives a command."""
    if name := person.strip() or place.settings.text("agent").strip():
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user, or a system without users
        raise UsageError("nobody says who does this", "name yourself: --as NAME") from None


@dataclass(frozen=True, slots=True)
class CalledUp:
    """A call of the journal with the session that it was."""

    past: Past
    script: Script
    session: "Session"


def call_up(place: Workplace, wanted: str) -> CalledUp:
    """Return a call with its session. Raises `StorageError`."""
    from callcoach.call.session import Session  # with all that judges: 150 ms
    from callcoach.cli.coaches import coach_of

    past = read_past(place.journal_path, wanted)
    script = required(past.script, past.summary.id)
    return CalledUp(past, script, Session(coach_of(place, script), past.events))


def pins_of(place: Workplace, form: Form, script: Script, digest: str = "") -> Pins:
    """Return what a score by this form and script follows from, with this program."""
    from callcoach.cli.judging import engine_digest, learned_digest  # with all that judges

    return Pins(
        form=form.id,
        form_version=form.version,
        form_digest=form.digest,
        script=script.id,
        script_version=script.version,
        script_digest=digest or script.digest,
        program=__version__,
        engine=engine_digest(),
        learned=learned_digest(place, script),
    )


def own_reviews(
    reviews: Reviews, call: str, form: Form, by: str, *, is_blind: bool
) -> Iterator[ReviewRow]:
    """Yield the reviews of a call by a person with a form, the newest first.

    Those of calibrations, which are blind, are kept apart from the others.
    """
    for row in reviews.of_call(call):
        is_wanted = (row.purpose == CALIBRATION) is is_blind
        if is_wanted and row.reviewer == by and row.form == form.digest:
            yield row


def _named(place: Workplace, reviews: Reviews, wanted: str, viewer: str) -> ReviewRow:
    """Return the review that `wanted` names, by its own id or by its call's.

    Of several reviews of a call it is the viewer's newest. Raises `NotFound`.
    """
    try:
        return reviews.find(wanted)
    except NotFound:
        with Journal(place.journal_path) as journal, suppress(NotFound):
            rows = reviews.of_call(journal.find(wanted).id)
            own = [row for row in rows if row.reviewer == viewer]
            if own or len(rows) == 1:
                return (own or rows)[0]
        raise


def opened(place: Workplace, wanted: str, viewer: str) -> tuple[ReviewRow, Review]:
    """Return a review; raises `StorageError`, and `IllegalMove` where it is still blind."""
    with Reviews(place.journal_path) as reviews:
        row = _named(place, reviews, wanted, viewer)
        review = take_up(reviews, row)
        if row.purpose == CALIBRATION:
            others = [read_state(reviews, it).state for it in reviews.of_call(row.call)]
            if not may_see(review.state, viewer, others):
                raise IllegalMove(
                    "this calibration is blind: you do not see it yet",
                    "submit your own review of the call; others see it when all have",
                )
    return row, review


def keep(place: Workplace, row: ReviewRow, events: Sequence[ReviewEvent]) -> None:
    """Put events into the journal, durably."""
    save(place.journal_path, row, events)


def meant_question(form: Form, wanted: str) -> Question:
    """Return the question that is meant: by id, by title, or by its number as `show` counts."""
    found = form.question(wanted)
    if found is not None:
        return found
    questions = list(form.questions)
    if wanted.isdecimal() and 1 <= int(wanted) <= len(questions):
        return questions[int(wanted) - 1]
    for question in questions:
        titles = (question.title.plain(name) for name in question.title.variants)
        if wanted.casefold() in (title.casefold() for title in titles):
            return question
    known = ", ".join(f"{number} {question.id}" for number, question in enumerate(questions, 1))
    raise UsageError(
        "the form has no question “{id}”",
        Told("there are {known}", known=known),
        id=wanted,
    )
