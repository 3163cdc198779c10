"""Which learned judges an evaluation is made with: none, those that are kept, or fresh ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from callcoach.call.evaluate.gold import LabelledCall
from callcoach.call.evaluate.predict import Trainer, Untrained
from callcoach.call.evaluate.scripted import ScriptPredictor
from callcoach.call.learned import LearnedJudge
from callcoach.cli.cues.learned import learned_judges
from callcoach.cli.cues.teach import teach
from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError
from callcoach.script.model import Script
from callcoach.script.rules import RuleId
from callcoach.words.match import Store

_INNER = 5
"""Folds by which a judge has to show that it is better than its rule."""


class Judges(StrEnum):
    """Who judges beside the rules."""

    KEPT = "kept"
    """The pack's, and what `callcoach cues learn` has kept, as in a call."""
    TAUGHT = "taught"
    """Judges that are taught anew by the other folds."""
    NONE = "none"
    """Nobody: the rules alone."""


@dataclass(frozen=True, slots=True)
class Taught:
    """Teaches judges as `callcoach cues learn` does, and keeps those that it would keep."""

    script: Script
    store: Store

    def train(self, calls: Sequence[LabelledCall]) -> ScriptPredictor:
        """Return the rules with the judges that `calls` teach.

        Raises `CallcoachError` where what is needed for that is not installed.
        """
        opinions = {
            lesson.rule.id: LearnedJudge(lesson.weights)
            for lesson in teach(self.script, calls, _INNER, self.store)
            if lesson.weights is not None
        }
        return ScriptPredictor(self.script, opinions, self.store)


def trainer(
    script: Script, judges: Judges, kept: Mapping[RuleId, LearnedJudge], store: Store
) -> Trainer:
    """Return what makes the predictor of an evaluation; `store` keeps compiled phrases."""
    if judges is Judges.TAUGHT:
        return Taught(script, store)
    return Untrained(ScriptPredictor(heard_with(judges, script), kept, store))


def heard_with(judges: Judges, script: Script) -> Script:
    """Return a script with the judges that it brings, where they are wanted."""
    return replace(script, judges={}) if judges is Judges.NONE else script


def kept_judges(
    place: Workplace, script: Script, judges: Judges, fold_count: int
) -> Mapping[RuleId, LearnedJudge]:
    """Return the judges that are kept for a script, where they are wanted.

    Raises `UsageError` where judges are to be taught by folds that there are not.
    """
    if judges is Judges.TAUGHT and not fold_count:
        raise UsageError(
            "judges that these calls teach cannot be measured by the same calls",
            "add --cross 5: each fold is judged by what the others teach",
        )
    return learned_judges(place, script) if judges is Judges.KEPT else {}
