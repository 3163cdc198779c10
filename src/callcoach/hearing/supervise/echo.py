"""Notices that both sides of a call have the same sound, and leaves weaker copies out.

Without a headset the microphone hears the customer too, and what the customer says is taken for
the agent's words. A copy is left out only where there is no doubt: see `Echo`.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import log10

from msgspec.structs import replace

from callcoach.errors import AudioError, Told
from callcoach.hearing.heard import Final, Word
from callcoach.hearing.signs import Level, Opened, Over, Said, Sign, Trouble, troubled_by
from callcoach.hearing.sound import Recording, Wanted
from callcoach.hearing.supervise.copied import FARTHEST, Copy, find_copy
from callcoach.script.model import Speaker

_QUIETER = 3.0
"""dB by which a copy must be quieter than what it is a copy of."""
_ALIKE = 0.15
"""Seconds between the lags of two copies that have come the same way."""
_TWICE = 2
"""Copies with the same lag, before which it is chance."""
_EARLIEST, _LATEST = -0.3, 0.6
"""Seconds by which a copy that is left out may be late; two ways of capture differ by some."""
_WAIT = 1.5
"""Seconds that an utterance waits for what it may be a copy of."""
_NEAR = 20.0
"""Seconds for which utterances are remembered."""
_BELIEVED = 120.0
"""Seconds for which a copy tells that there are others: the headset may be on by then."""


@dataclass(slots=True)
class _Uttered:
    """What was said by one voice."""

    channel: int
    final: Final
    is_counted: bool = False
    """A copy was found in it."""


@dataclass(slots=True)
class _Loudness:
    """How loud one voice was lately."""

    levels: deque[tuple[float, float]] = field(default_factory=lambda: deque(maxlen=600))
    """When each tenth of a second ended, and its power."""

    def between(self, start: float, end: float) -> float | None:
        """Return it in dB of full scale, on average; None where nothing is known."""
        powers = [power for at, power in self.levels if start < at <= end]
        return 10 * log10(sum(powers) / len(powers)) if powers else None


_HEADSET = Told("wear a headset; see that the far side is no microphone: callcoach doctor audio")
_RECORDING = Told("take one with a voice on each channel, or say --roles other,other")


class Echo:
    """What an ear tells, on its way; times are the ear's, `now` is by `time.monotonic`.

    That both sides have the same is told once, after two copies with the same lag. From then on
    words of the agent are left out that somebody else said with that lag, if they are quieter; and
    an utterance that may be such a copy waits a moment for what it is a copy of. Words of others
    are never left out, nor waited with.
    """

    def __init__(self, wanted: Wanted) -> None:
        """Leave copies out of what devices give; a recording is judged as a transcript of it is."""
        self._wanted = wanted
        self._drops = isinstance(wanted, tuple)
        self._agent: int | None = None
        self._loud: dict[int, _Loudness] = {}
        self._uttered: list[_Uttered] = []
        self._lags: deque[tuple[float, float]] = deque(maxlen=20)
        """When a copy ended, and by how much it was late."""
        self._has_told = False
        self._held: list[tuple[float, Said, _Uttered]] = []
        """Until when something waits."""

    def take(self, sign: Sign, now: float) -> Iterator[Sign]:
        """Yield what is to be told now that something was: at most this, and what waited."""
        match sign:
            case Opened(roles):
                agents = [n for n, role in enumerate(roles) if role is Speaker.AGENT]
                self._agent = agents[0] if len(agents) == 1 < len(roles) else None
            case Level(channel, rms, at=at):
                loud = self._loud.setdefault(channel, _Loudness())
                loud.levels.append((at, 10 ** (rms / 10)))
            case Said(channel, Final() as final) if self._agent is not None and final.words:
                yield from self._hear(sign, _Uttered(channel, final), now)
                return
            case Over():
                yield from self.flush()
        yield sign

    def due(self, now: float) -> Iterator[Sign]:
        """Yield what has waited long enough."""
        while self._held and self._held[0][0] <= now:
            yield self._held.pop(0)[1]

    def flush(self) -> Iterator[Sign]:
        """Yield all that waits."""
        while self._held:
            yield self._held.pop(0)[1]

    def _hear(self, said: Said, uttered: _Uttered, now: float) -> Iterator[Sign]:
        oldest = uttered.final.end - _NEAR
        self._uttered = [it for it in self._uttered if it.final.end > oldest]
        self._uttered.append(uttered)
        if uttered.channel == self._agent:
            copy = self._count(uttered)
            if copy is None and (until := self._waits_until(uttered.final, now)) is not None:
                self._held.append((until, said, uttered))
            else:
                yield from self._rest(said, copy)
        else:
            yield said
            for one in self._uttered:
                if one.channel == self._agent and not any(it[2] is one for it in self._held):
                    self._count(one)
            waiting, self._held = self._held, []
            for until, other, one in waiting:
                if (copy := self._count(one)) is not None:
                    yield from self._rest(other, copy)
                else:
                    self._held.append((until, other, one))
        if self._lag_of_many() is not None and not self._has_told:
            self._has_told = True
            yield troubled_by(_same(self._wanted), Trouble.SAME)

    def _count(self, uttered: _Uttered) -> Copy | None:
        """Return the copy in what the agent said, and remember its lag."""
        if uttered.is_counted:
            return None
        final = uttered.final
        copy = find_copy(final.words, self._others(final.start - FARTHEST, final.end + FARTHEST))
        if copy is not None:
            uttered.is_counted = True
            self._lags.append((final.end, copy.lag))
        return copy

    def _others(self, start: float, end: float) -> Sequence[Word]:
        """Return what others than the agent said between two times."""
        words = [
            word
            for it in self._uttered
            if it.channel != self._agent
            for word in it.final.words
            if word.start < end and word.end > start
        ]
        return sorted(words, key=lambda word: word.start)

    def _rest(self, said: Said, copy: Copy | None) -> Iterator[Said]:
        """Yield what is left of an utterance without the copy in it, if that is to be left out."""
        final = said.result
        if copy is None or not isinstance(final, Final) or not self._is_sure(final, copy):
            yield said
            return
        rest = (*final.words[: copy.first], *final.words[copy.past :])
        if rest:
            yield replace(said, result=replace(final, words=rest))

    def _is_sure(self, final: Final, copy: Copy) -> bool:
        start, end = final.words[copy.first].start, final.words[copy.past - 1].end
        return (
            self._drops
            and _EARLIEST <= copy.lag <= _LATEST
            and self._lag_of_many(copy.lag) is not None
            and self._is_quieter(start, end, copy.lag)
        )

    def _waits_until(self, final: Final, now: float) -> float | None:
        """Return until when the agent's words wait; None where they need not.

        They do not overtake what was said before them.
        """
        if self._held:
            return self._held[-1][0]
        return now + _WAIT if self._drops and self._may_be_copy(final) else None

    def _may_be_copy(self, final: Final) -> bool:
        lag = self._lag_of_many()
        return (
            lag is not None
            and final.end - self._lags[-1][0] < _BELIEVED
            and self._is_quieter(final.start, final.end, lag)
        )

    def _lag_of_many(self, wanted: float | None = None) -> float | None:
        """Return a lag that several copies had, near a wanted one; None where there is none."""
        lags = [lag for _, lag in self._lags]
        for lag in reversed(lags) if wanted is None else (wanted,):
            if sum(abs(other - lag) <= _ALIKE for other in lags) >= _TWICE:
                return lag
        return None

    def _is_quieter(self, start: float, end: float, lag: float) -> bool:
        """Tell whether the agent's voice was quieter than another with which it was late."""
        own = self._loud.get(self._agent or 0, _Loudness()).between(start, end)
        others = [
            loud
            for channel, it in self._loud.items()
            if channel != self._agent
            if (loud := it.between(start - lag, end - lag)) is not None
        ]
        return own is not None and bool(others) and own <= max(others) - _QUIETER


def _same(wanted: Wanted) -> AudioError:
    hint = _RECORDING if isinstance(wanted, Recording) else _HEADSET
    return AudioError("both sides hear the same: what one says is taken for the other's", hint)
