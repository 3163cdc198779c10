"""callcoach review start: begin to judge a call."""

import click

from callcoach.archive.database import wall_now
from callcoach.archive.reviews import Reviews
from callcoach.archive.summary import CallSummary
from callcoach.call.session import Session
from callcoach.cli.answer import json_option
from callcoach.cli.arguments import all_of
from callcoach.cli.form.files import named_form
from callcoach.cli.group import Command
from callcoach.cli.review.desk import (
    CalledUp,
    call_up,
    own_reviews,
    person_option,
    pins_of,
    whoever,
)
from callcoach.cli.review.show import print_review
from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError
from callcoach.locale import mark
from callcoach.review.form.model import Form
from callcoach.review.hands import in_hands
from callcoach.review.purpose import CALIBRATION, PURPOSES, SELF, is_own, usual_purpose
from callcoach.review.review import Review
from callcoach.review.state import Status, status_name
from callcoach.review.store import new_review, read_state
from callcoach.review.suggest import suggest_answers
from callcoach.tui.past import Past

also_option = click.option(
    "--also", is_flag=True, help=mark("Judge the call although somebody else is at it.")
)
review_options = all_of(
    click.option(
        "--form", "wanted", required=True, metavar="NAME", help=mark("A form, by name or path.")
    ),
    click.option(
        "--purpose",
        type=click.Choice(PURPOSES),
        help=mark(
            "What for; self for a call of your own, role_play for practice calls, else standard."
        ),
    ),
    person_option,
)
"""What is begun: with which form, what for, and by whom."""


@click.command(
    "start",
    cls=Command,
    help=mark(
        "Begin to judge a call with a form. What the call itself can answer is suggested; in a"
        " calibration nothing is, and nobody sees your answers before they have submitted theirs."
        " Who begins first has the call: others are told, and judge it as well with --also."
    ),
    epilog=mark("""\
callcoach review start last --form courtesy
callcoach review start 3f2a --form compliance --purpose calibration --as Wang
"""),
)
@click.argument("call", help=mark("“last”, an id, or the beginning or end of one."))
@review_options
@also_option
@json_option
@click.pass_obj
def start(
    place: Workplace,
    call: str,
    wanted: str,
    purpose: str | None,
    person: str,
    also: bool,
    as_json: bool,
) -> None:
    """Open a review and show it."""
    by, form, called = whoever(place, person), named_form(place, wanted), call_up(place, call)
    _refuse_second(place, called.past.summary.id, form, by, purpose == CALIBRATION)
    if not also and purpose not in (CALIBRATION, SELF):
        _refuse_taken(place, called.past.summary, form, by)
    begin_review(place, called, form, by, purpose, as_json)


def begin_review(
    place: Workplace, called: CalledUp, form: Form, by: str, purpose: str | None, as_json: bool
) -> None:
    """Open a review of a call, keep it and show it."""
    review = open_review(place, called.past, called.session, form, by, purpose)
    row = new_review(place.journal_path, review)
    print_review(place, row, review, called.past, as_json)


def open_review(
    place: Workplace, past: Past, session: Session, form: Form, by: str, purpose: str | None = None
) -> Review:
    """Return a new review of a call, with what the call answers by itself, not kept yet."""
    summary = past.summary
    review, _ = Review.open(
        form,
        call=summary.id,
        agent=summary.agent,
        pins=pins_of(place, form, session.coach.script, summary.digest),
        by=by,
        when=wall_now(),
        purpose=purpose or usual_purpose(summary.agent, by, summary.mode == "practice"),
        suggested=suggest_answers(form, session, past.events),
    )
    return review


def _refuse_second(place: Workplace, call: str, form: Form, by: str, is_blind: bool) -> None:
    """Raise `UsageError` where this person has begun the same review already."""
    with Reviews(place.journal_path) as reviews:
        for row in own_reviews(reviews, call, form, by, is_blind=is_blind):
            if read_state(reviews, row).state.status is Status.DRAFT:
                raise UsageError(
                    "you have begun to review this call with this form",
                    "go on with it: callcoach review show {id}",
                    id=row.id[-8:],
                )


def _refuse_taken(place: Workplace, call: CallSummary, form: Form, by: str) -> None:
    """Raise `UsageError` where somebody else has begun to judge the call, or has judged it."""
    with Reviews(place.journal_path) as reviews:
        states = [read_state(reviews, row).state for row in reviews.of_call(call.id)]
    other = in_hands(states, form.id, by)
    if other is not None and not is_own(call.agent, by):
        raise UsageError(
            "{name} is at this call already: the review is {status}",
            "--also judges it as well",
            name=other.opened.by,
            status=status_name(other.status),
        )
