"""callcoach review submit, reopen, appeal, decide, acknowledge: a review from draft to done."""

from collections.abc import Sequence
from functools import partial
from typing import Protocol

import click

from callcoach.archive.database import wall_now
from callcoach.cli.answer import json_option
from callcoach.cli.group import Command
from callcoach.cli.review.desk import (
    keep,
    meant_question,
    opened,
    person_option,
    review_argument,
    whoever,
)
from callcoach.cli.review.show import print_moved
from callcoach.cli.workplace import Workplace
from callcoach.locale import mark
from callcoach.review.events import ReviewEvent
from callcoach.review.review import Review


@click.command(
    "submit",
    cls=Command,
    help=mark("Hand a review in. Every question has to be answered, and comments given."),
    epilog="""
callcoach review submit last
""",
)
@review_argument
@person_option
@json_option
@click.pass_obj
def submit(place: Workplace, wanted: str, person: str, as_json: bool) -> None:
    """Submit a review."""
    _move(place, wanted, person, as_json, Review.submit)


@click.command(
    "reopen",
    cls=Command,
    help=mark(
        "Take a review back that you have handed in, while nobody has answered it. It is a draft"
        " again; what was handed in stays in its history."
    ),
    epilog=mark("""\
callcoach review reopen last "Question 11 slipped."
"""),
)
@review_argument
@click.argument("why", nargs=-1, metavar="[TEXT]...", help=mark("Why."))
@person_option
@json_option
@click.pass_obj
def reopen(place: Workplace, wanted: str, why: tuple[str, ...], person: str, as_json: bool) -> None:
    """Take a submitted review back."""
    _move(place, wanted, person, as_json, partial(Review.reopen, why=" ".join(why)))


@click.command(
    "appeal",
    cls=Command,
    help=mark("Appeal against a review of your call, within the days that its form allows."),
    epilog=mark("""\
callcoach review appeal last "I did greet, at 0:03." --question greets --as Li
"""),
)
@review_argument
@click.argument("why", nargs=-1, required=True, metavar="TEXT...", help=mark("Why."))
@click.option(
    "--question",
    "questions",
    multiple=True,
    metavar="QUESTION",
    help=mark("A question that it is about."),
)
@person_option
@json_option
@click.pass_obj
def appeal(
    place: Workplace,
    wanted: str,
    why: tuple[str, ...],
    questions: tuple[str, ...],
    person: str,
    as_json: bool,
) -> None:
    """Appeal against a review."""

    def move(review: Review, *, by: str, when: str) -> Sequence[ReviewEvent]:
        about = tuple(meant_question(review.form, question).id for question in questions)
        return review.appeal(" ".join(why), by=by, when=when, questions=about)

    _move(place, wanted, person, as_json, move)


@click.command(
    "decide",
    cls=Command,
    help=mark(
        "Decide an appeal: “upheld” leaves the review as it is, “changed” is for after answers"
        " were given anew with callcoach review answer. Somebody else than the reviewer decides."
    ),
    epilog=mark("""\
callcoach review decide last upheld "The greeting came after the amount."
callcoach review decide last changed "It was said." --as Chen
"""),
)
@review_argument
@click.argument("decision", type=click.Choice(("upheld", "changed")), help=mark("The decision."))
@click.argument("why", nargs=-1, required=True, metavar="TEXT...", help=mark("Why."))
@click.option(
    "--alone",
    "is_alone",
    is_flag=True,
    help=mark("Decide on your own review, as there is nobody else. Its history says so."),
)
@person_option
@json_option
@click.pass_obj
def decide(
    place: Workplace,
    wanted: str,
    decision: str,
    why: tuple[str, ...],
    is_alone: bool,
    person: str,
    as_json: bool,
) -> None:
    """Decide an appeal."""
    is_changed = decision == "changed"
    move = partial(Review.decide, is_changed=is_changed, why=" ".join(why), is_alone=is_alone)
    _move(place, wanted, person, as_json, move)


@click.command(
    "acknowledge",
    cls=Command,
    help=mark("Say that you have taken note of a review of your call; that ends it."),
    epilog=mark("""\
callcoach review acknowledge last --as Li
"""),
)
@review_argument
@person_option
@json_option
@click.pass_obj
def acknowledge(place: Workplace, wanted: str, person: str, as_json: bool) -> None:
    """Acknowledge a review."""
    _move(place, wanted, person, as_json, Review.acknowledge)


class _Move(Protocol):
    """What somebody does with a review at an instant."""

    def __call__(self, review: Review, /, *, by: str, when: str) -> Sequence[ReviewEvent]:
        """Return what happened to the review by it. Raises `IllegalMove`."""
        ...


def _move(place: Workplace, wanted: str, person: str, as_json: bool, move: _Move) -> None:
    """Let somebody do something with a review, keep it, and print what it came to."""
    by = whoever(place, person)
    row, review = opened(place, wanted, by)
    events = move(review, by=by, when=wall_now())
    keep(place, row, events)
    print_moved(place, row, review, events, as_json)
