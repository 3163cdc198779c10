"""What predicts labels: anything that reads a call and says what is in it, and what learns to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from callcoach.call.evaluate.gold import LabelledCall, Prediction


class Predictor(Protocol):
    """Says what is in a call; it never looks at the call's labels."""

    def predict(self, call: LabelledCall) -> Prediction:
        """Return what is in a call."""
        ...


class Trainer(Protocol):
    """Makes a predictor out of labelled calls."""

    def train(self, calls: Sequence[LabelledCall]) -> Predictor:
        """Return a predictor that has seen the labels of `calls` and of no others."""
        ...


@dataclass(frozen=True, slots=True)
class Untrained:
    """A trainer whose predictor learns nothing, so that rules can be scored fold by fold."""

    predictor: Predictor

    def train(self, calls: Sequence[LabelledCall]) -> Predictor:
        """Return the predictor, whatever the calls."""
        return self.predictor
