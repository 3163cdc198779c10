"""callcoach review calibrate: how far reviewers of the same calls agree."""

from collections.abc import Iterable

import click

from callcoach.archive.ids import short
from callcoach.archive.journal import Journal
from callcoach.archive.reviews import ReviewRow, Reviews
from callcoach.cli.answer import json_option, print_json
from callcoach.cli.form.files import form_library, usable_form
from callcoach.cli.group import Command
from callcoach.cli.review.desk import person_option, whoever
from callcoach.cli.workplace import Workplace
from callcoach.errors import IllegalMove, PackError, UsageError, listed, suggest
from callcoach.locale import mark
from callcoach.review.calibration import Agreement, Calibration, calibrate
from callcoach.review.form.model import Form
from callcoach.review.purpose import CALIBRATION
from callcoach.review.state import ReviewState
from callcoach.review.store import read_form, read_state
from callcoach.review.tell import form_language
from callcoach.words.display import display
from callcoach.words.wrap import clip, pad, width


@click.command(
    "calibrate",
    cls=Command,
    help=mark(
        "Compare reviewers of the same calls, question by question: the share of pairs of answers"
        " that are equal, Cohen’s kappa (of two reviewers), Krippendorff’s alpha (of any number,"
        " also with answers missing). It takes submitted reviews that were begun with --purpose"
        " calibration."
    ),
    epilog=mark("""\
callcoach review calibrate --form courtesy
callcoach review calibrate last 3f2a --form courtesy --expert Chen
callcoach review calibrate --queue week-48 --form courtesy --json
"""),
)
@click.argument("calls", nargs=-1, metavar="[CALL]...", help=mark("Calls; all if none."))
@click.option(
    "--form", "wanted", required=True, metavar="NAME", help=mark("The form that was used.")
)
@click.option("--queue", "queue", metavar="NAME", help=mark("The calls of a queue."))
@click.option("--expert", default="", metavar="NAME", help=mark("Whose answers are the measure."))
@person_option
@json_option
@click.pass_obj
def calibrate_reviews(
    place: Workplace,
    calls: tuple[str, ...],
    wanted: str,
    queue: str | None,
    expert: str,
    person: str,
    as_json: bool,
) -> None:
    """Compare reviewers."""
    viewer = whoever(place, person)
    with Reviews(place.journal_path) as reviews:
        rows = [row for row in reviews.all() if row.purpose == CALIBRATION]
        with Journal(place.journal_path) as journal:
            named: set[str] = {journal.find(call).id for call in calls}
        if queue is not None:
            named |= set(reviews.queue(queue).calls)
        if calls or queue is not None:
            rows = [row for row in rows if row.call in named]
        form = _form(place, reviews, rows, wanted)
        states = [read_state(reviews, row).state for row in rows]
    _check_expert(expert, states)
    found = calibrate(form, states, viewer, expert)
    if not found.calls:
        raise IllegalMove(
            "no calibration with this form can be shown yet",
            "begin reviews with --purpose calibration and submit your own",
        )
    if as_json:
        print_json(_json(found))
        return
    _print(place, form, found, expert)


def _check_expert(expert: str, reviews: Iterable[ReviewState]) -> None:
    """Raise `UsageError` for an expert who has submitted none of the reviews: a slip."""
    known = sorted({it.opened.by for it in reviews if it.submitted is not None})
    if expert and expert not in known:
        raise UsageError(
            "“{name}” has submitted no calibration", suggest(expert, known), name=expert
        )


def _form(place: Workplace, reviews: Reviews, rows: Iterable[ReviewRow], wanted: str) -> Form:
    """Return the form as it is now where it was used so, else as it was used last."""
    used = {row.form: row for row in rows}
    try:
        form = usable_form(form_library(place).load(wanted), place.language)
    except PackError:
        form = None
    if form is not None and (form.digest in used or not used):
        return form
    for digest in used:
        kept = reviews.form(digest)
        if wanted in (kept.form, digest) or (form is not None and form.id == kept.form):
            return read_form(reviews, digest)
    return usable_form(form_library(place).load(wanted), place.language)


def _print(place: Workplace, form: Form, found: Calibration, expert: str) -> None:
    say, language = place.messages.say, form_language(form, place.messages.language)
    by_question = {it.question: it for it in found.questions}
    click.echo(
        say(
            "{calls} calls, {reviewers}",
            calls=len(found.calls),
            reviewers=listed(names) if (names := [*map(display, found.reviewers)]) else "–",
        )
    )
    # Of one reviewer alone there is nothing to compare, except with the expert.
    is_compared = len(found.reviewers) > 1
    head = [say("calls"), say("equal"), say("kappa"), say("alpha")] if is_compared else []
    if expert:
        head += [say("{name} like {expert}", name=it, expert=expert) for it in found.reviewers]
    widths = [max(width(display(cell)), 7) for cell in head]
    click.echo(_row(say("Question"), head, widths))
    for number, question in enumerate(form.questions, 1):
        one = by_question.get(question.id)
        if one is None:
            continue
        figures = (
            [str(one.compared), _share(one.percent), _figure(one.kappa), _figure(one.alpha)]
            if is_compared
            else []
        )
        figures += [_share(share) for share in one.expert.values()]
        click.echo(_row(f"{number:>2} {question.title.plain(language)}", figures, widths))
    if is_compared:
        legend = say(
            "kappa is of two reviewers, alpha of any number: 1 is full agreement, 0 that of"
            " chance; – where all answers are the same, or too few."
        )
        click.echo(legend, err=True)
    for call, reviewer in found.waiting:
        line = say("not submitted yet: {name}, call {call}", name=reviewer, call=short(call))
        click.echo(display(line), err=True)
    if found.hidden:
        told = listed(list(map(short, found.hidden)))
        click.echo(say("left out until you submit your own: {calls}", calls=told), err=True)


def _row(title: str, cells: Iterable[str], widths: Iterable[int]) -> str:
    shown = [pad(display(cell), room) for cell, room in zip(cells, widths, strict=True)]
    return f"{pad(clip(display(title), 40), 40)} {' '.join(shown)}".rstrip()


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _json(found: Calibration) -> dict[str, object]:
    return {
        "calls": list(found.calls),
        "reviewers": list(found.reviewers),
        "questions": [_agreement_json(one) for one in found.questions],
        "waiting": [{"call": call, "reviewer": reviewer} for call, reviewer in found.waiting],
        "hidden": list(found.hidden),
    }


def _agreement_json(one: Agreement) -> dict[str, object]:
    return {
        "question": one.question,
        "answers": one.answers,
        "compared": one.compared,
        "level": one.level.value,
        "percent": one.percent,
        "kappa": one.kappa,
        "alpha": one.alpha,
        "expert": dict(one.expert),
    }
