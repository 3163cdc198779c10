"""callcoach review queue: go through calls that were chosen."""

import json
from collections.abc import Mapping, Sequence

import click

from callcoach.archive.ids import short
from callcoach.archive.journal import Journal
from callcoach.archive.reviews import Queue, ReviewRow, Reviews
from callcoach.archive.zone import local_day
from callcoach.cli.answer import json_option, print_json
from callcoach.cli.form.files import named_form
from callcoach.cli.group import Command, Group, Lazy
from callcoach.cli.review.desk import call_up, own_reviews, whoever
from callcoach.cli.review.show import called, print_review
from callcoach.cli.review.start import also_option, begin_review, review_options
from callcoach.cli.titles import CallTitles
from callcoach.cli.workplace import Workplace
from callcoach.locale import mark
from callcoach.review.form.model import Form
from callcoach.review.hands import in_hands
from callcoach.review.purpose import CALIBRATION, is_own
from callcoach.review.state import Status, status_name
from callcoach.review.store import read_state, take_up
from callcoach.words.display import display
from callcoach.words.wrap import pad

_HERE = "callcoach.cli.review.queue"

queue = Group(
    name="queue",
    help=mark("Go through calls that callcoach review sample --save has chosen."),
    lazy={
        "list": Lazy(f"{_HERE}:list_queues", mark("List the queues")),
        "show": Lazy(f"{_HERE}:show_queue", mark("Show the calls of a queue")),
        "next": Lazy(f"{_HERE}:next_call", mark("Begin or go on with the next review")),
    },
    epilog="""
callcoach review queue list
callcoach review queue next week-48 --form courtesy
""",
)


@click.command(
    "list",
    cls=Command,
    help=mark("List the queues, newest first."),
    epilog="""
callcoach review queue list
""",
)
@json_option
@click.pass_obj
def list_queues(place: Workplace, as_json: bool) -> None:
    """List queues."""
    found: Sequence[Queue] = ()
    if place.has_journal():
        with Reviews(place.journal_path) as reviews:
            found = reviews.queues()
    if as_json:
        print_json([_queue_json(it) for it in found])
        return
    if not found:
        told = place.messages.say("No queues yet. callcoach review sample --save makes one.")
        click.echo(told, err=True)
    for it in found:
        count = place.messages.count("{n} call", "{n} calls", len(it.calls))
        columns = (pad(display(it.name), 20), local_day(it.made), pad(count, 12), display(it.by))
        click.echo(" ".join(columns))


@click.command(
    "show",
    cls=Command,
    help=mark("Show the calls of a queue, and how far their reviews have come."),
    epilog="""
callcoach review queue show week-48
""",
)
@click.argument("name", help=mark("A queue; callcoach review queue list has them."))
@json_option
@click.pass_obj
def show_queue(place: Workplace, name: str, as_json: bool) -> None:
    """Show a queue."""
    path = place.journal_path
    with Journal(path) as journal, Reviews(path) as reviews:
        wanted = reviews.queue(name)
        counting = journal.counting(wanted.calls)
        summaries = [journal.find(call) for call in counting]
        rows = {call: reviews.of_call(call) for call in counting}
        names = {row.form: reviews.form(row.form).form for found in rows.values() for row in found}
        done = {
            row.id: read_state(reviews, row).state.status.value
            for found in rows.values()
            for row in found
        }
    if as_json:
        calls = [{"call": call, "reviews": _reviews_json(rows[call], done)} for call in rows]
        print_json({**_queue_json(wanted), "calls": calls})
        return
    titles, language, say = CallTitles(place), place.messages.language, place.messages.say
    for summary in summaries:
        outcome = summary.outcome or ""
        told = ", ".join(
            f"{names[row.form]} · {row.reviewer} · {say(status_name(Status(done[row.id])))}"
            for row in rows[summary.id]
        )
        cells = (
            pad(short(summary.id), 9),
            pad(summary.day, 11),
            pad(display(summary.agent) or "–", 12),
            pad(display(titles.outcome(outcome, language) or outcome) or "–", 20),
            display(told) or say("to do"),
        )
        click.echo(" ".join(cells))


@click.command(
    "next",
    cls=Command,
    help=mark(
        "Show the next call of a queue that you have not reviewed with a form: the review that"
        " you began, or a new one. Calls that somebody else is at, and your own, are passed over."
        " The exit code is 1 when there is none left."
    ),
    epilog="""
callcoach review queue next week-48 --form courtesy
""",
)
@click.argument("name", help=mark("A queue; callcoach review queue list has them."))
@review_options
@also_option
@json_option
@click.pass_obj
def next_call(
    place: Workplace,
    name: str,
    wanted: str,
    purpose: str | None,
    person: str,
    also: bool,
    as_json: bool,
) -> int:
    """Begin or go on with the next review of a queue; return the exit code."""
    by, form = whoever(place, person), named_form(place, wanted)
    path, is_blind = place.journal_path, purpose == CALIBRATION
    with Journal(path) as journal, Reviews(path) as reviews:
        chosen = reviews.queue(name)
        calls, of_others = journal.counting(chosen.calls), 0
        for number, call in enumerate(calls, 1):
            where = place.messages.say(
                "call {number} of {all} in the queue", number=number, all=len(calls)
            )
            mine = next(own_reviews(reviews, call, form, by, is_blind=is_blind), None)
            if mine is None:
                if not is_blind and _is_passed(journal, reviews, call, form, by, also):
                    of_others += 1
                    continue
                break
            if read_state(reviews, mine).state.status is Status.DRAFT:
                review = take_up(reviews, mine)
                click.echo(where, err=True)
                print_review(place, mine, review, called(place, mine), as_json)
                return 0
        else:
            if as_json:
                print_json(None)
            told = place.messages.say("All calls of this queue are reviewed.")
            if of_others:
                told = place.messages.count(
                    "You are done: {n} call of this queue is somebody else’s, or your own.",
                    "You are done: {n} calls of this queue are somebody else’s, or your own.",
                    of_others,
                )
            click.echo(told, err=True)
            return 1
    click.echo(where, err=True)
    begin_review(place, call_up(place, call), form, by, purpose, as_json)
    return 0


def _is_passed(
    journal: Journal, reviews: Reviews, call: str, form: Form, by: str, also: bool
) -> bool:
    """Tell whether a call is not this person's to judge: their own, or in another's hands."""
    if is_own(journal.find(call).agent, by):
        return True
    states = [read_state(reviews, row).state for row in reviews.of_call(call)]
    return not also and in_hands(states, form.id, by) is not None


def _queue_json(found: Queue) -> dict[str, object]:
    return {
        "name": found.name,
        "made": found.made,
        "by": found.by,
        "chosen": json.loads(found.chosen),
        "calls": list(found.calls),
    }


def _reviews_json(rows: Sequence[ReviewRow], done: Mapping[str, str]) -> list[object]:
    return [
        {"id": row.id, "reviewer": row.reviewer, "form": row.form, "status": done[row.id]}
        for row in rows
    ]
