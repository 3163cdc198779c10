"""How quickly a model hears a recording on this machine, and what it hears."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from callcoach.hearing.heard import Final, Partial, Result
from callcoach.hearing.recogniser import Engine
from callcoach.hearing.sound import BLOCK, BYTES, RATE


@dataclass(frozen=True, slots=True)
class Speed:
    """How a model does here."""

    finals: tuple[Final, ...]
    factor: float
    """Seconds of processor time for a second of sound: the real-time factor."""
    delay: float | None
    """Seconds from the end of a word until it is shown, in the middle; None without words."""


def measure_speed(engine: Engine, pcm: bytes, clock: Callable[[], float] = time.monotonic) -> Speed:
    """Let a model hear `RATE` samples a second, 16 bit, little-endian, as it would in a call."""
    recogniser = engine.recogniser(RATE)
    size = int(RATE * BLOCK) * BYTES
    results: list[Result] = []
    begun, longest = time.process_time(), 0.0
    for at in range(0, len(pcm), size):
        begun_piece = clock()
        results += recogniser.accept(pcm[at : at + size])
        longest = max(longest, clock() - begun_piece)
    results += recogniser.finish()
    work = time.process_time() - begun
    finals = tuple(result for result in results if isinstance(result, Final))
    shown = median(delays) + longest if (delays := _delays(results)) else None
    return Speed(finals, work / max(len(pcm) / BYTES / RATE, BLOCK), shown)


def _delays(results: Sequence[Result]) -> Sequence[float]:
    """Return how much sound came after each word until it was shown first."""
    delays: list[float] = []
    shown: list[float] = []
    for result in results:
        if isinstance(result, Partial):
            words = len(result.text.split())
            shown += [result.at] * (words - len(shown))
        else:
            shown += [result.at] * (len(result.words) - len(shown))
            delays += [
                max(0.0, at - word.end) for word, at in zip(result.words, shown, strict=False)
            ]
            shown = []
    return delays
