"""Recognises speech with Vosk; every input that would crash it or make it lie is refused before.

Vosk 0.3.45 aborts or loops for ever on some inputs and hears nonsense in others without a word (an
odd byte, a wrong rate): see the tests. It writes to file descriptor 2, which its process has to
point elsewhere.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vosk import KaldiRecognizer, Model, SetLogLevel

from callcoach.errors import ModelError
from callcoach.hearing.cutter import Cutter
from callcoach.hearing.heard import Final, Partial, Result, Word
from callcoach.hearing.hints import in_words
from callcoach.hearing.models.folder import examine
from callcoach.hearing.recogniser import RATES, Recogniser
from callcoach.hearing.steps import FRAME, Steps, read_step
from callcoach.hearing.voice import Voice

_ONLY_ASSERTIONS = -3
"""A log level: what aborts is still told, on file descriptor 2."""
_PIECE = 0.04
"""Seconds of audio fed at a time, in whatever it comes: the same sound gives the same words.
Measured against 0.1 s: words and ends 45 ms earlier, for a tenth of a percent of a core."""
_PAUSE = 0.6
"""Seconds without a voice, with the words standing still, after which an utterance is over."""
_FRAMES = round(_PIECE / FRAME)
_RELEARN = 20.0
"""Seconds after which it is learned anew when Vosk gets on, once somebody speaks. It begins anew
every ten minutes or so (`CleanUp` in its recognizer.cc), and partial results may be a fifth of a
second late until that is known."""
_QUIET = 1.0
"""Seconds without a voice after which it is asked seldom."""
_MOST_WAITING = 5
"""Pieces that wait at most meanwhile."""
_UNKNOWN = "[unk]"


class VoskEngine:
    """A model of Vosk in memory. It cannot be pickled nor survive a fork in use."""

    def __init__(self, folder: Path) -> None:
        """Load the model in a folder; raises `ModelError` where there is none that is whole."""
        examine(folder)
        self._step = read_step(folder)
        SetLogLevel(_ONLY_ASSERTIONS)
        try:
            self._model = Model(str(folder))
        except Exception as error:  # the wheel raises nothing narrower
            raise ModelError(
                "{folder} cannot be loaded as a speech model",
                "check it: callcoach model verify",
                folder=folder,
            ) from error

    def recogniser(self, rate: int, phrases: Sequence[str] = ()) -> Recogniser:
        """Return a recogniser for audio of `rate` samples per second."""
        if rate not in RATES:
            raise ModelError(
                "audio of {rate} samples per second cannot be recognised",
                "resample it to 8000 or 16000",
                rate=rate,
            )
        return _VoskRecogniser(self._model, rate, phrases, Steps(self._step, _FRAMES))


class _VoskRecogniser:
    """One voice."""

    def __init__(self, model: Model, rate: int, phrases: Sequence[str], steps: Steps) -> None:
        try:
            if phrases:
                known = in_words(phrases, lambda word: model.vosk_model_find_word(word) >= 0)
                grammar = json.dumps([*known, _UNKNOWN], ensure_ascii=False)
                self._vosk = KaldiRecognizer(model, rate, grammar)
            else:
                self._vosk = KaldiRecognizer(model, rate)
        except Exception as error:  # the wheel raises nothing narrower
            raise ModelError(
                "the speech model makes no recogniser",
                "check it: callcoach model verify",
            ) from error
        self._vosk.SetWords(True)
        self._voice = Voice(rate)
        self._steps = steps
        self._relearn_at = _RELEARN
        """From when it is learned anew when Vosk gets on."""
        self._waiting: list[bytes] = []
        """Pieces that Vosk was not given yet, as it would not get on by them."""
        self._cutter = Cutter(_PIECE, rate)
        self._shown = ""
        self._began = 0.0
        """When the words that are shown began, as far as is known."""
        self._changed = 0.0
        """When they changed last."""

    def accept(self, pcm: bytes) -> Sequence[Result]:
        """Take the next samples; return what came of them."""
        return [result for piece in self._cutter.cut(pcm) for result in self._take(piece)]

    def finish(self) -> Sequence[Result]:
        """Return what was still on its way."""
        results = [result for piece in self._cutter.finish() for result in self._take(piece)]
        if self._decode():
            results += self._over(self._vosk.Result())
        return [*results, *self._over(self._vosk.FinalResult())]

    def _take(self, piece: bytes) -> list[Result]:
        self._voice.accept(piece)
        self._waiting.append(piece)
        now, silence = self._voice.heard, self._voice.silence
        if not silence and now > self._relearn_at:
            self._steps.forget()
            self._relearn_at = now + _RELEARN
        is_quiet = silence > _QUIET and not self._shown and len(self._waiting) < _MOST_WAITING
        if self._steps.pass_by() and not is_quiet:
            if self._decode():
                return self._over(self._vosk.Result())
            text = _words(json.loads(self._vosk.PartialResult())["partial"])
            self._steps.saw(change=text != self._shown)
            if text != self._shown:
                if not self._shown:
                    self._began = now
                self._shown, self._changed = text, now
                return [Partial(text, self._began, now)] if self._is_spoken() else []
        if self._shown and now - self._changed >= _PAUSE and silence >= _PAUSE:
            self._decode()
            return self._over(self._vosk.Result())
        return []

    def _decode(self) -> bool:
        """Give Vosk what waits; tells whether it holds that an utterance is over."""
        pcm = b"".join(self._waiting)
        self._waiting.clear()
        return bool(pcm and self._vosk.AcceptWaveform(pcm))

    def _is_spoken(self) -> bool:
        """Tell whether there was a voice since a little before the words were first shown."""
        return self._voice.was_there(self._began - 1.0, self._voice.heard)

    def _over(self, answer: str) -> list[Result]:
        """Return an utterance that is over, without the words that nobody can have said."""
        self._shown, self._changed = "", self._voice.heard
        self._steps.saw(change=False)
        found: list[dict[str, Any]] = json.loads(answer).get("result", [])
        words = tuple(
            Word(it["word"], round(it["start"], 3), round(it["end"], 3), round(it["conf"], 3))
            for it in found
            if it["word"] != _UNKNOWN and self._voice.was_there(it["start"], it["end"])
        )
        return [Final(words, round(self._voice.heard, 3))] if words else []


def _words(text: str) -> str:
    """Return a partial result without what stands for no word."""
    return " ".join(word for word in text.split() if word != _UNKNOWN)
