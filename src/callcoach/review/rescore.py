"""Compares what a call came to with what it comes to when it is judged again."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from callcoach.errors import IllegalMove
from callcoach.review.events import Pins
from callcoach.review.fitting import fitting
from callcoach.review.form.model import Form, QuestionId
from callcoach.review.marks import Answer, Evidence, Score, Suggested
from callcoach.review.score import score


class Why(StrEnum):
    """Why a question comes out otherwise."""

    ADDED = "added"
    """The form before did not have it."""
    REMOVED = "removed"
    """The form has it no more."""
    ASKED = "asked"
    """It is asked only now, or no more: what its conditions look at was answered otherwise."""
    SUGGESTED = "suggested"
    """The call itself answers otherwise."""
    ANSWER_LOST = "answer_lost"
    """A person's answer is none of this form's; what the call suggests holds."""
    WORTH = "worth"
    """The same answer scores otherwise: options, weights or fails were changed."""


@dataclass(frozen=True)
class FilledForm:
    """A form filled in for a call."""

    form: Form
    pins: Pins
    suggested: Mapping[QuestionId, Suggested]
    given: Mapping[QuestionId, Answer]
    """What people answered."""
    commented: frozenset[str] = frozenset()

    @cached_property
    def answers(self) -> Mapping[QuestionId, Answer]:
        """Return the answers that hold."""
        told = {id: it.answer for id, it in self.suggested.items() if it.answer != Answer()}
        return told | dict(self.given)

    @cached_property
    def score(self) -> Score:
        """Return what the answers come to."""
        return score(self.form, self.answers, self.commented)


@dataclass(frozen=True, slots=True)
class Change:
    """A question that comes out otherwise."""

    question: QuestionId
    why: Why
    before: Answer | None
    after: Answer | None
    earned_before: float
    earned_after: float
    evidence: tuple[Evidence, ...] = ()
    """On what the call's new answer rests."""
    evidence_before: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Rescoring:
    """What judging a call again came to."""

    call: str
    review: str
    """Empty for a call that nobody has reviewed."""
    before: FilledForm
    after: FilledForm
    changes: tuple[Change, ...]

    @property
    def is_changed(self) -> bool:
        """Tell whether anything came out otherwise."""
        old, new = self.before.score, self.after.score
        outcome = (old.percent, old.has_failed, _band(old))
        return bool(self.changes) or outcome != (new.percent, new.has_failed, _band(new))


def carry(form: Form, given: Mapping[QuestionId, Answer]) -> Mapping[QuestionId, Answer]:
    """Return those of people's answers that a form takes."""
    kept: dict[QuestionId, Answer] = {}
    for id, answer in given.items():
        question = form.question(id)
        if question is None:
            continue
        try:
            kept[id] = fitting(question, answer)
        except IllegalMove:
            continue
    return kept


def compare(call: str, review: str, before: FilledForm, after: FilledForm) -> Rescoring:
    """Return what came out otherwise, question by question, in the new form's order."""
    ids = [question.id for question in after.form.questions]
    ids += [question.id for question in before.form.questions if question.id not in ids]
    changes = (_change(id, before, after) for id in ids)
    return Rescoring(call, review, before, after, tuple(it for it in changes if it is not None))


def _change(id: QuestionId, before: FilledForm, after: FilledForm) -> Change | None:
    """Return how a question comes out otherwise; None where it does not."""
    old_mark, new_mark = before.score.questions.get(id), after.score.questions.get(id)
    old_answer, new_answer = before.answers.get(id), after.answers.get(id)
    why: Why | None = None
    if old_mark is None:
        why = Why.ADDED
    elif new_mark is None:
        why = Why.REMOVED
    elif old_mark.is_asked != new_mark.is_asked:
        why = Why.ASKED
    elif old_answer != new_answer:
        why = Why.ANSWER_LOST if id in before.given and id not in after.given else Why.SUGGESTED
    elif (old_mark.earned, old_mark.possible, old_mark.fails) != (
        new_mark.earned,
        new_mark.possible,
        new_mark.fails,
    ):
        why = Why.WORTH
    if why is None:
        return None
    told, told_before = after.suggested.get(id), before.suggested.get(id)
    return Change(
        question=id,
        why=why,
        before=old_answer,
        after=new_answer,
        earned_before=old_mark.earned if old_mark else 0.0,
        earned_after=new_mark.earned if new_mark else 0.0,
        evidence=told.evidence if told else (),
        evidence_before=told_before.evidence if told_before else (),
    )


def _band(score: Score) -> object:
    return score.band and (score.band.least, score.band.title.variants)
