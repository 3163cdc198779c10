"""Scores the same calls as they were heard and as a bad recogniser would have heard them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from callcoach.call.evaluate.gold import LabelledCall, Mark, Prediction, with_texts

Corrupt = Callable[[str, float, Random], str]
"""Returns a text with a share of its words or characters misheard."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What bad hearing does to the judgements, whether they were right or not."""

    clean: int
    """Labels that are given to what was said."""
    kept: int
    """Of those, the ones that are given to what was heard too."""
    new: int
    """Labels that are given only to what was heard."""
    utterances: int

    @property
    def recall(self) -> float | None:
        """Return the share of the clean labels that is kept."""
        return self.kept / self.clean if self.clean else None

    @property
    def extras(self) -> float | None:
        """Return the new labels per thousand utterances."""
        return 1000 * self.new / self.utterances if self.utterances else None


def misheard(call: LabelledCall, rate: float, corrupt: Corrupt, seed: int) -> LabelledCall:
    """Return a call as heard with a share of `rate` (0 to 1) of its words wrong.

    The same seed mishears an utterance the same way, whatever other calls there are.
    """
    texts = (
        corrupt(one.text, rate, Random(f"{seed} {call.key} {number}"))  # noqa: S311 - reproducible
        for number, one in enumerate(call.utterances)
    )
    return with_texts(call, texts)


def damage(
    calls: Sequence[LabelledCall], clean: Sequence[Prediction], noisy: Sequence[Prediction]
) -> Damage:
    """Return what bad hearing changes of the labels that are in the scope of the calls."""
    given = kept = new = 0
    for call, before, after in zip(calls, clean, noisy, strict=True):
        for one, was, became in zip(call.utterances, before.labels, after.labels, strict=True):
            scope = {label for label in was | became if Mark(label, one.speaker) in call.scope}
            given += len(was & scope)
            kept += len(was & became & scope)
            new += len((became - was) & scope)
    return Damage(given, kept, new, sum(len(call.utterances) for call in calls))
