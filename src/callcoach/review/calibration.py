"""How far reviewers of the same calls agree by question, and who may see whose answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from callcoach.review.agreement import (
    Level,
    cohen_kappa,
    krippendorff_alpha,
    percent_agreement,
)
from callcoach.review.form.model import Form, Question, QuestionId, QuestionKind
from callcoach.review.marks import Answer
from callcoach.review.purpose import CALIBRATION
from callcoach.review.state import ReviewState, Status


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far reviewers agree on one question."""

    question: QuestionId
    answers: int
    """How many there are of all reviewers and calls."""
    compared: int
    """The calls with two answers or more: what the figures rest on."""
    level: Level
    percent: float | None
    """The share of pairs that are equal, 0 to 1; None where no call has two answers."""
    kappa: float | None
    """Cohen's, of exactly two reviewers; None for more or fewer, and where it is not defined."""
    alpha: float | None
    """Krippendorff's; None where it is not defined: all answers are the same, or too few."""
    expert: Mapping[str, float | None]
    """By reviewer the share of answers that are the expert's."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a calibration came to."""

    calls: tuple[str, ...]
    reviewers: tuple[str, ...]
    questions: tuple[Agreement, ...]
    waiting: tuple[tuple[str, str], ...]
    """(call, reviewer) of reviews that are not submitted yet."""
    hidden: tuple[str, ...]
    """Calls left out, because who asks has still to submit a review of them."""


def may_see(wanted: ReviewState, viewer: str, others: Iterable[ReviewState]) -> bool:
    """Tell whether somebody may see the answers of a review.

    A calibration is blind: until they have submitted their own, nobody sees the others'. Those
    who review nothing of the call see them when all of its reviews are submitted. `others` are
    all reviews of the call.
    """
    if wanted.opened.purpose != CALIBRATION or wanted.opened.by == viewer:
        return True
    peers = [it for it in others if is_peer(wanted, it)]
    own = [it for it in peers if it.opened.by == viewer]
    return all(it.status is not Status.DRAFT for it in own or [wanted, *peers])


def is_peer(one: ReviewState, other: ReviewState) -> bool:
    """Tell whether two reviews are of one calibration: the same call and form."""
    return (
        other.opened.purpose == CALIBRATION
        and other.opened.call == one.opened.call
        and other.opened.pins.form_digest == one.opened.pins.form_digest
    )


def calibrate(
    form: Form, reviews: Iterable[ReviewState], viewer: str, expert: str = ""
) -> Calibration:
    """Return how far the reviewers of calibrations with a form agree, the expert left out.

    Of several reviews of a call by one reviewer the latest counts. Answers are those that were
    submitted, before any appeal.
    """
    latest: dict[tuple[str, str], ReviewState] = {}
    for review in sorted(reviews, key=lambda it: it.opened.when):
        opened = review.opened
        if opened.purpose == CALIBRATION and opened.pins.form_digest == form.digest:
            latest[opened.call, opened.by] = review
    waiting = tuple(sorted(key for key, it in latest.items() if it.submitted is None))
    hidden = tuple(sorted({call for call, reviewer in waiting if reviewer == viewer}))
    seen = {
        key: _asked(it)
        for key, it in latest.items()
        if it.submitted is not None and key[0] not in hidden
    }
    calls = tuple(sorted({call for call, _ in seen}))
    reviewers = tuple(sorted({reviewer for _, reviewer in seen if reviewer != expert}))
    return Calibration(
        calls=calls,
        reviewers=reviewers,
        questions=tuple(
            _agreement(question, calls, reviewers, expert, seen)
            for question in form.questions
            if question.kind not in (QuestionKind.TEXT, QuestionKind.DATE)
        ),
        waiting=waiting,
        hidden=hidden,
    )


def _asked(review: ReviewState) -> Mapping[str, Answer]:
    """Return the submitted answers to questions that were asked."""
    asked = review.submitted.mark.questions if review.submitted else {}
    return {id: answer for id, answer in review.submitted_answers.items() if id in asked}


def _agreement(
    question: Question,
    calls: Sequence[str],
    reviewers: Sequence[str],
    expert: str,
    seen: Mapping[tuple[str, str], Mapping[str, Answer]],
) -> Agreement:
    def answer(call: str, reviewer: str) -> Answer | None:
        return seen.get((call, reviewer), {}).get(question.id)

    units = [[answer(call, reviewer) for reviewer in reviewers] for call in calls]
    level = level_of(question)
    kappa = None
    if len(reviewers) == 2:
        kappa = cohen_kappa([(a, b) for a, b in units if a is not None and b is not None])
    values = _values(question, level, units)
    return Agreement(
        question=question.id,
        answers=sum(value is not None for unit in units for value in unit),
        compared=sum(sum(value is not None for value in unit) > 1 for unit in units),
        level=level,
        percent=percent_agreement(units),
        kappa=kappa,
        alpha=krippendorff_alpha(values, level),
        expert={
            reviewer: percent_agreement(
                [[answer(call, reviewer), answer(call, expert)] for call in calls]
            )
            for reviewer in reviewers
        }
        if expert
        else {},
    )


def level_of(question: Question) -> Level:
    """Return how answers to a question compare.

    Numbers by their distance. Options by their order where no two of three or more score alike;
    else, and where several can be chosen, as equal or not.
    """
    if question.kind is QuestionKind.NUMBER:
        return Level.INTERVAL
    scores = [option.score for option in question.options]
    is_ordered = question.kind is QuestionKind.ONE and len(set(scores)) == len(scores) > 2
    return Level.ORDINAL if is_ordered else Level.NOMINAL


def _values(
    question: Question, level: Level, units: Sequence[Sequence[Answer | None]]
) -> list[list[float | None]]:
    """Return answers as numbers.

    “Not applicable” is an answer of its own where they are only equal or not, else none.
    """
    codes: dict[Answer, float] = {}

    def value(answer: Answer | None) -> float | None:
        if answer is None:
            return None
        if level is Level.NOMINAL:
            return codes.setdefault(answer, float(len(codes)))
        if answer.is_skipped:
            return None
        if level is Level.INTERVAL:
            return answer.number
        option = question.option(answer.options[0]) if answer.options else None
        return option.score if option else None

    return [[value(answer) for answer in unit] for unit in units]
