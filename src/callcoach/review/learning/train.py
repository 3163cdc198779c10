"""Teaches a linear judge for each rule, and keeps it only where it is better on unseen calls.

Logistic regression with an L1 penalty (Tibshirani 1996) leaves most weights at nothing. How good a
judge is, is measured on folds of calls that it was not taught by; the threshold of a fold comes
from the other folds. What accuses has to be surer: for critical rules it is chosen for F0.5, which
counts precision twice, for others for F1.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from callcoach.call.evaluate.counts import Counts, Estimate, f1
from callcoach.call.evaluate.resample import intervals
from callcoach.call.learned import BUCKETS, Weights, bucket, features
from callcoach.review.learning.examples import Example
from callcoach.script.model import Severity
from callcoach.script.rules import Rule

MIN_TRUE = 10
"""Utterances with the label, below which nothing is taught."""
_PENALTY = 1.0
"""scikit-learn's C: the smaller, the fewer weights."""
_MOST = 127
SURE = 0.5
"""The beta by which precision counts twice."""

Fold = Callable[[str], int]
"""Which fold a call is in, by its key."""
Column = Callable[[str], int | None]
"""Where the weight of a feature stands; None: it is left out."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What came of teaching one rule."""

    rule: Rule
    there: int
    """Utterances with the label."""
    calls: int
    of_rule: Counts
    of_judge: Counts
    """On calls that it was not taught by."""
    gain: Estimate
    """Its F1 less the rule's, with the middle 95 % of what drawing the calls anew gives."""
    weights: Weights | None
    """None where it is not better beyond doubt."""

    @property
    def is_better(self) -> bool:
        """Tell whether the judge is to be used."""
        return self.weights is not None


@dataclass(slots=True)
class Learner:
    """Teaches with the same data the same judges."""

    fold_of: Fold
    folds: int
    seed: int = 1
    column: Column = bucket

    def teach(self, rule: Rule, examples: Sequence[Example]) -> Lesson | None:
        """Return what came of teaching a rule; None where there are too few examples of either."""
        pool = Pool(examples, self.column)
        if not pool.is_enough:
            return None
        fold = self.folds_of(examples)
        scores = self.unseen(pool, fold)
        if scores is None:
            return None
        lesson, least = self.lesson(rule, examples, scores, fold)
        if lesson.gain.low is None or lesson.gain.low <= 0 or lesson.gain.value is None:
            return lesson
        weights = pack(self.fit(pool), least)
        known = Weights(weights.bias, weights.scale, weights.of, lesson.gain.value, lesson.calls)
        return replace(lesson, weights=known)

    def folds_of(self, examples: Sequence[Example]) -> "np.ndarray":
        """Return the fold of each example."""
        return np.array([self.fold_of(example.call) for example in examples])

    def lesson(
        self,
        rule: Rule,
        examples: Sequence[Example],
        scores: "np.ndarray",
        fold: "np.ndarray",
        beta: float | None = None,
    ) -> tuple[Lesson, float]:
        """Return how a rule's judge does by its scores on unseen calls, and its threshold.

        The threshold of a fold comes from the other folds; the one returned from all. It is best by
        F-beta, by default as the rule's severity asks for.
        """
        truth = np.array([example.is_true for example in examples], dtype=bool)
        others = np.array([example.others for example in examples], dtype=bool)
        scores = np.where(others, scores.max() + 1, scores)  # these are given in any case
        if beta is None:
            beta = SURE if rule.severity is Severity.CRITICAL else 1.0
        said = np.zeros(len(examples), dtype=bool)
        for number in range(self.folds):
            inside = fold == number
            said[inside] = scores[inside] >= _threshold(scores[~inside], truth[~inside], beta)
        calls = {example.call for example in examples}
        vectors = list(_vectors(examples, said))
        (gain,) = intervals([_gain], vectors, self.seed)
        whole = [sum(column) for column in zip(*vectors, strict=True)]
        total = len(examples)
        lesson = Lesson(
            rule,
            int(truth.sum()),
            len(calls),
            Counts(whole[0], whole[1], whole[2], total),
            Counts(whole[3], whole[4], whole[5], total),
            gain,
            None,
        )
        return lesson, _threshold(scores, truth, beta)

    def unseen(self, pool: "Pool", fold: "np.ndarray") -> "np.ndarray | None":
        """Return the score of each example by a judge that was taught by the other folds."""
        scores = np.zeros(len(fold))
        for number in range(self.folds):
            inside = fold == number
            if not inside.any():
                continue
            taught = pool.truth[~inside]
            if not taught.any() or taught.all():
                return None
            scores[inside] = self.fit(pool, ~inside).decision_function(pool.matrix[inside])
        return scores

    def fit(self, pool: "Pool", chosen: "np.ndarray | None" = None) -> LogisticRegression:
        """Return a model taught by the examples that are chosen, or by all."""
        made = LogisticRegression(
            l1_ratio=1, solver="liblinear", C=_PENALTY, random_state=self.seed, max_iter=1000
        )
        if chosen is None:
            return made.fit(pool.matrix, pool.truth)
        return made.fit(pool.matrix[chosen], pool.truth[chosen])


