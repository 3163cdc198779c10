"""callcoach review answer, comment and reject: fill a form in, and say which flags are wrong."""

import re
from collections.abc import Iterable

import click

from callcoach.archive.database import wall_now
from callcoach.archive.reviews import ReviewRow
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
from callcoach.cli.review.flags import asking, flags_of
from callcoach.cli.review.show import called, print_moved
from callcoach.cli.workplace import Workplace
from callcoach.errors import IllegalMove, StorageError, UsageError
from callcoach.locale import mark
from callcoach.review.fitting import parse_answer
from callcoach.review.marks import Answer
from callcoach.review.state import flag_key
from callcoach.words.clock import clock

_TIME = re.compile(r"(?:(\d+)[:：])?(?:(\d+)[:：])?(\d+(?:\.\d+)?)")


@click.command(
    "answer",
    cls=Command,
    help=mark(
        "Answer a question of a review. Questions and answers go by their ids, or by the numbers"
        " that callcoach review show gives them."
    ),
    epilog="""
callcoach review answer last greets yes
callcoach review answer last 3 2
callcoach review answer last payment_plan --skip
callcoach review answer last greets --take-back
""",
)
@review_argument
@click.argument("question", help=mark("A question, by its id or number."))
@click.argument("words", nargs=-1, metavar="[ANSWER]...", help=mark("Options, a number, a text."))
@click.option("--skip", is_flag=True, help=mark("It does not apply."))
@click.option("--take-back", is_flag=True, help=mark("Take your answer back."))
@person_option
@json_option
@click.pass_obj
def answer_question(
    place: Workplace,
    wanted: str,
    question: str,
    words: tuple[str, ...],
    skip: bool,
    take_back: bool,
    person: str,
    as_json: bool,
) -> None:
    """Answer a question, or take its answer back."""
    if sum((bool(words), skip, take_back)) != 1:
        raise UsageError("name one answer, --skip or --take-back", "one of the three")
    by = whoever(place, person)
    row, review = opened(place, wanted, by)
    asked, when = meant_question(review.form, question), wall_now()
    if take_back:
        events = review.take_back(asked.id, by=by, when=when)
    else:
        given = Answer(is_skipped=True) if skip else parse_answer(asked, words)
        events = review.answer(asked.id, given, by=by, when=when)
    keep(place, row, events)
    print_moved(place, row, review, events, as_json)


@click.command(
    "comment",
    cls=Command,
    help=mark(
        "Write a comment on a question, on a part of the call, or on the whole; --coaching says"
        " that it is advice to the agent."
    ),
    epilog=mark("""\
callcoach review comment last "No name was given." --question greets --from 0:05
callcoach review comment last "Pause after the offer." --from 1:20 --to 1:45 --coaching
callcoach review comment last "No name, no company." --edit 2
callcoach review comment last --remove 2
"""),
)
@review_argument
@click.argument("words", nargs=-1, metavar="[TEXT]...", help=mark("The comment."))
@click.option(
    "--question", default="", metavar="QUESTION", help=mark("The question that it is on.")
)
@click.option("--from", "start", metavar="TIME", help=mark("Where in the call, as 1:05."))
@click.option("--to", "end", metavar="TIME", help=mark("Up to where in the call."))
@click.option("--coaching", is_flag=True, help=mark("It is advice to the agent."))
@click.option("--edit", type=int, metavar="NUMBER", help=mark("Write a comment of yours anew."))
@click.option("--remove", type=int, metavar="NUMBER", help=mark("Take a comment back."))
@person_option
@json_option
@click.pass_obj
def comment(
    place: Workplace,
    wanted: str,
    words: tuple[str, ...],
    question: str,
    start: str | None,
    end: str | None,
    coaching: bool,
    edit: int | None,
    remove: int | None,
    person: str,
    as_json: bool,
) -> None:
    """Write a comment, write one anew, or take one back."""
    if edit is not None and (remove is not None or question or start or end or coaching):
        raise UsageError(
            "--edit takes a comment’s number and its new text, no more",
            "what it is about stays as it was",
        )
    by = whoever(place, person)
    row, review = opened(place, wanted, by)
    when = wall_now()
    if remove is not None:
        if words:
            raise UsageError("--remove takes a comment’s number and no text", "leave out the text")
        events = review.remove_comment(remove, by=by, when=when)
    elif edit is not None:
        events = review.edit_comment(edit, " ".join(words), by=by, when=when)
    else:
        places = _seconds(start), _seconds(end)
        _check_places(place, row, places)
        events = review.comment(
            " ".join(words),
            by=by,
            when=when,
            question=meant_question(review.form, question).id if question else "",
            start=places[0],
            end=places[1],
            is_coaching=coaching,
        )
    keep(place, row, events)
    print_moved(place, row, review, events, as_json)


@click.command(
    "reject",
    cls=Command,
    help=mark(
        "Say that a flag of the call is wrong, which no question of the form asks about. Flags go"
        " by the numbers that callcoach review show gives them. Once the review is handed in, the"
        " flag counts nowhere."
    ),
    epilog=mark("""\
callcoach review reject last 2
callcoach review reject last 2 "The customer was quoted."
callcoach review reject last 2 --take-back
"""),
)
@review_argument
@click.argument("number", type=int, metavar="FLAG", help=mark("A flag, by its number."))
@click.argument("why", nargs=-1, metavar="[TEXT]...", help=mark("Why it is wrong."))
@click.option("--take-back", is_flag=True, help=mark("The flag stands again."))
@person_option
@json_option
@click.pass_obj
def reject(
    place: Workplace,
    wanted: str,
    number: int,
    why: tuple[str, ...],
    take_back: bool,
    person: str,
    as_json: bool,
) -> None:
    """Say that a flag is wrong, or take that back."""
    by = whoever(place, person)
    row, review = opened(place, wanted, by)
    past = called(place, row)
    if past is None:
        raise StorageError(
            "the call of the review cannot be read",
            "callcoach journal verify says what is damaged",
        )
    flags = flags_of(past)
    if not 1 <= number <= len(flags):
        raise UsageError(
            "the call has no flag {number}", "callcoach review show numbers them", number=number
        )
    flag, when = flags[number - 1], wall_now()
    key = flag_key(flag)
    if take_back:
        events = review.restore_flag(*key, by=by, when=when)
    elif (found := asking(review, flag)) is not None:
        raise IllegalMove(
            "question {number} asks about this flag",
            "its answer says whether the flag is wrong: callcoach review answer",
            number=found[0],
        )
    else:
        events = review.reject_flag(*key, by=by, when=when, why=" ".join(why))
    keep(place, row, events)
    print_moved(place, row, review, events, as_json)


def _check_places(place: Workplace, row: ReviewRow, places: Iterable[float | None]) -> None:
    """Raise `UsageError` for a place that lies after the end of the call."""
    past = called(place, row)
    over = past.events[-1].at if past is not None and past.events else None
    for at in places:
        if at is not None and over is not None and at > over + 1.0:
            raise UsageError(
                "{time} is after the end of the call, which is at {end}",
                "name a place in it",
                time=clock(at),
                end=clock(over),
            )


def _seconds(text: str | None) -> float | None:
    """Return a time in seconds: `65`, `1:05` or `1:00:05`. Raises `UsageError` for none."""
    if text is None:
        return None
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise UsageError("“{time}” is no time in a call", "write it as 1:05", time=text)
    parts = [float(part) for part in found.groups() if part is not None]
    return sum(part * 60.0**place for place, part in enumerate(reversed(parts)))
