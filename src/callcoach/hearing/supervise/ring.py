"""The sound of one voice since its last utterance: what is to be heard, and heard again.

It is kept until nothing can come of it any more, so that a recogniser that dies can be replaced by
one that hears it from there.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf

from callcoach.hearing.recognise.messages import Flush
from callcoach.hearing.sound import BYTES, RATE, Block

WINDOW = 1.0
"""Seconds of sound that are on their way to the recogniser at a time."""
_MOST_SENT = 100
"""Blocks on their way at a time, however short they are."""
_LET_GO = 0.1
"""Of what may wait: how much is let go at a time, so that it is not told of every block."""
_APART = 1e-3
"""Seconds between two blocks that do not follow on one another."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of time, in the ear's seconds."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is asked of the recogniser, and when its sound came."""

    order: Block | Flush
    arrived: float

    @property
    def seconds(self) -> float:
        """Return how long its sound lasts."""
        return len(self.order.pcm) / BYTES / RATE if isinstance(self.order, Block) else 0.0

    @property
    def end(self) -> float:
        """Return when its sound ends; for a flush, before everything."""
        return self.order.end if isinstance(self.order, Block) else -inf


class _Pieces:
    """A queue that knows how long its sound lasts."""

    def __init__(self, pieces: Iterable[_Piece] = ()) -> None:
        self._queue = deque(pieces)
        self.seconds = sum(piece.seconds for piece in self._queue)

    def __len__(self) -> int:
        return len(self._queue)

    def __iter__(self) -> Iterator[_Piece]:
        return iter(self._queue)

    def __reversed__(self) -> Iterator[_Piece]:
        return reversed(self._queue)

    def first(self) -> _Piece:
        return self._queue[0]

    def append(self, piece: _Piece) -> None:
        self._queue.append(piece)
        self.seconds += piece.seconds

    def pop_first(self) -> _Piece:
        piece = self._queue.popleft()
        # Begun anew at every end, so that no error of rounding grows.
        self.seconds = self.seconds - piece.seconds if self._queue else 0.0
        return piece


class Ring:
    """Three queues in a row: what is done, what is on its way, and what waits."""

    def __init__(self, channel: int) -> None:
        self._channel = channel
        self._done = _Pieces()
        self._sent = _Pieces()
        self._waiting = _Pieces()
        self.settled = 0.0
        """Nothing more comes of what is before."""
        self.heard = 0.0
        """Until when the sound is done."""

    @property
    def is_idle(self) -> bool:
        """Tell whether everything is done."""
        return not (self._sent or self._waiting)

    @property
    def owes(self) -> int:
        """Return how many orders the recogniser has not answered."""
        return len(self._sent)

    @property
    def on_hand(self) -> float | None:
        """Return when the first block begins that it has not answered; None where there is none."""
        return next((it.order.at for it in self._sent if isinstance(it.order, Block)), None)

    @property
    def waiting(self) -> float:
        """Return how many seconds wait."""
        return self._waiting.seconds

    def add(self, block: Block, arrived: float) -> None:
        """Let a block be heard; `arrived` is by any clock."""
        self._waiting.append(_Piece(block, arrived))

    def flush(self, arrived: float) -> None:
        """Let what came until now be told."""
        self._waiting.append(_Piece(Flush(self._channel), arrived))

    def next(self) -> Block | Flush | None:
        """Return what is to be sent now; None while enough is on its way."""
        if not self._waiting or self._sent.seconds >= WINDOW or len(self._sent) >= _MOST_SENT:
            return None
        piece = self._waiting.pop_first()
        self._sent.append(piece)
        return piece.order

    def done(self) -> bool:
        """Note that the first on its way is done; tells whether it was a flush."""
        piece = self._sent.pop_first()
        if isinstance(piece.order, Block):
            self._done.append(piece)
            self.heard = piece.end
            self.settle(self.settled)
            return False
        self.settle(self.heard)
        return True

    def settle(self, at: float) -> None:
        """Forget what is done and before `at`: nothing more comes of it."""
        self.settled = max(self.settled, at)
        while self._done and self._done.first().end <= self.settled:
            self._done.pop_first()

    def rewind(self) -> None:
        """Let everything be heard again that is not settled."""
        self._waiting = _Pieces((*self._done, *self._sent, *self._waiting))
        self._done, self._sent = _Pieces(), _Pieces()
        self.cut(Stretch(-inf, self.settled))

    def cut(self, stretch: Stretch) -> Sequence[Stretch]:
        """Take a stretch out of what waits; return what of it there was."""
        cut = [
            (max(piece.order.at, stretch.start), min(piece.end, stretch.end))
            for piece in self._waiting
            if isinstance(piece.order, Block)
            if piece.order.at < stretch.end and piece.end > stretch.start
        ]
        self._waiting = _Pieces(
            part for piece in self._waiting for part in _without(piece, stretch)
        )
        return _joined(cut)

    def bound(self, most: float) -> None:
        """Forget the oldest that is done, until at most so many seconds are kept."""
        rest = most - self._sent.seconds - self._waiting.seconds
        while self._done and self._done.seconds > rest:
            self.settle(self._done.first().end)

    def drop(self, most: float) -> Sequence[Stretch]:
        """Let the oldest go where more than `most` seconds wait; return from when until when."""
        extra = self.waiting - most
        if extra <= 0:
            return ()
        extra += most * _LET_GO
        kept, gone = list[_Piece](), list[tuple[float, float]]()
        for piece in self._waiting:
            if extra > 0 and isinstance(piece.order, Block):
                extra -= piece.seconds
                gone.append((piece.order.at, piece.end))
            else:
                kept.append(piece)
        self._waiting = _Pieces(kept)
        return _joined(gone)

    def arrival(self, at: float) -> float | None:
        """Return when the last sound before `at` came; None where it is no longer known."""
        for pieces in (self._sent, self._done):
            for piece in reversed(pieces):
                if isinstance(piece.order, Block) and piece.order.at < at <= piece.end + 1e-3:
                    return piece.arrived
        return None


def _joined(times: Iterable[tuple[float, float]]) -> Sequence[Stretch]:
    """Return times in order as stretches; what lies between was let go before, and told then."""
    found = list[Stretch]()
    for start, end in times:
        if found and start - found[-1].end < _APART:
            found[-1] = Stretch(found[-1].start, end)
        else:
            found.append(Stretch(start, end))
    return found


def _without(piece: _Piece, stretch: Stretch) -> Iterator[_Piece]:
    """Yield what is left of a piece outside of a stretch."""
    block = piece.order
    if not isinstance(block, Block) or block.at >= stretch.end or piece.end <= stretch.start:
        yield piece
        return
    gap = max(block.at, stretch.start), min(piece.end, stretch.end)
    for start, end in ((block.at, gap[0]), (gap[1], piece.end)):
        first, past = (round((at - block.at) * RATE) for at in (start, end))
        if first < past:
            pcm = block.pcm[BYTES * first : BYTES * past]
            yield _Piece(Block(block.channel, block.at + first / RATE, pcm), piece.arrived)
