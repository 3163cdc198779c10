"""callcoach review show and list: reviews as people and as machines read them."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

import click

from callcoach.archive.ids import short
from callcoach.archive.journal import Journal
from callcoach.archive.reviews import ReviewRow, Reviews
from callcoach.archive.zone import local_day
from callcoach.cli.answer import count_option, json_option, print_json
from callcoach.cli.group import Command
from callcoach.cli.review.as_json import mark_json, review_json
from callcoach.cli.review.desk import opened, person_option, review_argument, whoever
from callcoach.cli.review.lines import review_lines, standing, still_open
from callcoach.cli.stored import read_past
from callcoach.cli.workplace import Workplace
from callcoach.errors import StorageError
from callcoach.locale import mark
from callcoach.review.calibration import may_see
from callcoach.review.events import (
    Answered,
    AnswerTakenBack,
    Commented,
    FlagRejected,
    FlagRestored,
    ReviewEvent,
)
from callcoach.review.form.model import QuestionId
from callcoach.review.marks import Answer
from callcoach.review.purpose import is_own
from callcoach.review.review import Review
from callcoach.review.state import ReviewState, Status, status_name
from callcoach.review.store import Forms, Kept, read_state
from callcoach.review.tell import answer_words, form_language, form_title
from callcoach.tui.past import Past
from callcoach.words.display import display
from callcoach.words.wrap import clip, pad, width

_TITLE = 30
"""As many cells of a form's title are shown in the list at most."""


@click.command(
    "show",
    cls=Command,
    help=mark("Show a review: every question, its answer, why it is suggested, and the score."),
    epilog="""
callcoach review show last
callcoach review show 3f2a --json
""",
)
@review_argument
@person_option
@json_option
@click.pass_obj
def show(place: Workplace, wanted: str, person: str, as_json: bool) -> None:
    """Show a review."""
    row, review = opened(place, wanted, whoever(place, person))
    print_review(place, row, review, called(place, row), as_json)


def called(place: Workplace, row: ReviewRow) -> Past | None:
    """Return a review's call; None where it cannot be had any more."""
    try:
        return read_past(place.journal_path, row.call)
    except StorageError:
        return None


def print_review(
    place: Workplace, row: ReviewRow, review: Review, past: Past | None, as_json: bool
) -> None:
    """Print a whole review."""
    if as_json:
        print_json(review_json(row, review))
        return
    for line in review_lines(row, review, past, place.messages):
        click.echo(line)


def print_moved(
    place: Workplace,
    row: ReviewRow,
    review: Review,
    events: Sequence[ReviewEvent],
    as_json: bool,
) -> None:
    """Print what a move came to: the review for machines, a line or two for people."""
    if as_json:
        print_json(review_json(row, review))
        return
    say, language = place.messages.say, form_language(review.form, place.messages.language)
    for event in events:
        match event:
            case Answered(question=question) | AnswerTakenBack(question=question):
                asked = review.form.question(question)
                left = review.answers.get(QuestionId(question), Answer())
                if asked is not None:
                    told = answer_words(asked, left, language, place.messages)
                    title = asked.title.plain(language)
                    click.echo(display(say("{one}: {other}", one=title, other=told)))
            case Commented(comment=comment):
                click.echo(say("Comment {number} is noted.", number=comment))
            case FlagRejected():
                click.echo(say("The flag is called wrong: once handed in, it counts nowhere."))
            case FlagRestored():
                click.echo(say("The flag stands again."))
            case _:
                pass
    click.echo(f"{display(short(row.id))} {standing(review, place.messages)}")
    if review.status is Status.DRAFT:
        for line in still_open(review, place.messages):
            click.echo(line)


