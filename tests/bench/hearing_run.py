"""One run of a benchmark of hearing, in a process of its own; it prints what it took, as JSON."""

import json
import resource
import sys
import threading
import time
import wave
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, cycle, islice
from pathlib import Path

import msgspec

from callcoach.errors import CallcoachError
from callcoach.hearing.heard import Final
from callcoach.hearing.models.registry import Model, look_at
from callcoach.hearing.signs import Over, Said, Sign, Trouble, Troubled
from callcoach.hearing.sound import BLOCK, Piped, Recording
from callcoach.hearing.supervised import SupervisedEar
from callcoach.script.model import Speaker

_PIECE = 0.1
"""Seconds that a loop of Vosk hears at a time."""
_BYTES = 2
_LOOK = 0.1
"""Seconds after which memory is looked at again: a short recording is heard within a second."""
_WARM = 5.0
"""Seconds at the beginning, of sound, that count for nothing: processes start, a model loads."""


class Run(msgspec.Struct, frozen=True):
    """What a run took."""

    own: float
    """Seconds of processor time of the process that runs it, from when a model was there."""
    others: float
    """The same of its children, with all that it takes to start them."""
    wall: float
    """Seconds from the first sample to the last result."""
    finals: int
    late: Sequence[float] = ()
    """Seconds from the last sample that a result rests on to when it was told, of each."""
    memory: Mapping[str, Sequence[float]] = {}
    """Megabytes in memory of each process, over and over again."""
    dropped: float = 0.0
    """Seconds of sound."""

    @property
    def work(self) -> float:
        """Return the processor time of all processes."""
        return self.own + self.others


@dataclass(frozen=True, slots=True)
class Sound:
    """A WAV file of 16 bit, in memory."""

    frames: bytes
    rate: int
    channels: int

    @property
    def second(self) -> int:
        """Return how many bytes a second has."""
        return _BYTES * self.rate * self.channels

    def voices(self) -> Sequence[bytes]:
        """Return the samples of each channel."""
        samples = memoryview(self.frames).cast("h")
        return [samples[at :: self.channels].tobytes() for at in range(self.channels)]


def read_sound(file: Path) -> Sound:
    """Return a WAV file."""
    with wave.open(str(file), "rb") as it:
        return Sound(it.readframes(it.getnframes()), it.getframerate(), it.getnchannels())


def bare(folder: Path, file: Path, speed: float) -> Run:
    """Hear a file with nothing but Vosk, in a loop as short as it can be."""
    from vosk import KaldiRecognizer, SetLogLevel
    from vosk import Model as Vosk

    SetLogLevel(-3)
    model, sound = Vosk(str(folder)), read_sound(file)
    own, wall, finals = time.process_time(), time.monotonic(), 0
    recognisers = [KaldiRecognizer(model, sound.rate) for _ in range(sound.channels)]
    for recogniser in recognisers:
        recogniser.SetWords(True)
    for channel, piece in _pieces(sound, speed):
        if recognisers[channel].AcceptWaveform(piece):
            finals += bool(json.loads(recognisers[channel].Result())["text"])
        else:
            json.loads(recognisers[channel].PartialResult())
    for recogniser in recognisers:
        finals += bool(json.loads(recogniser.FinalResult())["text"])
    return Run(time.process_time() - own, 0.0, time.monotonic() - wall, finals)


def adapter(folder: Path, file: Path, speed: float) -> Run:
    """Hear a file with our recogniser: Vosk, the gate for voices, and ends of utterances."""
    from callcoach.hearing.vosk import VoskEngine

    engine, sound = VoskEngine(folder), read_sound(file)
    own, wall, finals = time.process_time(), time.monotonic(), 0
    recognisers = [engine.recogniser(sound.rate) for _ in range(sound.channels)]
    for channel, piece in _pieces(sound, speed):
        finals += sum(isinstance(it, Final) for it in recognisers[channel].accept(piece))
    for recogniser in recognisers:
        finals += sum(isinstance(it, Final) for it in recogniser.finish())
    return Run(time.process_time() - own, 0.0, time.monotonic() - wall, finals)


def _pieces(sound: Sound, speed: float) -> Iterator[tuple[int, bytes]]:
    """Yield pieces with their channels: by turns at a speed; at 0, one voice after the other.

    The latter is how a loop is fastest: what it works with stays in the processor's cache.
    """
    size, began = _BYTES * int(sound.rate * _PIECE), time.monotonic()
    pieces = [
        [(channel, voice[at : at + size]) for at in range(0, len(voice), size)]
        for channel, voice in enumerate(sound.voices())
    ]
    if not speed:
        yield from chain.from_iterable(pieces)
        return
    for number, both in enumerate(zip(*pieces, strict=True), 1):
        time.sleep(max(0.0, began + number * _PIECE / speed - time.monotonic()))
        yield from both


