"""callcoach review answer and comment: fill a form in."""

import re

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
from callcoach.errors import UsageError
from callcoach.locale import mark
from callcoach.review.fitting import parse_answer
from callcoach.review.marks import Answer

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
    epilog="""
callcoach review comment last "No name was given." --question greets --from 0:05
callcoach review comment last "Pause after the offer." --from 1:20 --to 1:45 --coaching
callcoach review comment last "No name, no company." --edit 2
callcoach review comment last --remove 2
""",
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
        events = review.comment(
            " ".join(words),
            by=by,
            when=when,
            question=meant_question(review.form, question).id if question else "",
            start=_seconds(start),
            end=_seconds(end),
            is_coaching=coaching,
        )
    keep(place, row, events)
    print_moved(place, row, review, events, as_json)


def _seconds(text: str | None) -> float | None:
    """Return a time in seconds: `65`, `1:05` or `1:00:05`. Raises `UsageError` for none."""
    if text is None:
        return None
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise UsageError("“{time}” is no time in a call", "write it as 1:05", time=text)
    parts = [float(part) for part in found.groups() if part is not None]
    return sum(part * 60.0**place for place, part in enumerate(reversed(parts)))
