"""Recognises speech with sherpa-onnx, by streaming models of its project.

The wheel ends the process on some wrong models and options; they are looked at before. It writes
to file descriptor 2, which its process has to point elsewhere.
"""

import math
import re
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import sherpa_onnx

from callcoach.errors import ModelError
from callcoach.hearing.cutter import Cutter
from callcoach.hearing.heard import Final, Partial, Result, Word
from callcoach.hearing.models.sherpa_folder import Form, SherpaModel, read_folder
from callcoach.hearing.models.unfit import UnfitModel
from callcoach.hearing.pieces import Piece, join_pieces, utterance
from callcoach.hearing.recogniser import RATES, Recogniser
from callcoach.hearing.voice import Voice

_PIECE = 0.1
"""Seconds of audio fed at a time."""
_PAUSE = 0.6
"""Seconds without a voice, with the words standing still, after which an utterance is over."""
_LONGEST = 20.0
"""Seconds after which an utterance is cut, though nobody paused."""
_BOOST = 1.5
"""By how much a token of an expected phrase is preferred, as sherpa-onnx has it by itself."""
_FULL_SCALE = 32768.0
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


class SherpaEngine:
    """A model of sherpa-onnx in memory."""

    def __init__(self, folder: Path) -> None:
        """Load the model in a folder; raises `ModelError` where there is none that is whole."""
        self._folder, self._files = folder, read_folder(folder)
        self._free = _load(folder, self._files, "greedy_search")
        self._biased: sherpa_onnx.OnlineRecognizer | None = None
        """The same model with a search that takes phrases, loaded once somebody has some."""
        self._loading = Lock()

    def recogniser(self, rate: int, phrases: Sequence[str] = ()) -> Recogniser:
        """Return a recogniser for audio of `rate` samples per second.

        `phrases` become more probable; nothing else is kept from being heard. A model that cannot
        be told so hears as if there were none.
        """
        if rate not in RATES:
            raise ModelError(
                "audio of {rate} samples per second cannot be recognised",
                "resample it to 8000 or 16000",
                rate=rate,
            )
        if not phrases or not self._files.takes_words:
            return _SherpaRecogniser(self._free, rate, self._files.window)
        with self._loading:
            if self._biased is None:
                self._biased = _load(self._folder, self._files, "modified_beam_search")
        expected = hotwords(phrases, self._files.is_in_capitals)
        return _SherpaRecogniser(self._biased, rate, self._files.window, expected)


def hotwords(phrases: Sequence[str], is_in_capitals: bool) -> str:
    """Return phrases as sherpa-onnx takes them; digits and signs would mean something to it."""
    plain = (" ".join(_WORD.findall(phrase)) for phrase in phrases)
    joined = "/".join(filter(None, plain))
    return joined.upper() if is_in_capitals else joined.lower()


def _load(folder: Path, files: SherpaModel, search: str) -> sherpa_onnx.OnlineRecognizer:
    """Load a model. Raises `UnfitModel`."""
    make = sherpa_onnx.OnlineRecognizer
    tokens, net = str(files.tokens), str(files.nets[0])
    try:
        match files.form:
            case Form.TRANSDUCER | Form.NEMO_TRANSDUCER:
                encoder, decoder, joiner = map(str, files.nets)
                return make.from_transducer(
                    tokens=tokens,
                    encoder=encoder,
                    decoder=decoder,
                    joiner=joiner,
                    num_threads=1,
                    decoding_method=search,
                    temperature_scale=1.0,
                    hotwords_score=_BOOST,
                    modeling_unit=files.unit if files.takes_words else "cjkchar",
                    bpe_vocab=str(files.pieces or ""),
                )
            case Form.ZIPFORMER_CTC:
                return make.from_zipformer2_ctc(tokens=tokens, model=net, num_threads=1)
            case Form.NEMO_CTC:
                return make.from_nemo_ctc(tokens=tokens, model=net, num_threads=1)
            case Form.WENET_CTC:
                return make.from_wenet_ctc(tokens=tokens, model=net, num_threads=1)
    except (RuntimeError, ValueError, AssertionError) as error:
        raise UnfitModel(
            "{folder} cannot be loaded as a speech model",
            "check it: callcoach model verify",
            folder=folder,
        ) from error


class _SherpaRecogniser:
    """One voice."""

    def __init__(
        self,
        recogniser: sherpa_onnx.OnlineRecognizer,
        rate: int,
        window: float,
        phrases: str | None = None,
    ) -> None:
        self._sherpa, self._rate, self._phrases = recogniser, rate, phrases
        self._stream = self._new_stream()
        self._began_stream = 0.0
        """When the stream began, within all that was heard."""
        self._voice = Voice(rate)
        self._pause = max(_PAUSE, window)
        """A net that takes in longer pieces writes the last word later."""
        self._tail = bytes(2 * int(rate * (window + _PIECE)))
        """Silence behind the last sound, so that the net takes all of it in."""
        self._cutter = Cutter(_PIECE, rate)
        self._samples = 0
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
        self._feed(self._tail)
        results += self._over()
        self._stream = self._new_stream()
        self._began_stream = self._now
        return results

    @property
    def _now(self) -> float:
        return self._samples / self._rate

    def _new_stream(self) -> sherpa_onnx.OnlineStream:
        return self._sherpa.create_stream(self._phrases)

    def _feed(self, piece: bytes) -> None:
        samples = memoryview(piece).cast("h")
        self._stream.accept_waveform(self._rate, [sample / _FULL_SCALE for sample in samples])
        while self._sherpa.is_ready(self._stream):
            self._sherpa.decode_stream(self._stream)

    def _take(self, piece: bytes) -> list[Result]:
        self._voice.accept(piece)
        self._samples += len(piece) // 2
        self._feed(piece)
        text = utterance(self._sherpa.get_result(self._stream))
        now = self._now
        if text != self._shown:
            if not self._shown:
                self._began = now
            self._shown, self._changed = text, now
            return [Partial(text, self._began, now)] if self._is_spoken() else []
        if not text:
            return []
        is_still = now - self._changed >= _PAUSE and self._voice.silence >= self._pause
        return self._over() if is_still or now - self._began >= _LONGEST else []

    def _is_spoken(self) -> bool:
        """Tell whether there was a voice since a little before the words were first shown."""
        return self._voice.was_there(self._began - self._pause - 0.4, self._voice.heard)

    def _over(self) -> list[Result]:
        """Return an utterance that is over, without the words that nobody can have said."""
        words = tuple(it for it in self._words() if self._voice.was_there(it.start, it.end))
        self._sherpa.reset(self._stream)
        self._shown, self._changed = "", self._now
        return [Final(words, round(self._now, 3))] if words else []

    def _words(self) -> list[Word]:
        found = self._sherpa.get_result_all(self._stream)
        # CTC models give no chances: their words count as sure.
        sure = found.ys_probs or [0.0] * len(found.tokens)
        begin = self._began_stream + found.start_time
        pieces = [
            Piece(token, begin + at, math.exp(chance))
            for token, at, chance in zip(found.tokens, found.timestamps, sure, strict=False)
        ]
        return join_pieces(found.text, pieces)
