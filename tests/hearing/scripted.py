"""A recogniser that hears what it is told to, where there is any sound; it keeps to the port."""

from collections.abc import Sequence

from callcoach.errors import ModelError
from callcoach.hearing.cutter import Cutter
from callcoach.hearing.heard import Final, Partial, Result, Word
from callcoach.hearing.recogniser import RATES

_PIECE = 0.1
_PAUSE = 0.6


class ScriptedEngine:
    """Its recognisers hear the same words, each where it stands in the sound."""

    def __init__(self, words: Sequence[tuple[str, float, float]]) -> None:
        self._words = tuple(Word(*word, 1.0) for word in words)

    def recogniser(self, rate: int, phrases: Sequence[str] = ()) -> "ScriptedRecogniser":
        """Return a recogniser; phrases change nothing."""
        if rate not in RATES:
            raise ModelError("audio of {rate} samples per second cannot be recognised", rate=rate)
        return ScriptedRecogniser(self._words, rate)


class ScriptedRecogniser:
    """One voice."""

    def __init__(self, words: tuple[Word, ...], rate: int) -> None:
        self._words, self._rate = words, rate
        self._cutter = Cutter(_PIECE, rate)
        self._now = self._began = 0.0
        self._due = list(words)
        self._said: list[Word] = []

    def accept(self, pcm: bytes) -> Sequence[Result]:
        """Take the next samples."""
        return [result for piece in self._cutter.cut(pcm) for result in self._take(piece)]

    def finish(self) -> Sequence[Result]:
        """Say what is left, and begin anew."""
        results = [result for piece in self._cutter.finish() for result in self._take(piece)]
        results += self._over()
        self._began, self._due = self._now, list(self._words)
        return results

    def _take(self, piece: bytes) -> list[Result]:
        self._now += len(piece) / 2 / self._rate
        samples = memoryview(piece).cast("h")
        is_loud = max(map(abs, samples)) > 500
        results: list[Result] = []
        while self._due and self._began + self._due[0].end <= self._now:
            word = self._due.pop(0)
            if is_loud or self._said:
                start, end = self._began + word.start, self._began + word.end
                self._said.append(Word(word.text, start, end, 1.0))
                text = " ".join(said.text for said in self._said)
                results.append(Partial(text, self._said[0].start, self._now))
        is_still = self._said and self._now - self._said[-1].end >= _PAUSE
        return results or (self._over() if is_still else [])

    def _over(self) -> list[Result]:
        words, self._said = tuple(self._said), []
        return [Final(words, self._now)] if words else []
