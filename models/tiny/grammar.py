"""Counts which word follows which, as a bigram with back-off that accepts any order of words."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from models.tiny.fst import EPSILON, Fst
from models.tiny.texts import Words

_BEGIN, _END = "<s>", "</s>"
_DISCOUNT = 0.5
"""Absolute discounting: what every pair seen gives to those not seen."""
_UNIFORM = 0.04
"""The share of the single words' probability that all words have alike."""
UNKNOWN = "[unk]"
_UNKNOWN_COST = 12.0
"""What the unknown word costs beside its share, or it swallows words in an unseen order."""
_LEAST_BACKOFF, _GREATEST_BACKOFF = 0.1, 0.9


def bigram(sentences: Iterable[Words], numbers: Mapping[str, int], rarest: int = 1) -> Fst:
    """Return the grammar of sentences over the words that have numbers.

    Pairs of words seen less often than `rarest` are left to the back-off.
    """
    following: dict[str, Counter[str]] = defaultdict(Counter)
    singles: Counter[str] = Counter()
    for words in sentences:
        for word, after in zip((_BEGIN, *words), (*words, _END), strict=True):
            following[word][after] += 1
            singles[after] += 1
    total = singles.total()

    def alone(word: str) -> float:
        return (1 - _UNIFORM) * singles[word] / total + _UNIFORM / (len(numbers) + 1)

    fst = Fst()
    states = {word: fst.state() for word in (_BEGIN, *numbers)}
    backoff = fst.state()
    for word, number in numbers.items():
        cost = -math.log(alone(word)) + (_UNKNOWN_COST if word == UNKNOWN else 0.0)
        fst.arc(backoff, number, number, cost, states[word])
    fst.final[backoff] = -math.log(alone(_END))
    for word, state in states.items():
        seen = following[word]
        total_here = seen.total()
        kept = {after: count for after, count in seen.items() if count >= rarest}
        if not kept:
            fst.arc(state, EPSILON, EPSILON, 0.0, backoff)
            continue
        left = 1 - (sum(kept.values()) - _DISCOUNT * len(kept)) / total_here
        share = min(max(left, _LEAST_BACKOFF), _GREATEST_BACKOFF)
        fst.arc(state, EPSILON, EPSILON, -math.log(share), backoff)
        kept_total = sum(kept.values())
        for after, count in kept.items():
            cost = -math.log((1 - share) * count / kept_total + share * alone(after))
            if after == _END:
                fst.final[state] = cost
            else:
                fst.arc(state, numbers[after], numbers[after], cost, states[after])
    return fst
