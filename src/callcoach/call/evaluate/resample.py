"""Draws calls anew, again and again, to see how much a measure owes to which calls there are.

The bootstrap over whole calls (Efron 1979; by clusters, Field and Welsh 2007). A call's counts
are packed into one large integer, so that drawing a thousand calls is a thousand additions.
What nobody got wrong is drawn right every time: where that matters, another interval stands beside.
What is judged once per call is drawn from the posterior of its table instead, with Jeffreys'
prior (1946): where nothing was wrong, a bootstrap would claim that nothing ever will be.
"""

import struct
from collections.abc import Callable, Iterator, Sequence
from random import Random

from callcoach.call.evaluate.counts import Estimate

ROUNDS = 2000
"""Enough for the ends of an interval of 95 % to hold still at the second digit."""
_BYTES = 4
_TAIL = 0.025

Measure = Callable[[Sequence[int]], float | None]
"""Of counts in a row; None where there is nothing to measure."""


def draws(
    vectors: Sequence[Sequence[int]], seed: int, rounds: int = ROUNDS
) -> Iterator[tuple[int, ...]]:
    """Yield the sums of as many vectors as there are, drawn with replacement, `rounds` times.

    `vectors` holds one of non-negative counts per call, all of one length; sums stay below 2**32.
    """
    if not vectors:
        return
    form = f"<{len(vectors[0])}I"
    packed = [int.from_bytes(struct.pack(form, *vector), "little") for vector in vectors]
    size = _BYTES * len(vectors[0])
    random = Random(seed)  # noqa: S311 - reproducible statistics
    for _ in range(rounds):
        total = sum(random.choices(packed, k=len(packed)))
        yield struct.unpack(form, total.to_bytes(size, "little"))


def intervals(
    measures: Sequence[Measure],
    vectors: Sequence[Sequence[int]],
    seed: int,
    rounds: int = ROUNDS,
) -> tuple[Estimate, ...]:
    """Return measures of the summed counts, and the middle 95 % of what the draws give of each.

    Draws in which there is nothing to measure are left out.
    """
    whole = [sum(column) for column in zip(*vectors, strict=True)]
    values = [measure(whole) if vectors else None for measure in measures]
    if all(value is None for value in values):
        return tuple(map(Estimate, values))
    drawn: list[list[float]] = [[] for _ in measures]
    for total in draws(vectors, seed, rounds):
        for found, measure in zip(drawn, measures, strict=True):
            if (value := measure(total)) is not None:
                found.append(value)
    return tuple(
        _estimate(value, sorted(found)) for value, found in zip(values, drawn, strict=True)
    )


def posterior(
    measure: Callable[[Sequence[float]], float | None], cells: Sequence[int], seed: int
) -> Estimate:
    """Return a measure of a table of counts, and the middle 95 % of its posterior.

    The interval is widened to hold the value where that lies at the edge of what is possible.
    """
    value = measure(cells)
    if value is None:
        return Estimate(None)
    random = Random(seed)  # noqa: S311 - reproducible statistics
    drawn = sorted(
        found
        for _ in range(ROUNDS)
        if (found := measure([random.gammavariate(count + 0.5, 1) for count in cells])) is not None
    )
    low, high = _quantile(drawn, _TAIL), _quantile(drawn, 1 - _TAIL)
    return Estimate(value, min(low, value), max(high, value))


def _estimate(value: float | None, drawn: Sequence[float]) -> Estimate:
    if value is None or not drawn:
        return Estimate(value)
    return Estimate(value, _quantile(drawn, _TAIL), _quantile(drawn, 1 - _TAIL))


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Return a quantile of sorted numbers, between two of them where it falls there."""
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
