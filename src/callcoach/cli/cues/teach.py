"""Teaches judges with labelled calls, for those who keep them and those who measure them."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from callcoach.call.evaluate.gold import LabelledCall
from callcoach.call.evaluate.split import folds
from callcoach.errors import CallcoachError
from callcoach.review.learning.examples import collect, teachable, unteachable
from callcoach.script.model import Script
from callcoach.script.rules import RuleId
from callcoach.words.match import Store

if TYPE_CHECKING:
    from callcoach.review.learning.train import Lesson  # scikit-learn is an extra


class Untaught(StrEnum):
    """Why nobody can be taught by a label."""

    UNKNOWN = "unknown"
    """No rule gives it."""
    OF_CALLS = "of_calls"
    """Only rules that judge a whole call give it."""
    FEW = "few"
    """Too few utterances have it, or too few have not."""


def untaught(
    script: Script, calls: Sequence[LabelledCall], lessons: "Sequence[Lesson]"
) -> Mapping[str, Untaught]:
    """Return the labels of calls by which no rule was taught, and why."""
    leads = {lead.label: id for id, lead in teachable(script).items()}
    ids = {lesson.rule.id for lesson in lessons}
    labels = sorted({label for call in calls for one in call.utterances for label in one.labels})
    found: dict[str, Untaught] = {}
    for label in labels:
        rule = leads.get(label) or (RuleId(label) if label in script.rules else None)
        if rule is None:
            is_of_calls = unteachable(script, label)
            found[label] = Untaught.OF_CALLS if is_of_calls else Untaught.UNKNOWN
        elif rule not in ids:
            found[label] = Untaught.FEW
    return found


def teach(
    script: Script, calls: Sequence[LabelledCall], count: int, store: Store | None = None
) -> "list[Lesson]":
    """Return what comes of teaching each rule with labelled calls, checked in `count` folds.

    One call teaches nothing. Raises `CallcoachError` where what is needed is not installed.
    """
    try:
        from callcoach.review.learning.train import Learner
    except ImportError:
        raise CallcoachError(
            "learning needs scikit-learn, which is not installed",
            "install callcoach[learn]; what was learned is used without it",
        ) from None
    count = min(count, len(calls))
    if count < 2:
        return []
    fold_of = {call.key: number for number, fold in enumerate(folds(calls, count)) for call in fold}
    learner = Learner(fold_of.__getitem__, count)
    examples = collect(script, calls, store=store)
    taught = (learner.teach(script.rules[id], found) for id, found in examples.items())
    return [lesson for lesson in taught if lesson is not None]
