"""Labelled calls and predictions for the tests, out of a few words."""

from collections.abc import Iterable, Mapping, Sequence

from callcoach.call.evaluate.gold import LabelledCall, Mark, Prediction, Reason, Utterance
from callcoach.script.model import Speaker

SPEAKERS = {"A": Speaker.AGENT, "C": Speaker.CUSTOMER}


def call(id: str, *said: str, scope: Iterable[str] = (), origin: str = "set") -> LabelledCall:
    """Return a call of utterances like `A hello there: greeting thanks`.

    Its scope is every label that it has, and those of `scope`, in both speakers' mouths.
    """
    utterances = []
    for number, line in enumerate(said):
        told, _, labels = line.partition(":")
        words = told[2:].strip()
        given = frozenset(labels.split())
        utterances.append(Utterance(SPEAKERS[line[0]], words, number, number + 1, given))
    names = {label for one in utterances for label in one.labels} | set(scope)
    marks = frozenset(Mark(name, speaker) for name in names for speaker in SPEAKERS.values())
    return LabelledCall(id, origin, "en", tuple(utterances), marks)


def said(*labels: str) -> Prediction:
    """Return a prediction: the labels of each utterance with spaces between."""
    return Prediction(
        tuple(tuple(Reason(label, f"<{label}>") for label in one.split()) for one in labels)
    )


class Parrot:
    """A predictor that gives the labels it knows to the words it knows."""

    def __init__(self, known: Mapping[str, Sequence[str]]) -> None:
        self.known = known

    def predict(self, call: LabelledCall) -> Prediction:
        """Return the labels of whatever words are known."""
        return Prediction(
            tuple(
                tuple(Reason(label) for label in self.known.get(one.text, ()))
                for one in call.utterances
            )
        )


class ByHeart:
    """A trainer whose predictor knows the calls it was trained with by heart, and no others."""

    def train(self, calls: Sequence[LabelledCall]) -> Parrot:
        """Learn the labels of the words of `calls`."""
        known: dict[str, list[str]] = {}
        for call in calls:
            for one in call.utterances:
                known.setdefault(one.text, []).extend(one.labels)
        return Parrot(known)