def ear(folder: Path, file: Path, speed: float) -> Run:
    """Hear a file with the whole ear, as fast as it goes or at a speed."""
    if not speed:
        return _hear(folder, Recording(str(file), _roles(read_sound(file)), 0.0), None)
    return _over_and_over(folder, file, speed, 0.0)


def hours(folder: Path, file: Path, speed: float) -> Run:
    """Hear a file over and over for ten hours with the whole ear."""
    return _over_and_over(folder, file, speed, 36_000.0)


def _over_and_over(folder: Path, file: Path, speed: float, seconds: float) -> Run:
    sound = read_sound(file)
    length = int(seconds * sound.second) or len(sound.frames)
    piped = Piped(sound.rate, sound.channels, _roles(sound))
    return _hear(folder, piped, _Speaker(sound, speed, length))


def _roles(sound: Sound) -> tuple[Speaker, ...]:
    return tuple(islice(cycle((Speaker.AGENT, Speaker.CUSTOMER)), sound.channels))


class _Speaker:
    """Sound that comes as fast as it is spoken, or so many times as fast."""

    def __init__(self, sound: Sound, speed: float, length: int) -> None:
        """Speak so many bytes of a sound, which begins anew at its end."""
        self._sound = sound
        self._speed = speed
        self._length = length
        self._given = 0
        self._began = 0.0

    def read(self, most: int) -> bytes:
        """Return what was spoken, once it was."""
        if not self._given:
            self._began = time.monotonic()
        frames, second = self._sound.frames, self._sound.second
        size = min(most, int(second * BLOCK * max(self._speed, 1.0)), self._length - self._given)
        first = self._given % len(frames)
        piece = frames[first : first + size]
        self._given += len(piece)
        time.sleep(max(0.0, self.spoken(self._given / second) - time.monotonic()))
        return piece

    def spoken(self, at: float) -> float:
        """Return when a second was spoken, by `time.monotonic`."""
        return self._began + at / self._speed


def _hear(folder: Path, wanted: Recording | Piped, speaker: _Speaker | None) -> Run:
    model = look_at(folder)
    if not isinstance(model, Model):
        raise model.error
    is_over = threading.Event()
    late: list[float] = []
    failed: list[CallcoachError] = []
    finals, dropped = 0, 0.0

    def tell(sign: Sign) -> None:
        nonlocal finals, dropped
        match sign:
            case Said(result=result):
                finals += isinstance(result, Final)
                if speaker and result.at > _WARM:
                    late.append(time.monotonic() - speaker.spoken(result.at))
            case Troubled(what=Trouble.DROPPED):
                dropped += sign.end - sign.start
            case Troubled(what=Trouble.FAILED):
                failed.append(sign.told)
                is_over.set()
            case Over():
                is_over.set()

    hearing = SupervisedEar(wanted, model, read=speaker.read if speaker else None)
    own, wall = time.process_time(), time.monotonic()
    hearing.start(tell)
    hearing.open()
    memory: dict[str, list[float]] = {"call": [], "sound": [], "recogniser": []}
    while not is_over.wait(_LOOK):
        for name, process in zip(memory, ("self", *hearing.processes), strict=True):
            memory[name].append(_in_memory(process))
    taken = time.monotonic() - wall
    hearing.close()
    if failed:
        raise failed[0]
    for thread in threading.enumerate():
        if thread.name.startswith("from "):  # it waits for the end of a child
            thread.join()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = time.process_time() - own, children.ru_utime + children.ru_stime
    return Run(*work, taken, finals, late, memory, dropped)


def _in_memory(process: int | str | None) -> float:
    """Return the megabytes that a process has in memory; 0 where nobody tells."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    kilobytes = [line.split()[1] for line in lines if line.startswith("VmRSS:")]
    return int(kilobytes[0]) / 1000 if kilobytes else 0.0


KINDS = {"bare": bare, "adapter": adapter, "ear": ear, "hours": hours}

if __name__ == "__main__":
    _, kind, _model, _file, _speed = sys.argv
    done = KINDS[kind](Path(_model), Path(_file), float(_speed))
    print(msgspec.json.encode(done).decode())
