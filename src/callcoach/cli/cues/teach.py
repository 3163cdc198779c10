"""Teaches judges with labelled calls, for those who keep them and those who measure them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from callcoach.call.evaluate.gold import LabelledCall
from callcoach.call.evaluate.split import folds
from callcoach.errors import CallcoachError
from callcoach.script.model import Script

if TYPE_CHECKING:
    from callcoach.review.learning.train import Lesson  # scikit-learn is an extra


def teach(script: Script, calls: Sequence[LabelledCall], count: int) -> "list[Lesson]":
    """Return what comes of teaching each rule with labelled calls, checked in `count` folds.

    One call teaches nothing. Raises `CallcoachError` where what is needed is not installed.
    """
    try:
        from callcoach.review.learning.examples import collect
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
    examples = collect(script, calls)
    taught = (learner.teach(script.rules[id], found) for id, found in examples.items())
    return [lesson for lesson in taught if lesson is not None]
