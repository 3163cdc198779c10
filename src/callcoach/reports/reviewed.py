"""What reviewers say of a call, in its figures: the scores that count, and which flags are none."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from callcoach.reports.figures import CallFigures, Owed, Rejected, Scored
from callcoach.review.form.model import Form
from callcoach.review.purpose import counts
from callcoach.review.state import ReviewState
from callcoach.review.verdicts import SILENT, Verdicts, verdict_on, verdicts_of


def with_reviews(
    call: CallFigures, reviews: Sequence[ReviewState], form_of: Callable[[str], Form | None]
) -> CallFigures:
    """Return a call's figures with its scores, and without flags that reviewers say are wrong.

    `call` are the figures of its events alone; `form_of` returns a form by its digest. What a
    person says was said, or was not due, is not missing any more.
    """
    if not reviews:
        return call
    verdicts = verdicts_of(reviews, form_of)
    judged = [(it, verdict_on(verdicts, it.what, it.cue, it.at)) for it in call.flags]
    newest = newest_scored(reviews)
    scored = [(is_replaced(it, newest), found) for it in reviews if (found := _scored(it))]
    return replace(
        call,
        flags=tuple(it for it, said in judged if said is None or said.is_so),
        owed=_owed_after(call.owed, verdicts),
        scores=tuple(it for is_old, it in scored if not is_old),
        replaced=tuple(it for is_old, it in scored if is_old),
        rejected=tuple(Rejected(it, said) for it, said in judged if said and not said.is_so),
    )


def newest_scored(reviews: Iterable[ReviewState]) -> Mapping[str, ReviewState]:
    """Return the reviews of one call whose scores count: of each form, by id, one.

    It is the one that was handed in or decided last, whichever version of the form it is by.
    Drafts, calibrations and what agents think of their own calls count nowhere.
    """
    ordered = sorted(filter(_scored, reviews), key=lambda it: (it.stands_since, it.opened.when))
    return {it.opened.pins.form: it for it in ordered}


def is_replaced(review: ReviewState, newest: Mapping[str, ReviewState]) -> bool:
    """Tell whether another review of the call counts in the place of one; see `newest_scored`."""
    return newest.get(review.opened.pins.form, review) is not review


def _owed_after(owed: Sequence[Owed], verdicts: Verdicts) -> tuple[Owed, ...]:
    found: list[Owed] = []
    for it in owed:
        said = [last for what in SILENT if (last := verdicts.get((it.cue, what), (None,))[-1])]
        if it.is_met or not said or said[-1].is_so:
            found.append(it)
        elif said[-1].is_due:
            found.append(replace(it, is_met=True))
    return tuple(found)


def _scored(review: ReviewState) -> Scored | None:
    """Return the score that stands; None where nobody was scored by it."""
    mark, decision = review.mark, review.decision
    if mark is None or mark.percent is None or not counts(review.opened):
        return None
    return Scored(
        form=review.opened.pins.form,
        percent=mark.percent,
        has_failed=mark.has_failed,
        when=review.submitted.when if review.submitted else review.opened.when,
        reviewer=review.opened.by,
        is_appealed=review.appeal is not None,
        is_changed=decision is not None and decision.is_changed,
        below=tuple(
            (id, earned < possible)
            for id, (earned, possible) in mark.questions.items()
            if possible > 0
        ),
    )
