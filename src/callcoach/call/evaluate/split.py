"""Keeps calls apart: a part to develop with and one that stays unseen, and folds.

Which part a call is in hangs on its id alone, so it is the same on every machine and in every
year. Calls that are alike word for word go where the first of them by id goes: one in either
part would let a rule be right by heart.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from callcoach.call.evaluate.gold import LabelledCall, Prediction
from callcoach.call.evaluate.predict import Predictor, Trainer
from callcoach.words.normalise import tokenise

_HELD_EVERY = 3
"""One call of so many is held out."""


class Part(StrEnum):
    """Which calls to look at."""

    DEV = "dev"
    """Two thirds: to develop with."""
    HELD = "held"
    """One third: to look at once, when all is done."""
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of one part stands in another word for word."""

    utterances: int
    """Of the part looked at."""
    seen: int
    """Of those, how many are also said in the other part."""


def leaders(calls: Sequence[LabelledCall]) -> Mapping[str, str]:
    """Return, by the key of each call, the id that decides where it goes.

    It is the least id of the calls that are alike, in whichever data sets they are.
    """
    least: dict[str, str] = {}
    digests = {call.key: call.digest for call in calls}
    for call in calls:
        digest = digests[call.key]
        least[digest] = min(least.get(digest, call.id), call.id)
    return {key: least[digest] for key, digest in digests.items()}


def of_part(calls: Sequence[LabelledCall], part: Part) -> tuple[LabelledCall, ...]:
    """Return the calls that are in a part, in their order."""
    if part is Part.ALL:
        return tuple(calls)
    decides = leaders(calls)
    is_held = part is Part.HELD
    return tuple(call for call in calls if (_hash(decides[call.key]) % _HELD_EVERY == 0) is is_held)


def folds(calls: Sequence[LabelledCall], count: int) -> tuple[tuple[LabelledCall, ...], ...]:
    """Return the calls dealt into `count` folds of about one size; alike ones stay together."""
    decides = leaders(calls)
    ranked = sorted({*decides.values()}, key=lambda leader: (_hash(f"fold {leader}"), leader))
    fold_of = {id: rank % count for rank, id in enumerate(ranked)}
    dealt: list[list[LabelledCall]] = [[] for _ in range(count)]
    for call in calls:
        dealt[fold_of[decides[call.key]]].append(call)
    return tuple(map(tuple, dealt))


def cross(
    calls: Sequence[LabelledCall], trainer: Trainer, count: int
) -> Iterator[tuple[tuple[LabelledCall, ...], Predictor, tuple[Prediction, ...]]]:
    """Yield each fold that holds calls, what learnt from all the others, and what that predicts."""
    dealt = folds(calls, count)
    for number, fold in enumerate(dealt):
        if fold:
            rest = [call for other in (*dealt[:number], *dealt[number + 1 :]) for call in other]
            predictor = trainer.train(rest)
            yield fold, predictor, tuple(map(predictor.predict, fold))


def overlap(calls: Sequence[LabelledCall], others: Sequence[LabelledCall]) -> Overlap:
    """Return how many utterances of `calls` are said in `others` too, but for case and marks."""
    known = {_plain(one.text) for call in others for one in call.utterances}
    said = [_plain(one.text) for call in calls for one in call.utterances]
    return Overlap(len(said), sum(1 for text in said if text in known))


def _plain(text: str) -> tuple[str, ...]:
    return tokenise(text).words


def _hash(id: str) -> int:
    return int.from_bytes(sha256(id.encode("utf-8", "surrogatepass")).digest())
