"""Compares two versions on the same calls: what changed, whether for better, whether by chance.

Per label McNemar's exact test (McNemar 1947) over the utterances that only one version judges
rightly. Utterances of one call hang together, so the whole is tested by calls: a sign test over
those in which the new version has more, or less, right than the old (Dixon and Mood 1946), and
the difference of macro F1 with an interval from drawing calls anew. The p-values of the labels
are adjusted for their number (Holm 1979).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log

from callcoach.call.evaluate.counts import Estimate, f1
from callcoach.call.evaluate.gold import LabelledCall, Mark, Utterance
from callcoach.call.evaluate.resample import intervals
from callcoach.call.evaluate.score import Tally, macro_of, tally_labels, vectors

_LN_2 = log(2)
_NEGLIGIBLE = 1e-16

Labels = Sequence[frozenset[str]]
"""What a version says of each utterance of a call."""


@dataclass(frozen=True, slots=True)
class Change:
    """An utterance that two versions judge differently."""

    mark: Mark
    call: str
    number: int
    """Which utterance of the call, counted from 0."""
    utterance: Utterance
    is_better: bool
    """The new version is right."""
    is_given: bool
    """The new version gives the label."""


@dataclass(frozen=True, slots=True)
class Shift:
    """What a new version changes about one label."""

    mark: Mark
    old: float | None
    """F1 of the old version."""
    new: float | None
    better: int
    """Utterances that only the new version judges rightly."""
    worse: int
    """Utterances that only the old version judges rightly."""
    chance: float
    """McNemar's p-value, adjusted for the number of labels that changed."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a new version changes."""

    macro: Estimate
    """What macro F1 gains; the interval says whether it may be nothing."""
    shifts: tuple[Shift, ...]
    """Of the labels of which anything changed, the largest change first."""
    changes: tuple[Change, ...]
    """What got worse first."""
    calls_better: int
    calls_worse: int
    chance: float
    """The sign test's p-value over calls."""


def compare(
    calls: Sequence[LabelledCall], old: Sequence[Labels], new: Sequence[Labels], seed: int = 1
) -> Comparison:
    """Return what changes from `old` to `new`, which say of each of `calls` what is in it."""
    changes: list[Change] = []
    better_calls = worse_calls = 0
    for call, before, after in zip(calls, old, new, strict=True):
        mine = list(_changes(call, before, after))
        balance = sum(1 if change.is_better else -1 for change in mine)
        better_calls += balance > 0
        worse_calls += balance < 0
        changes += mine
    changes.sort(key=lambda change: (change.is_better, change.mark, change.call, change.number))
    olds = [tally_labels(call, said) for call, said in zip(calls, old, strict=True)]
    news = [tally_labels(call, said) for call, said in zip(calls, new, strict=True)]
    marks = sorted({mark for one in olds for mark, counts in one.items() if counts.there})
    return Comparison(
        macro=_gain(olds, news, marks, seed),
        shifts=tuple(_shifts(changes, olds, news)),
        changes=tuple(changes),
        calls_better=better_calls,
        calls_worse=worse_calls,
        chance=sign_test(better_calls, worse_calls),
    )


def sign_test(better: int, worse: int) -> float:
    """Return the chance, two-sided, of so uneven a split where both are equally likely."""
    total, count = better + worse, min(better, worse)
    first = lgamma(total + 1) - lgamma(count + 1) - lgamma(total - count + 1) - total * _LN_2
    term = tail = exp(first)
    while count and term > tail * _NEGLIGIBLE:  # from the largest term on, each the smaller
        term *= count / (total - count + 1)
        count -= 1
        tail += term
    return min(1.0, 2 * tail)


def holm(chances: Sequence[float]) -> list[float]:
    """Return p-values adjusted for their number, in their order (Holm 1979)."""
    order = sorted(range(len(chances)), key=lambda place: chances[place])
    adjusted = [1.0] * len(chances)
    highest = 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, (len(chances) - rank) * chances[place]))
        adjusted[place] = highest
    return adjusted


def _changes(call: LabelledCall, old: Labels, new: Labels) -> Iterator[Change]:
    for number, one in enumerate(call.utterances):
        for label in sorted(old[number] ^ new[number]):
            mark = Mark(label, one.speaker)
            if mark in call.scope:
                is_given = label in new[number]
                is_better = is_given is (label in one.labels)
                yield Change(mark, call.key, number, one, is_better, is_given)


def _gain(olds: list[Tally], news: list[Tally], marks: Sequence[Mark], seed: int) -> Estimate:
    """Return what macro F1 gains, with both versions drawn together."""
    pairs = zip(vectors(olds, marks), vectors(news, marks), strict=True)
    half = 3 * len(marks)

    def gain(vector: Sequence[int]) -> float | None:
        before, after = macro_of(vector[:half]), macro_of(vector[half:])
        return None if before is None or after is None else after - before

    (found,) = intervals((gain,), [[*before, *after] for before, after in pairs], seed)
    return found


def _shifts(changes: Sequence[Change], olds: list[Tally], news: list[Tally]) -> Iterator[Shift]:
    marks = sorted({change.mark for change in changes})
    counted = [
        tuple(
            sum(1 for change in changes if change.mark == mark and change.is_better is is_better)
            for is_better in (True, False)
        )
        for mark in marks
    ]
    chances = holm([sign_test(*pair) for pair in counted])
    shifts = [
        Shift(mark, _f1(olds, mark), _f1(news, mark), better, worse, chance)
        for mark, (better, worse), chance in zip(marks, counted, chances, strict=True)
    ]
    shifts.sort(key=lambda shift: (-abs((shift.new or 0.0) - (shift.old or 0.0)), shift.mark))
    yield from shifts


def _f1(tallies: Sequence[Tally], mark: Mark) -> float | None:
    parts = [one[mark] for one in tallies if mark in one]
    return f1(sum(parts[1:], parts[0])) if parts else None
