"""Evaluates a predictor on labelled calls: everything that `callcoach eval` tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from callcoach.call.evaluate.blame import (
    PhraseRecord,
    Rarity,
    Slip,
    phrase_records,
    rarities,
    slips,
)
from callcoach.call.evaluate.compare import Comparison, Labels, compare
from callcoach.call.evaluate.conditions import Corrupt, Damage, damage, misheard
from callcoach.call.evaluate.counts import Estimate
from callcoach.call.evaluate.gold import LabelledCall, Prediction
from callcoach.call.evaluate.predict import Predictor, Trainer
from callcoach.call.evaluate.score import Scores, score
from callcoach.call.evaluate.slots import Find, Redaction, score_slots
from callcoach.call.evaluate.split import Overlap, Part, cross


@dataclass(frozen=True, slots=True)
class Hearing:
    """How calls are to be misheard."""

    rates: tuple[float, ...]
    """Shares of the words or characters, 0 to 1."""
    corrupt: Corrupt


@dataclass(frozen=True, slots=True)
class Condition:
    """The calls of one language, heard with some share of errors."""

    language: str
    rate: float
    macro: Estimate
    micro: Estimate
    damage: Damage
    scores: Scores


@dataclass(frozen=True, slots=True)
class Trial:
    """What was evaluated, and how."""

    name: str
    """The pack and its version."""
    digest: str
    """The script's."""
    part: Part
    seed: int
    folds: int
    """0 where nothing was cross-validated."""
    overlap: Overlap | None = None
    """How much of the part looked at stands in the other one; None where there is no other."""
    judges: str = "none"
    """Which learned judges were heard beside the rules: `kept`, `taught` or `none`."""
    kept_judges: int = 0
    """How many of them are kept."""
    brought_judges: int = 0
    """How many that the pack brings were heard, those of each language by themselves."""
    has_texts: bool = True
    """Whether the words of the calls may be told; those of unseen calls stay unseen."""
    unknown: tuple[str, ...] = ()
    """Labels of the calls that nothing in the pack can give."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison with another version."""

    name: str
    """The other pack and its version."""
    comparison: Comparison
    left_out: int
    """Calls that the other version did not judge."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a predictor is worth on some calls."""

    whole: Scores
    languages: Mapping[str, Scores]
    origins: Mapping[str, Scores]
    conditions: tuple[Condition, ...]
    """Clean first, of each language."""
    folds: tuple[Scores, ...]
    """Each fold by itself; empty where nothing was cross-validated."""
    slips: tuple[Slip, ...]
    phrases: tuple[PhraseRecord, ...]
    rarities: tuple[Rarity, ...]
    predictions: Mapping[str, Prediction]
    """By the calls' keys."""
    redaction: Redaction | None = None


def evaluate(
    calls: Sequence[LabelledCall],
    trainer: Trainer,
    *,
    seed: int = 1,
    hearing: Hearing | None = None,
    fold_count: int = 0,
    find: Find | None = None,
) -> Report:
    """Return what the predictor that `trainer` makes is worth on `calls`.

    With a `fold_count`, every call is judged by what was learnt from the other folds; without,
    by what was learnt from no call at all.
    """
    by_key: dict[str, Prediction] = {}
    predictor_of: dict[str, Predictor] = {}
    folds: list[Scores] = []
    if fold_count:
        for fold, predictor, made in cross(calls, trainer, fold_count):
            by_key |= {call.key: one for call, one in zip(fold, made, strict=True)}
            predictor_of |= dict.fromkeys((call.key for call in fold), predictor)
            folds.append(score(fold, made, seed))
    else:
        predictor = trainer.train(())
        by_key = {call.key: predictor.predict(call) for call in calls}
        predictor_of = dict.fromkeys(by_key, predictor)
    predictions = [by_key[call.key] for call in calls]
    whole = score(calls, predictions, seed)
    languages = _by([call.language for call in calls], calls)
    origins = _by([call.origin for call in calls], calls)
    scores = {frozenset(by_key): whole}
    """By the keys of the calls: a language may be a data set, or everything."""
    for group in (*languages.values(), *origins.values()):
        keys = _keys(group)
        if keys not in scores:
            scores[keys] = score(group, [by_key[call.key] for call in group], seed)
    return Report(
        whole=whole,
        languages={name: scores[_keys(group)] for name, group in languages.items()},
        origins={name: scores[_keys(group)] for name, group in origins.items()},
        conditions=tuple(
            condition
            for name, group in languages.items()
            for condition in _conditions(name, group, by_key, predictor_of, hearing, seed)
        )
        if hearing
        else (),
        folds=tuple(folds),
        slips=slips(calls, predictions, whole),
        phrases=phrase_records(calls, predictions),
        rarities=rarities(calls, predictions),
        predictions=by_key,
        redaction=score_slots(calls, find) if find else None,
    )


def against(
    calls: Sequence[LabelledCall], report: Report, name: str, old: Mapping[str, Labels], seed: int
) -> Compared:
    """Return what `report` changes against an older version's labels, by the calls' digests."""
    both = [call for call in calls if call.digest in old]
    new = [report.predictions[call.key].labels for call in both]
    found = compare(both, [old[call.digest] for call in both], new, seed)
    return Compared(name, found, len(calls) - len(both))


def _by(
    names: Sequence[str], calls: Sequence[LabelledCall]
) -> Mapping[str, tuple[LabelledCall, ...]]:
    """Return the calls by their names, sorted by name."""
    found: dict[str, list[LabelledCall]] = {name: [] for name in sorted(set(names))}
    for name, call in zip(names, calls, strict=True):
        found[name].append(call)
    return {name: tuple(group) for name, group in found.items()}


def _keys(calls: Sequence[LabelledCall]) -> frozenset[str]:
    return frozenset(call.key for call in calls)


def _conditions(
    language: str,
    calls: Sequence[LabelledCall],
    by_key: Mapping[str, Prediction],
    predictor_of: Mapping[str, Predictor],
    hearing: Hearing,
    seed: int,
) -> Sequence[Condition]:
    clean = [by_key[call.key] for call in calls]
    found: list[Condition] = []
    for rate in (0.0, *(rate for rate in hearing.rates if rate)):
        heard = [misheard(call, rate, hearing.corrupt, seed) if rate else call for call in calls]
        made = [predictor_of[call.key].predict(call) for call in heard] if rate else clean
        scores = score(heard, made, seed)
        lost = damage(calls, clean, made)
        found.append(Condition(language, rate, scores.macro, scores.micro, lost, scores))
    return found