@click.command(
    "list",
    cls=Command,
    help=mark("List the reviews, newest first. Scores of a blind calibration are not shown."),
    epilog="""
callcoach review list
callcoach review list --status appealed
callcoach review list --call last --json
""",
)
@click.option("--call", default="", metavar="CALL", help=mark("Only those of a call."))
@click.option(
    "--status",
    type=click.Choice([status.value for status in Status]),
    help=mark("Only those that have come so far."),
)
@click.option("--reviewer", default="", metavar="NAME", help=mark("Only those of a person."))
@count_option("--limit", 30, mark("How many; 0 for all."))
@person_option
@json_option
@click.pass_obj
def list_reviews(
    place: Workplace,
    call: str,
    status: str | None,
    reviewer: str,
    limit: int,
    person: str,
    as_json: bool,
) -> None:
    """List reviews."""
    viewer = whoever(place, person)
    all_of_them = _kept(place, call)
    found = [
        kept
        for kept in all_of_them
        if (not status or kept.state.status.value == status)
        and (not reviewer or kept.row.reviewer == reviewer)
    ]
    seen, visible = found[: limit or None], _visible(all_of_them, viewer)
    if as_json:
        print_json([_row_json(kept, kept.row.id in visible) for kept in seen])
        return
    if not found:
        say = place.messages.say
        none = mark("None of the reviews is of that kind.")
        told = none if all_of_them else mark("No reviews yet. callcoach review start begins one.")
        click.echo(say(told), err=True)
    for line in _rows(place, seen, visible):
        click.echo(line)


def _kept(place: Workplace, call: str) -> list[Kept]:
    if not place.has_journal():
        return []
    rows: Sequence[ReviewRow]
    with Reviews(place.journal_path) as reviews:
        rows = reviews.all()
        if call:
            with Journal(place.journal_path) as journal:
                id = journal.find(call).id
            rows = [row for row in rows if row.call == id]
        return [read_state(reviews, row) for row in rows]


def _row_json(kept: Kept, is_seen: bool) -> dict[str, object]:
    row, state = kept.row, kept.state
    return {
        "id": row.id,
        "call": row.call,
        "form": state.opened.pins.form,
        "form_version": state.opened.pins.form_version,
        "reviewer": row.reviewer,
        "agent": state.opened.agent,
        "purpose": row.purpose,
        "opened": row.opened,
        "status": state.status.value,
        "score": mark_json(state.mark) if is_seen and state.mark else None,
    }


def _visible(known: Sequence[Kept], viewer: str) -> AbstractSet[str]:
    """Return the reviews, by id, whose answers somebody may see; `known` are all of their calls."""
    of_call: dict[str, list[ReviewState]] = {}
    for it in known:
        of_call.setdefault(it.row.call, []).append(it.state)
    return {it.row.id for it in known if may_see(it.state, viewer, of_call[it.row.call])}


def _form_titles(place: Workplace, seen: Sequence[Kept]) -> Mapping[str, str]:
    """Return what the forms of reviews are called, by digest; their ids where none can be read."""
    with Reviews(place.journal_path) as reviews:
        forms = Forms(reviews)
        return {
            kept.row.form: form_title(form, place.language) if form else kept.state.opened.pins.form
            for kept in seen
            for form in (forms.get(kept.row.form),)
        }


def _rows(place: Workplace, seen: Sequence[Kept], visible: AbstractSet[str]) -> Iterator[str]:
    titles = _form_titles(place, seen) if seen else {}
    room = min(max((width(display(it)) for it in titles.values()), default=0), _TITLE)
    for kept in seen:
        state, mark_ = kept.state, kept.state.mark
        score = "–"
        if kept.row.id not in visible:
            score = place.messages.say("blind")
        elif mark_ is not None and mark_.percent is not None:
            score = f"{mark_.percent:.1f}%"
        own = place.messages.say("(own call)")
        columns = (
            pad(display(short(kept.row.id)), 9),
            pad(display(local_day(kept.row.opened)), 11),
            pad(display(short(kept.row.call)), 9),
            pad(clip(display(titles[kept.row.form]), room), room),
            pad(place.messages.say(status_name(state.status)), 13),
            pad(score, 8),
            display(kept.row.reviewer),
            own if is_own(state.opened.agent, kept.row.reviewer) else "",
        )
        yield " ".join(columns).rstrip()