class Pool:
    """Examples as a matrix."""

    def __init__(self, examples: Sequence[Example], column: Column) -> None:
        """Take examples, and where the weights of their features stand."""
        self._examples = examples
        self._column = column
        self.truth = np.array([example.is_true for example in examples], dtype=bool)

    @property
    def is_enough(self) -> bool:
        """Tell whether there are enough examples of either."""
        return bool(self.truth.sum() >= MIN_TRUE and (~self.truth).sum() >= MIN_TRUE)

    @cached_property
    def matrix(self) -> csr_matrix:
        """Return a row of noughts and ones for each example, a column for each bucket."""
        starts, columns = [0], list[int]()
        for example in self._examples:
            found = {self._column(feature) for feature in features(example.heard)}
            columns += sorted(place for place in found if place is not None)
            starts.append(len(columns))
        ones = np.ones(len(columns))
        shape = (len(self._examples), BUCKETS)
        return csr_matrix((ones, np.array(columns), np.array(starts)), shape=shape)


def _threshold(scores: "np.ndarray", truth: "np.ndarray", beta: float) -> float:
    """Return the score from which on saying yes is best by F-beta; of equal ones the highest."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(truth[order])
    given = np.arange(1, len(order) + 1)
    square = beta * beta
    quality = (1 + square) * hits / (square * truth.sum() + given)
    ranked = scores[order]
    last = np.append(ranked[:-1] != ranked[1:], True)
    best = int(np.argmax(np.where(last, quality, -1)))
    after = ranked[best + 1] if best + 1 < len(ranked) else ranked[best] - 1
    return float((ranked[best] + after) / 2)


def pack(model: LogisticRegression, least: float) -> Weights:
    """Return a model's weights in a byte each; its threshold becomes the middle, 0."""
    row = model.coef_[0]
    used = np.flatnonzero(row)
    scale = float(np.abs(row).max()) / _MOST or 1.0
    of = {int(place): round(float(row[place]) / scale) for place in used}
    kept = {place: weight for place, weight in of.items() if weight}
    bias = float(model.intercept_[0]) - least
    return Weights(round(bias, 6), round(scale, 8), kept, 0.0, 0)


def _vectors(examples: Sequence[Example], said: Iterable[bool]) -> Iterator[list[int]]:
    """Yield the hits, extras and misses of the rule and of the judge, for each call."""
    counts: dict[str, list[int]] = {}
    for example, is_said in zip(examples, said, strict=True):
        row = counts.setdefault(example.call, [0] * 6)
        for at, given in ((0, example.is_given), (3, bool(is_said))):
            row[at] += given and example.is_true
            row[at + 1] += given and not example.is_true
            row[at + 2] += example.is_true and not given
    yield from counts.values()


def _gain(counts: Sequence[int]) -> float | None:
    rule, judge = f1(Counts(*counts[:3])), f1(Counts(*counts[3:6]))
    return None if rule is None and judge is None else (judge or 0.0) - (rule or 0.0)
