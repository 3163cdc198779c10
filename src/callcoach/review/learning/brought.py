"""Teaches the judges that a pack brings, with calls by many writers, and keeps what is better.

How good a judge is, is measured on writers that it was not taught by: calls of one writer are
alike, and what is learned from somebody's turns of phrase is of no use for others'. The languages
teach a judge together, for they share the rules that it weighs; in each it has a threshold of its
own, and is kept or not.

A judge finds what its rule has not, and takes nothing back. Rules know turns of phrase that no call
here has, the lines of the script among them: nobody is to be told that they did not say what they
have read out. What it finds alone has to be sure: precision counts twice for every label.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from math import log

import numpy as np
from sklearn.linear_model import LogisticRegression

from callcoach.call.evaluate.gold import LabelledCall
from callcoach.call.learned import features, rule_feature
from callcoach.call.rules.listener import AGREED
from callcoach.review.learning.examples import Example, collect, teachable
from callcoach.review.learning.train import MIN_TRUE, SURE, Learner, Lesson, Pool, pack
from callcoach.script.judges import Judge
from callcoach.script.model import Script
from callcoach.script.wording import Language
from callcoach.words.match import Store

_LEAST = 3
"""A feature that is in fewer utterances teaches nothing about others."""
_PLACES = 6
_FOLDS = 6
_STANDS = 99.0
"""In logits: more than anything that speaks against a rule that holds."""
_LEAST_GAIN = 0.015
"""How much better a judge has to be on others' calls, beside being better beyond doubt."""

IsJudged = Callable[[Language, str], bool]
"""Tells whether a label has judges in a language."""
Taught = tuple[Language, Lesson, Judge | None]


class Vocabulary:
    """The features that are frequent enough, by number."""

    def __init__(self, examples: Sequence[Example]) -> None:
        """Count the features of utterances."""
        counts = Counter(feature for one in examples for feature in set(features(one.heard)))
        self.features = sorted(feature for feature, count in counts.items() if count >= _LEAST)
        self._places = {feature: place for place, feature in enumerate(self.features)}

    def __call__(self, feature: str) -> int | None:
        """Return the number of a feature, None where it is too rare."""
        return self._places.get(feature)


def teach_pack(
    script: Script,
    calls: Sequence[LabelledCall],
    is_judged: IsJudged,
    store: Store | None = None,
) -> Iterator[Taught]:
    """Yield what comes of teaching each rule in each language, with the judges that are kept.

    Calls of one `origin` are of one writer; there have to be two of them at least.
    """
    writers = sorted({call.origin for call in calls})
    of_call = {call.key: writers.index(call.origin) % _FOLDS for call in calls}
    spoken = {call.key: call.language for call in calls}
    leads = {id: lead.label for id, lead in teachable(script).items()}
    languages = script.languages
    wanted = [id for id, label in leads.items() if any(is_judged(it, label) for it in languages)]
    for rule, examples in collect(script, calls, wanted, store=store).items():
        known = Vocabulary(examples)
        learner = Learner(of_call.__getitem__, min(len(writers), _FOLDS), column=known)
        pool, fold = Pool(examples, known), learner.folds_of(examples)
        scores = learner.unseen(pool, fold) if pool.is_enough else None
        if scores is None:
            continue
        model = learner.fit(pool)
        for language in languages:
            chosen = np.array([spoken[example.call] == language for example in examples])
            some = [example for example, is_one in zip(examples, chosen, strict=True) if is_one]
            is_enough = sum(example.is_true for example in some) >= MIN_TRUE
            if not (is_enough and is_judged(language, leads[rule])):
                continue
            stands = np.array([rule in example.heard.rules for example in some])
            trusted = np.where(stands, scores.max() + 1, scores[chosen])  # these stand in any case
            lesson, least = learner.lesson(script.rules[rule], some, trusted, fold[chosen], SURE)
            judge = _judge(lesson, model, least, known.features)
            yield language, lesson, judge if _is_better(lesson) else None


def _is_better(lesson: Lesson) -> bool:
    value, low = lesson.gain.value, lesson.gain.low
    return value is not None and low is not None and value >= _LEAST_GAIN and low > 0


def _judge(
    lesson: Lesson,
    model: LogisticRegression,
    least: float,
    names: Sequence[str],
) -> Judge:
    asked = max(lesson.rule.threshold, AGREED)
    weights = pack(model, least - log(asked / (1 - asked)))
    of = {names[place]: weight for place, weight in weights.of.items()}
    of[rule_feature(lesson.rule.id)] = round(_STANDS / weights.scale)
    gain = round(lesson.gain.value or 0.0, _PLACES)
    return Judge(weights.bias, weights.scale, of, gain, lesson.calls)
