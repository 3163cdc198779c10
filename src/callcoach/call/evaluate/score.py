"""Scores predictions against labels: per label and speaker, per language, per call."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from callcoach.call.evaluate.counts import (
    Counts,
    Estimate,
    correlation,
    estimate_f1,
    estimate_precision,
    estimate_recall,
    kappa,
    mean,
)
from callcoach.call.evaluate.gold import LabelledCall, Mark, Prediction
from callcoach.call.evaluate.resample import ROUNDS, intervals, posterior
from callcoach.call.evaluate.verdicts import EARLY, VERIFIED

VERDICTS: Mapping[str, Callable[[LabelledCall | Prediction], bool | None]] = {
    VERIFIED: lambda one: one.verified,
    EARLY: lambda one: one.early,
}
"""What is judged once per call: its name, and where the answer stands."""

Tally = Mapping[Mark, Counts]
"""The counts of one call, of every label in its scope."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well one label in one speaker's mouth is recognised."""

    mark: Mark
    counts: Counts
    precision: Estimate
    recall: Estimate
    f1: Estimate
    kappa: float | None
    """Agreement beyond chance: says more than F1 where a label is on nearly everything."""


@dataclass(frozen=True, slots=True)
class VerdictScore:
    """How well a judgement of whole calls is made."""

    name: str
    counts: Counts
    precision: Estimate
    recall: Estimate
    matthews: Estimate


@dataclass(frozen=True, slots=True)
class Scores:
    """How well the labels of some calls are recognised."""

    calls: int
    twins: int
    """Calls that are, word for word, like another one of these."""
    utterances: int
    distinct: int
    """How many of the utterances differ in speaker or words."""
    rows: tuple[Score, ...]
    """Of every label that is there or was given, in alphabetical order, the agent's first."""
    macro: Estimate
    """The mean F1 of the labels that are there; those that never are have no F1 to speak of."""
    micro: Estimate
    """F1 over all labels together; frequent ones weigh most, and false ones all count."""
    verdicts: tuple[VerdictScore, ...] = ()


def tally(call: LabelledCall, prediction: Prediction) -> Tally:
    """Return the counts of a call."""
    return tally_labels(call, prediction.labels)


def tally_labels(call: LabelledCall, said: Sequence[frozenset[str]]) -> Tally:
    """Return the counts of a call, of whose utterances `said` says what is in them."""
    found = {mark: [0, 0, 0, 0] for mark in call.scope}
    marks: dict[str, list[Mark]] = {}
    for mark in call.scope:
        marks.setdefault(mark.speaker, []).append(mark)
    for one, given in zip(call.utterances, said, strict=True):
        for mark in marks.get(one.speaker, ()):
            counts = found[mark]
            counts[3] += 1
            is_there, is_given = mark.label in one.labels, mark.label in given
            if is_there or is_given:
                counts[(0 if is_there else 1) if is_given else 2] += 1
    return {mark: Counts(*counts) for mark, counts in found.items()}


def score(
    calls: Sequence[LabelledCall], predictions: Sequence[Prediction], seed: int = 1
) -> Scores:
    """Return how well `predictions`, one for each of `calls`, recognise what is there."""
    tallies = [tally(call, made) for call, made in zip(calls, predictions, strict=True)]
    marks = sorted(
        {mark for one in tallies for mark, counts in one.items() if counts.there or counts.given},
        key=lambda mark: (mark.speaker, mark.label),
    )
    rows = tuple(_row(mark, [one[mark] for one in tallies if mark in one]) for mark in marks)
    present = [row for row in rows if row.counts.there]
    drawn = vectors(tallies, [row.mark for row in present])
    return Scores(
        calls=len(calls),
        twins=len(calls) - len({call.digest for call in calls}),
        utterances=sum(len(call.utterances) for call in calls),
        distinct=len({(one.speaker, one.text) for call in calls for one in call.utterances}),
        rows=rows,
        macro=estimate_macro(drawn, [row.f1 for row in present], seed),
        micro=estimate_f1([sum(one.values(), Counts()) for one in tallies]),
        verdicts=tuple(_verdicts(calls, predictions, seed)),
    )


def _row(mark: Mark, parts: Sequence[Counts]) -> Score:
    counts = sum(parts, Counts())
    return Score(
        mark,
        counts,
        estimate_precision(parts),
        estimate_recall(parts),
        estimate_f1(parts),
        kappa(counts),
    )


def vectors(tallies: Iterable[Tally], marks: Sequence[Mark]) -> list[list[int]]:
    """Return each call's hits, extras and misses of every label of `marks`, in a row."""
    none = Counts()
    return [
        [
            number
            for mark in marks
            for counts in (one.get(mark, none),)
            for number in (counts.hits, counts.extras, counts.misses)
        ]
        for one in tallies
    ]


def macro_of(vector: Sequence[int]) -> float | None:
    """Return the mean F1 of counts in a row; labels that are neither there nor given left out."""
    found = [
        2 * hits / weight
        for hits, extras, misses in zip(vector[::3], vector[1::3], vector[2::3], strict=True)
        if (weight := 2 * hits + extras + misses)
    ]
    return sum(found) / len(found) if found else None


def estimate_macro(
    vectors: Sequence[Sequence[int]], labels: Sequence[Estimate], seed: int, rounds: int = ROUNDS
) -> Estimate:
    """Return the mean F1 of labels with its interval, by each call's `vectors` of their counts.

    At each end it is the wider of two. Drawing calls anew knows that a bad call is bad for many
    labels, but not what it has never seen: where nothing was wrong it sees no doubt at all. The
    labels' own intervals, `labels`, see that, and take the labels for independent. Simulated with
    5 and 20 labels in 30 and 100 calls, the wider of both holds the truth in 91 to 100 cases of
    100, drawing alone in 59 to 94, the labels' intervals alone in 76 to 95.
    """
    (drawn,) = intervals((macro_of,), vectors, seed, rounds)
    summed = mean(labels)
    if drawn.low is None or drawn.high is None or summed.low is None or summed.high is None:
        return drawn
    low, high = min(drawn.low, summed.low), max(drawn.high, summed.high)
    return Estimate(drawn.value, max(0.0, low), min(1.0, high))


def _verdicts(
    calls: Sequence[LabelledCall], predictions: Sequence[Prediction], seed: int
) -> Iterable[VerdictScore]:
    for name, answer in VERDICTS.items():
        pairs = [
            (truth, given)
            for call, made in zip(calls, predictions, strict=True)
            if (truth := answer(call)) is not None and (given := answer(made)) is not None
        ]
        if not pairs:
            continue
        parts = [
            Counts(int(truth and given), int(given > truth), int(truth > given), 1)
            for truth, given in pairs
        ]
        whole = sum(parts, Counts())
        cells = (whole.hits, whole.extras, whole.misses, whole.rest)
        yield VerdictScore(
            name,
            whole,
            estimate_precision(parts),
            estimate_recall(parts),
            posterior(correlation, cells, seed),
        )
