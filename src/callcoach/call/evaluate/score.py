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
    f1,
    kappa,
)
from callcoach.call.evaluate.gold import LabelledCall, Mark, Prediction
from callcoach.call.evaluate.resample import intervals, posterior
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
    support = [place for place, row in enumerate(rows) if row.counts.there]

    def macro(vector: Sequence[int]) -> float | None:
        return macro_of([vector[3 * place + part] for place in support for part in range(3)])

    macro_f1, micro_f1 = intervals((macro, _micro_of), vectors(tallies, marks), seed)
    return Scores(
        calls=len(calls),
        twins=len(calls) - len({call.digest for call in calls}),
        utterances=sum(len(call.utterances) for call in calls),
        distinct=len({(one.speaker, one.text) for call in calls for one in call.utterances}),
        rows=rows,
        macro=macro_f1,
        micro=micro_f1,
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


def _micro_of(vector: Sequence[int]) -> float | None:
    return f1(Counts(sum(vector[::3]), sum(vector[1::3]), sum(vector[2::3])))


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
