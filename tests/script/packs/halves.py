"""Labelled calls in two halves: rules may be written with the odd ones, the even ones only tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from callcoach.archive.datasets.read import read_dataset
from callcoach.call.evaluate.gold import LabelledCall, Prediction
from callcoach.call.evaluate.score import Score, Scores, score
from callcoach.call.evaluate.scripted import ScriptPredictor
from callcoach.script.model import Script

ODD, EVEN = 1, 0


def told(row: Score) -> str:
    """Return what to call a row where a test fails."""
    return f"{row.mark.speaker} {row.mark.label}"


@dataclass(frozen=True)
class Halves:
    """The calls of a file, whose ids end in a number, judged by a script."""

    script: Script
    file: Path

    @cached_property
    def judged(self) -> Sequence[tuple[LabelledCall, Prediction]]:
        """Return every call with what the rules say of it."""
        (dataset,) = read_dataset(self.file)
        assert not dataset.troubles
        predictor = ScriptPredictor(self.script)
        return tuple((call, predictor.predict(call)) for call in dataset.calls)

    @cached_property
    def halves(self) -> Mapping[int, Scores]:
        """Return how well the odd calls are judged, and how well the even ones."""
        return {rest: self._scores(rest) for rest in (ODD, EVEN)}

    def _scores(self, rest: int) -> Scores:
        part = [(call, made) for call, made in self.judged if number(call) % 2 == rest]
        return score([call for call, _ in part], [made for _, made in part])

    def missed(self, rest: int) -> list[str]:
        """Return the labels of a half that are there and never found."""
        rows = self.halves[rest].rows
        return [told(row) for row in rows if row.counts.there and not row.counts.hits]

    def low(self, floor: float, lower: Mapping[str, float]) -> list[str]:
        """Return the labels, there three times at least, whose F1 is below in the even half."""
        return [
            f"{told(row)} {row.f1.value:.2f}"
            for row in self.halves[EVEN].rows
            if row.counts.there >= 3 and (row.f1.value or 0) < lower.get(row.mark.label, floor)
        ]

    def threats(self) -> tuple[float, float]:
        """Return recall and precision of threats in the even half."""
        rows = self.halves[EVEN].rows
        (row,) = [row for row in rows if row.mark.label == "threat_or_pressure"]
        return row.recall.value or 0, row.precision.value or 0

    def macro(self, rest: int) -> float:
        """Return the mean F1 over the labels of a half."""
        return self.halves[rest].macro.value or 0

    def misjudged(self, rest: int) -> Mapping[str, int]:
        """Return how many calls of a half were wrongly judged as a whole, by the judgement."""
        verdicts = self.halves[rest].verdicts
        return {one.name: one.counts.extras + one.counts.misses for one in verdicts}


def number(call: LabelledCall) -> int:
    """Return the number that a call's id ends in."""
    return int("".join(char for char in call.id if char.isdecimal()))
