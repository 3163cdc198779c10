"""A call as a strip of two rows: who spoke when, over it what happened, and where one is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widget import Widget

from callcoach.call.intervals import merge
from callcoach.words.clock import clock

Interval = tuple[float, float]

OVERTALK = 0.5
"""Seconds of both voices at once from which a cell says so; of a short one half is enough."""
_OVERTALK_SHARE = 0.1
"""The share of a long cell that it has to be besides."""
_TALK = 0.2
"""The share of a cell in which somebody has to speak for it to say so."""


@dataclass(frozen=True, slots=True)
class Track:
    """What there is to see of a call; times in seconds since it began."""

    seconds: float
    agent: Sequence[Interval] = ()
    customer: Sequence[Interval] = ()
    steps: Sequence[float] = ()
    flags: Sequence[float] = ()
    comments: Sequence[float] = ()
    is_timed: bool = True
    """False where nobody measured who spoke when."""


@dataclass(frozen=True, slots=True)
class StripSigns:
    """The signs of a strip for one kind of terminal."""

    agent: str
    customer: str
    both: str
    silence: str
    step: str
    comment: str
    flag: str
    place: str
    heard: str
    """Stands before the speed at which the call is played."""


FANCY = StripSigns("▀", "▄", "█", "·", "┊", "✎", "!", "▲", "▶")
PLAIN = StripSigns("a", "c", "x", ".", "|", "#", "!", "^", ">")


class Timeline(Widget):
    """Shows a track and a place in it; a click goes there."""

    DEFAULT_CSS = "Timeline { height: 2; }"

    class Chosen(Message):
        """Somebody clicked at a second of the call."""

        def __init__(self, at: float) -> None:
            super().__init__()
            self.at = at

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._track = Track(0.0)
        self._signs = FANCY
        self._at = 0.0
        self._speed: float | None = None

    def show(self, track: Track, is_plain: bool) -> None:
        """Show a call."""
        self._track, self._signs = track, PLAIN if is_plain else FANCY
        self.refresh()

    def move(self, at: float) -> None:
        """Show another place."""
        if at != self._at:
            self._at = at
            self.refresh()

    def play(self, speed: float | None) -> None:
        """Show that the call is heard, at a speed, or that it is silent."""
        if speed != self._speed:
            self._speed = speed
            self.refresh()

    @property
    def _tail(self) -> str:
        about = "" if self._track.is_timed else "~"
        heard = "" if self._speed is None else f" {self._signs.heard}{self._speed:g}×"
        return f"{heard} {about}{clock(self._at)}/{clock(self._track.seconds)}"

    @property
    def _cells(self) -> int:
        return max(self.size.width - len(self._tail), 1)

    def on_click(self, event: Click) -> None:
        """Go to where the click was."""
        where = event.get_content_offset(self)
        if where is not None and where.x < self._cells:
            self.post_message(self.Chosen((where.x + 0.5) * self._track.seconds / self._cells))

    def render(self) -> Content:
        """Return the two rows."""
        cells, here = self._cells, _cell(self._at, self._track.seconds, self._cells)
        voices = draw_voices(self._track, cells, self._signs)
        marks = draw_marks(self._track, cells, self._signs)
        if marks[here][0] == " ":
            marks[here] = (self._signs.place, "$accent bold")
        below = Content.assemble(*marks)
        above = Content.assemble(*voices)
        above = above.stylize("reverse", here, here + 1)
        return Content("\n").join([above + Content.styled(self._tail, "dim"), below])


def draw_voices(track: Track, cells: int, signs: StripSigns) -> list[tuple[str, str]]:
    """Return for each cell who speaks in it: the agent above, the customer below, or both."""
    agent, customer = merge(track.agent), merge(track.customer)
    both = shared(agent, customer)
    size = track.seconds / cells
    mine, theirs, over = (_spread(it, size, cells) for it in (agent, customer, both))
    least = min(max(OVERTALK, _OVERTALK_SHARE * size), size / 2)
    drawn: list[tuple[str, str]] = []
    for said, answered, together in zip(mine, theirs, over, strict=True):
        if together >= least > 0:
            drawn.append((signs.both, "$warning"))
        elif max(said, answered) < _TALK * size or not size:
            drawn.append((signs.silence, "dim"))
        elif said >= answered:
            drawn.append((signs.agent, "$primary"))
        else:
            drawn.append((signs.customer, "$secondary"))
    return drawn


def draw_marks(track: Track, cells: int, signs: StripSigns) -> list[tuple[str, str]]:
    """Return for each cell what happened in it; a flag hides a comment, a comment a step."""
    drawn = [(" ", "")] * cells
    for times, sign, style in (
        (track.steps, signs.step, "dim"),
        (track.comments, signs.comment, "$accent"),
        (track.flags, signs.flag, "$error bold"),
    ):
        for at in times:
            drawn[_cell(at, track.seconds, cells)] = (sign, style)
    return drawn


def _cell(at: float, seconds: float, cells: int) -> int:
    return min(int(max(at, 0.0) / seconds * cells), cells - 1) if seconds > 0 else 0


def shared(one: Sequence[Interval], other: Sequence[Interval]) -> list[Interval]:
    """Return when both are; each is in order and without overlaps."""
    together = sorted([*one, *other])
    found: list[Interval] = []
    last = 0.0
    for (_, end), (start, until) in pairwise(together):
        last = max(last, end)
        if start < last:
            found.append((start, min(last, until)))
    return found


def _spread(times: Iterable[Interval], size: float, cells: int) -> list[float]:
    """Return how many seconds of some times fall into each cell."""
    found = [0.0] * cells
    for start, end in times:
        first, last = (min(int(it / size), cells - 1) if size else 0 for it in (start, end))
        for place in range(max(first, 0), last + 1):
            found[place] += max(min(end, (place + 1) * size) - max(start, place * size), 0.0)
    return found
