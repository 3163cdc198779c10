"""How much two sentences are alike: a deterministic measure over their words and word pairs.

Dice's coefficient (1945) over single tokens and neighbouring pairs, weighted one to two: the
words count, their order counts more. No model: the same answer everywhere, and it can be read.
"""

from collections import Counter
from functools import lru_cache
from itertools import pairwise

from callcoach.words.normalise import tokenise

_PAIR_WEIGHT = 2


def similarity(words: tuple[str, ...], others: tuple[str, ...]) -> float:
    """Return how much two rows of tokens are alike, 0 to 1."""
    mine, theirs = _bag(words), _bag(others)
    whole = sum(mine.values()) + sum(theirs.values())
    if not whole:
        return 0.0
    return 2 * sum((mine & theirs).values()) / whole


def most_similar(words: tuple[str, ...], sentence: str) -> tuple[float, int, int]:
    """Return the best likeness of `sentence` to a stretch of `words`: score, first, past.

    The stretch is as long as the sentence, or a quarter longer or shorter.
    """
    wanted = tokenise_once(sentence)
    best = (0.0, 0, len(words))
    sizes = {max(1, len(wanted) + part * len(wanted) // 4) for part in (-1, 0, 1)}
    for size in sorted(min(size, len(words)) for size in sizes):
        for first in range(len(words) - size + 1):
            score = similarity(words[first : first + size], wanted)
            if score > best[0]:
                best = (score, first, first + size)
    return best


@lru_cache(maxsize=2048)
def tokenise_once(sentence: str) -> tuple[str, ...]:
    """Return the tokens of a sentence that is compared again and again."""
    return tokenise(sentence).words


def _bag(words: tuple[str, ...]) -> Counter[tuple[str, ...]]:
    bag: Counter[tuple[str, ...]] = Counter((word,) for word in words)
    for pair in pairwise(words):
        bag[pair] += _PAIR_WEIGHT
    return bag
