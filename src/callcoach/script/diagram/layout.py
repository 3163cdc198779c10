"""Places the cards of a diagram in layers, with few crossings and few bends.

It is the method of Sugiyama, Tagawa and Toda (IEEE SMC-11, 1981): arrows over several layers get
an invisible item in each, the order within the layers is settled by barycentres, and the places
along a layer by least squares under the order (pool adjacent violators). Labels are items of their
own, in layers between those of the cards, so that nothing can lie on top of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from callcoach.script.diagram.outline import Arrow
from callcoach.script.model import StepId

SWEEPS = 24
"""How often the order of the layers is improved."""
MOVES = 120
"""How often the places along the layers are improved."""
GAP = 26.0
"""Between two items of a layer."""
THREAD_GAP = 12.0
"""Between two items of which one is a passing arrow."""
_CARD_WEIGHT = 1.0
_THREAD_WEIGHT = 4.0
"""Passing arrows are kept straight before cards are centred."""


@dataclass(frozen=True, slots=True)
class Size:
    """Of a card or a label."""

    width: float
    height: float


@dataclass(slots=True, eq=False)
class Item:
    """A card, a label or the thread of an arrow that passes a layer."""

    size: Size
    card: StepId | None = None
    arrow: int | None = None
    """Which arrow it belongs to."""
    is_label: bool = False
    x: float = 0.0
    """Its middle."""
    y: float = 0.0
    """Its top."""
    above: list["Item"] = field(default_factory=list)
    below: list["Item"] = field(default_factory=list)

    @property
    def is_thread(self) -> bool:
        """Tell whether only an arrow passes here."""
        return self.card is None and not self.is_label


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is."""

    cards: Mapping[StepId, Item]
    chains: Sequence[Sequence[Item]]
    """For each arrow: from its source card over its label and threads to its target card."""
    layers: Sequence[Sequence[Item]]
    width: float
    height: float


def lay_out(
    cards: Mapping[StepId, Size],
    labels: Sequence[Size],
    arrows: Sequence[Arrow],
    layers: Mapping[StepId, int],
) -> Layout:
    """Return the places of all cards and labels; `labels` are the sizes of the arrows' labels."""
    if not cards:
        return Layout({}, (), (), 0.0, 0.0)
    rows: list[list[Item]] = [[] for _ in range(2 * max(layers.values()) + 1)]
    items = {id: Item(size, card=id) for id, size in cards.items()}
    for id, item in items.items():
        rows[2 * layers[id]].append(item)
    chains: list[list[Item]] = []
    for number, arrow in enumerate(arrows):
        chain = [items[arrow.source]]
        first = 2 * layers[arrow.source] + 1
        for row in range(first, 2 * layers[arrow.target]):
            is_label = row == first
            size = labels[number] if is_label else Size(2.0, 0.0)
            item = Item(size, arrow=number, is_label=is_label)
            rows[row].append(item)
            chain.append(item)
        chain.append(items[arrow.target])
        for upper, lower in pairwise(chain):
            upper.below.append(lower)
            lower.above.append(upper)
        chains.append(chain)
    ordered = _in_order(rows, items, layers)
    _place(ordered)
    width = _shift(ordered)
    height = _stack(ordered)
    return Layout(items, chains, ordered, width, height)


def _in_order(
    rows: Sequence[Sequence[Item]], items: Mapping[StepId, Item], layers: Mapping[StepId, int]
) -> Sequence[Sequence[Item]]:
    """Return the rows, each in the order with the fewest crossings that was found."""
    roots = [items[id] for id in sorted(items, key=layers.__getitem__)]
    found: list[Sequence[Sequence[Item]]] = []
    for is_long_first in (False, True):
        rank = _ranks(roots, is_long_first=is_long_first)
        found += _improved([sorted(row, key=rank.__getitem__) for row in rows])
    return min(found, key=_crossings)


def _ranks(roots: Sequence[Item], *, is_long_first: bool) -> Mapping[Item, int]:
    """Return a number for every item, depth first; long arrows may be followed before others."""
    rank: dict[Item, int] = {}
    pending = list(reversed(roots))
    while pending:
        at = pending.pop()
        if at not in rank:
            rank[at] = len(rank)
            following = list(at.below)
            if is_long_first:
                following.sort(key=lambda item: not any(on.is_thread for on in item.below))
            pending.extend(reversed(following))
    return rank


