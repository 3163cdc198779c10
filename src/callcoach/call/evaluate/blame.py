"""Finds the worst errors and the phrases that make them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from callcoach.call.evaluate.counts import Counts, f1
from callcoach.call.evaluate.gold import LabelledCall, Mark, Prediction, Reason, Utterance
from callcoach.call.evaluate.score import Scores
from callcoach.words.normalise import tokenise


@dataclass(frozen=True, slots=True)
class Slip:
    """A label that was given wrongly, or not given."""

    mark: Mark
    call: str
    """The call's key."""
    number: int
    """Which utterance of the call, counted from 0."""
    utterance: Utterance
    is_extra: bool
    """It was given, but is not there; otherwise it is there, but was not given."""
    cost: float
    """What the label's F1 gains where only this is put right."""
    reasons: tuple[Reason, ...] = ()
    """Why it was given; empty for one that was not."""


@dataclass(frozen=True, slots=True)
class Blunder:
    """An error that is made wherever the same words are said."""

    slip: Slip
    """The first time."""
    times: int


@dataclass(frozen=True, slots=True)
class PhraseRecord:
    """How a phrase did for a label."""

    mark: Mark
    phrase: str
    right: int
    """Utterances that it gave the label to and that have it."""
    wrong: int
    alone: int
    """Of the right ones, those that no other phrase gave the label to."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much of what is right rests on words that stand in one call only.

    Such words say little about other calls: by Good and Turing (1953) their share is about the
    chance that the next call says it in words that none of these has.
    """

    mark: Mark
    hits: int
    """Labels that are rightly given by words."""
    once: int
    """Of those, the ones of which all the words are those of this call alone."""


def rarities(
    calls: Sequence[LabelledCall], predictions: Sequence[Prediction]
) -> tuple[Rarity, ...]:
    """Return how much of what is right of each label rests on words of one call, by label."""
    hits: dict[Mark, list[frozenset[tuple[str, ...]]]] = {}
    where: dict[tuple[Mark, tuple[str, ...]], set[str]] = {}
    for call, made in zip(calls, predictions, strict=True):
        digest = call.digest
        for one, reasons in zip(call.utterances, made.reasons, strict=True):
            for label in one.labels:
                mark = Mark(label, one.speaker)
                words = frozenset(
                    tokenise(one.text[reason.start : reason.end]).words
                    for reason in reasons
                    if reason.label == label and reason.end > reason.start
                )
                if words and mark in call.scope:
                    hits.setdefault(mark, []).append(words)
                    for said in words:
                        where.setdefault((mark, said), set()).add(digest)
    return tuple(
        Rarity(
            mark,
            len(found),
            sum(all(len(where[mark, said]) == 1 for said in words) for words in found),
        )
        for mark, found in sorted(hits.items())
    )


def slips(
    calls: Sequence[LabelledCall], predictions: Sequence[Prediction], scores: Scores
) -> tuple[Slip, ...]:
    """Return every error, in the order of the calls."""
    counts = {row.mark: row.counts for row in scores.rows}
    return tuple(
        slip
        for call, made in zip(calls, predictions, strict=True)
        for slip in _slips_of(call, made, counts)
    )


def worst(found: Sequence[Slip], scores: Scores) -> tuple[Blunder, ...]:
    """Return the errors, alike ones as one, the worst first.

    By turns one of each label, the label with the lowest F1 first; those of a label dearest first.
    """
    alike: dict[Mark, dict[tuple[str, bool], list[Slip]]] = {}
    for slip in found:
        key = " ".join(slip.utterance.text.casefold().split()), slip.is_extra
        alike.setdefault(slip.mark, {}).setdefault(key, []).append(slip)
    value = {row.mark: row.f1.value or 0.0 for row in scores.rows}
    queues = {
        mark: sorted(groups.values(), key=lambda group: -group[0].cost * len(group))
        for mark, groups in sorted(alike.items(), key=lambda one: (value[one[0]], one[0]))
    }
    longest = max(map(len, queues.values()), default=0)
    return tuple(
        Blunder(queue[turn][0], len(queue[turn]))
        for turn in range(longest)
        for queue in queues.values()
        if turn < len(queue)
    )


def _slips_of(
    call: LabelledCall, made: Prediction, counts: Mapping[Mark, Counts]
) -> Iterator[Slip]:
    for number, (one, reasons) in enumerate(zip(call.utterances, made.reasons, strict=True)):
        given = {reason.label for reason in reasons}
        for label in sorted(given ^ one.labels):
            mark = Mark(label, one.speaker)
            if mark in call.scope:
                why = tuple(reason for reason in reasons if reason.label == label)
                is_extra = label in given
                cost = _gain(counts[mark], is_extra=is_extra)
                yield Slip(mark, call.key, number, one, is_extra, cost, why)


def _gain(counts: Counts, *, is_extra: bool) -> float:
    """Return what F1 gains by one error less."""
    change = Counts(extras=-1) if is_extra else Counts(hits=1, misses=-1)
    better = f1(counts + change)
    return (1.0 if better is None else better) - (f1(counts) or 0.0)


def phrase_records(
    calls: Sequence[LabelledCall], predictions: Sequence[Prediction]
) -> tuple[PhraseRecord, ...]:
    """Return how every phrase did, those that are wrong most often first."""
    right: Counter[tuple[Mark, str]] = Counter()
    wrong: Counter[tuple[Mark, str]] = Counter()
    alone: Counter[tuple[Mark, str]] = Counter()
    for call, made in zip(calls, predictions, strict=True):
        for one, reasons in zip(call.utterances, made.reasons, strict=True):
            by_label: dict[str, set[str]] = {}
            for reason in reasons:
                by_label.setdefault(reason.label, set()).add(reason.phrase)
            for label, phrases in by_label.items():
                mark = Mark(label, one.speaker)
                if mark not in call.scope:
                    continue
                keys = [(mark, phrase) for phrase in phrases]
                (right if label in one.labels else wrong).update(keys)
                if label in one.labels and len(keys) == 1:
                    alone.update(keys)
    records = [
        PhraseRecord(mark, phrase, right[mark, phrase], wrong[mark, phrase], alone[mark, phrase])
        for mark, phrase in right.keys() | wrong.keys()
    ]
    records.sort(key=lambda one: (-one.wrong, one.right, one.mark, one.phrase))
    return tuple(records)
