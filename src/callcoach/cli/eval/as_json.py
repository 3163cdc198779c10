"""An evaluation for machines; keys are stable."""

from collections.abc import Mapping, Sequence

from callcoach.archive.datasets import Dataset
from callcoach.call.evaluate.blame import PhraseRecord, Slip
from callcoach.call.evaluate.compare import Change, Comparison
from callcoach.call.evaluate.conditions import Damage
from callcoach.call.evaluate.counts import Counts, Estimate
from callcoach.call.evaluate.gold import Mark, Reason
from callcoach.call.evaluate.report import Compared, Condition, Report, Trial
from callcoach.call.evaluate.score import Scores
from callcoach.call.evaluate.slots import Redaction

KEPT = (
    "pack",
    "options",
    "data",
    "all",
    "languages",
    "data_sets",
    "conditions",
    "folds",
    "words_of_one_call",
)
"""The keys that a saved result keeps: those that hold nobody's words."""

_Object = dict[str, object]


def report_json(
    trial: Trial, datasets: Sequence[Dataset], report: Report, compared: Compared | None
) -> _Object:
    """Return an evaluation: every error and every phrase, not only the worst.

    The words of calls that are to stay unseen are left out.
    """
    overlap = trial.overlap
    return {
        "pack": {"name": trial.name, "digest": trial.digest},
        "options": {
            "part": trial.part.value,
            "seed": trial.seed,
            "cross": trial.folds or None,
            "judges": trial.judges,
        },
        "data": [
            {
                "name": one.name,
                "format": one.format,
                "calls": len(one.calls),
                "left_out": [
                    {"file": it.file, "line": it.line, "why": it.what} for it in one.troubles
                ],
            }
            for one in datasets
        ],
        "overlap": None
        if overlap is None
        else {"utterances": overlap.utterances, "seen": overlap.seen},
        "unknown_labels": list(trial.unknown),
        "all": _scores(report.whole),
        "languages": _named(report.languages),
        "data_sets": _named(report.origins),
        "conditions": [_condition(one) for one in report.conditions],
        "folds": [_scores(fold) for fold in report.folds],
        "redaction": None if report.redaction is None else _redaction(report.redaction),
        "errors": [_slip(slip, trial.has_texts) for slip in report.slips],
        "phrases": [_phrase(one) for one in report.phrases],
        "words_of_one_call": [
            {**_mark(one.mark), "hits": one.hits, "once": one.once} for one in report.rarities
        ],
        "against": None if compared is None else _compared(compared, trial.has_texts),
    }


def _named(scores: Mapping[str, Scores]) -> _Object:
    return {name: _scores(one) for name, one in scores.items()}


def _scores(scores: Scores) -> _Object:
    return {
        "calls": scores.calls,
        "twin_calls": scores.twins,
        "utterances": scores.utterances,
        "distinct_utterances": scores.distinct,
        "macro_f1": _estimate(scores.macro),
        "micro_f1": _estimate(scores.micro),
        "labels": [
            {
                **_mark(row.mark),
                **_counts(row.counts),
                "prevalence": row.counts.there / row.counts.total if row.counts.total else None,
                "precision": _estimate(row.precision),
                "recall": _estimate(row.recall),
                "f1": _estimate(row.f1),
                "kappa": row.kappa,
            }
            for row in scores.rows
        ],
        "verdicts": [
            {
                "verdict": one.name,
                **_counts(one.counts),
                "precision": _estimate(one.precision),
                "recall": _estimate(one.recall),
                "matthews": _estimate(one.matthews),
            }
            for one in scores.verdicts
        ],
    }


def _counts(counts: Counts) -> _Object:
    return {
        "n": counts.there,
        "given": counts.given,
        "hits": counts.hits,
        "extras": counts.extras,
        "misses": counts.misses,
        "total": counts.total,
    }


def _estimate(estimate: Estimate) -> _Object:
    return {"value": estimate.value, "low": estimate.low, "high": estimate.high}


def _mark(mark: Mark) -> _Object:
    return {"label": mark.label, "speaker": mark.speaker.value}


def _condition(one: Condition) -> _Object:
    return {
        "language": one.language,
        "noise": one.rate,
        **_scores(one.scores),
        **_damage(one.damage),
    }


def _damage(damage: Damage) -> _Object:
    return {
        "recall_of_clean": damage.recall,
        "extras_per_1000": damage.extras,
        "clean_labels": damage.clean,
        "kept_labels": damage.kept,
        "new_labels": damage.new,
    }


def _redaction(redaction: Redaction) -> _Object:
    return {
        "recall": _estimate(redaction.recall),
        "precision": _estimate(redaction.precision),
        "slots": [
            {
                "slot": one.kind,
                "words": one.words,
                "found": one.found,
                "recall": _estimate(one.recall),
            }
            for one in redaction.slots
        ],
        "found": [
            {
                "kind": one.kind,
                "words": one.words,
                "marked": one.marked,
                "precision": _estimate(one.precision),
            }
            for one in redaction.found
        ],
    }


def _slip(slip: Slip, has_texts: bool) -> _Object:
    return {
        **_mark(slip.mark),
        "call": slip.call,
        "utterance": slip.number,
        "error": "extra" if slip.is_extra else "miss",
        "cost": slip.cost,
        "text": slip.utterance.text if has_texts else None,
        "reasons": [_reason(reason) for reason in slip.reasons],
    }


def _reason(reason: Reason) -> _Object:
    return {
        "phrase": reason.phrase,
        "start": reason.start,
        "end": reason.end,
        "by": reason.by,
        "taken_for": reason.taken_for or None,
        "confidence": reason.confidence,
    }


def _phrase(one: PhraseRecord) -> _Object:
    return {
        **_mark(one.mark),
        "phrase": one.phrase,
        "right": one.right,
        "wrong": one.wrong,
        "alone": one.alone,
    }


def _compared(compared: Compared, has_texts: bool) -> _Object:
    found: Comparison = compared.comparison
    return {
        "name": compared.name,
        "left_out": compared.left_out,
        "macro_f1_gain": _estimate(found.macro),
        "calls_better": found.calls_better,
        "calls_worse": found.calls_worse,
        "p": found.chance,
        "labels": [
            {
                **_mark(shift.mark),
                "old_f1": shift.old,
                "new_f1": shift.new,
                "better": shift.better,
                "worse": shift.worse,
                "p": shift.chance,
            }
            for shift in found.shifts
        ],
        "changes": [_change(change, has_texts) for change in found.changes],
    }


def _change(change: Change, has_texts: bool) -> _Object:
    return {
        **_mark(change.mark),
        "call": change.call,
        "utterance": change.number,
        "better": change.is_better,
        "given": change.is_given,
        "text": change.utterance.text if has_texts else None,
    }