def _improved(rows: Sequence[Sequence[Item]]) -> Iterator[Sequence[Sequence[Item]]]:
    """Yield the rows as they are and after each sweep, downwards and upwards in turn."""
    yield rows
    for sweep in range(SWEEPS):
        is_down = sweep % 2 == 0
        order = {item: float(place) for row in rows for place, item in enumerate(row)}
        swept: list[Sequence[Item]] = []
        for row in rows if is_down else reversed(rows):
            wish = {item: _barycentre(item, order, is_down) for item in row}
            swept.append(sorted(row, key=wish.__getitem__))
            order.update({item: float(place) for place, item in enumerate(swept[-1])})
        rows = swept if is_down else swept[::-1]
        yield rows


def _barycentre(item: Item, order: Mapping[Item, float], is_down: bool) -> float:
    """Return the middle of an item's neighbours above, or below, in their order."""
    others = item.above if is_down else item.below
    return sum(order[other] for other in others) / len(others) if others else order[item]


def _crossings(rows: Sequence[Sequence[Item]]) -> int:
    """Return how often arrows cross between neighbouring rows."""
    count = 0
    for upper, lower in pairwise(rows):
        places = {item: number for number, item in enumerate(lower)}
        ends = [end for item in upper for end in sorted(places[below] for below in item.below)]
        count += sum(
            ends[later] < ends[earlier]
            for earlier in range(len(ends))
            for later in range(earlier + 1, len(ends))
        )
    return count


def _place(rows: Sequence[Sequence[Item]]) -> None:
    """Give every item its place along its row: near its neighbours, at last below what leads to it.

    The last turn makes lines of steps with one way on stand straight.
    """
    for row in rows:
        _settle(row, [0.0] * len(row))
    for turn in range(MOVES):
        for row in rows if turn % 2 == 0 else reversed(rows):
            _settle(row, [_pull(item, [*item.above, *item.below]) for item in row])
    for row in rows:
        _settle(row, [_pull(item, item.above) for item in row])


def _pull(item: Item, others: Sequence[Item]) -> float:
    """Return the middle of an item's neighbours, weighted; its own place where it has none."""
    weights = [_weight(item, other) for other in others]
    total = sum(weights)
    if not total:
        return item.x
    return sum(w * other.x for w, other in zip(weights, others, strict=True)) / total


def _weight(item: Item, other: Item) -> float:
    return _THREAD_WEIGHT if item.is_thread or other.is_thread else _CARD_WEIGHT


def _settle(row: Sequence[Item], wishes: Sequence[float]) -> None:
    """Move a row's items as near to their wishes as its order and the gaps allow."""
    offsets = [0.0]
    for left, right in pairwise(row):
        gap = THREAD_GAP if left.is_thread or right.is_thread else GAP
        offsets.append(offsets[-1] + (left.size.width + right.size.width) / 2 + gap)
    blocks: list[tuple[float, float, int]] = []  # the middle of a block, its weight, its length
    for item, wish, offset in zip(row, wishes, offsets, strict=False):
        weight = max(len(item.above) + len(item.below), 1) * (3.0 if item.is_thread else 1.0)
        block = (wish - offset, weight, 1)
        while blocks and blocks[-1][0] > block[0]:
            other = blocks.pop()
            together = other[1] + block[1]
            middle = (other[0] * other[1] + block[0] * block[1]) / together
            block = (middle, together, other[2] + block[2])
        blocks.append(block)
    places = [middle for middle, _, length in blocks for _ in range(length)]
    for item, place, offset in zip(row, places, offsets, strict=False):
        item.x = place + offset


def _shift(rows: Sequence[Sequence[Item]]) -> float:
    """Move everything so that it begins at 0; return the width of all."""
    left = min(item.x - item.size.width / 2 for row in rows for item in row)
    for row in rows:
        for item in row:
            item.x -= left
    return max(item.x + item.size.width / 2 for row in rows for item in row)


ROW_GAP = 20.0


def _stack(rows: Sequence[Sequence[Item]]) -> float:
    """Give every row its place from the top; return the height of all."""
    y = 0.0
    for row in rows:
        for item in row:
            item.y = y
        y += max((item.size.height for item in row), default=0.0) + ROW_GAP
    return y - ROW_GAP
