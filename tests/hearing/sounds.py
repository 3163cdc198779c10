"""Sound of the test set as an ear has it, and what a recogniser hears in it by itself."""

import wave
from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from callcoach.hearing.heard import Result
from callcoach.hearing.recogniser import Engine
from callcoach.hearing.sound import BYTES, RATE, Block
from tests.hearing.recordings import sentence


def spoken(language: str, number: int = 0, pause: float = 1.0) -> bytes:
    """Return a clean sentence at the ear's rate, and a pause after it, in seconds."""
    recording = sentence(language, number)
    pcm = recording.pcm if recording.rate == RATE else _doubled(recording.pcm)
    return pcm + bytes(BYTES * round(RATE * pause))


def _doubled(pcm: bytes) -> bytes:
    """Return sound at twice its rate."""
    samples = memoryview(pcm).cast("h").tolist()
    between = ((one + other) // 2 for one, other in pairwise([*samples, 0]))
    return array("h", (it for pair in zip(samples, between, strict=True) for it in pair)).tobytes()


def blocks(pcm: bytes, channel: int = 0, seconds: float = 0.04) -> Iterator[Block]:
    """Yield sound in blocks."""
    size = BYTES * round(RATE * seconds)
    for at in range(0, len(pcm), size):
        yield Block(channel, at / BYTES / RATE, pcm[at : at + size])


def bare_results(engine: Engine, pcm: bytes) -> list[Result]:
    """Return what a recogniser hears, without anything of ours around it."""
    recogniser = engine.recogniser(RATE)
    results: list[Result] = []
    for block in blocks(pcm):
        results += recogniser.accept(block.pcm)
    return [*results, *recogniser.finish()]


def write_wave(file: Path, *channels: bytes) -> Path:
    """Write sound of the same length into a file, each in a channel; return the file."""
    views: Sequence[memoryview] = [memoryview(pcm).cast("h") for pcm in channels]
    with wave.open(str(file), "wb") as written:
        written.setnchannels(len(channels))
        written.setsampwidth(BYTES)
        written.setframerate(RATE)
        mixed = bytearray(sum(map(len, channels)))
        samples = memoryview(mixed).cast("h")
        for number, view in enumerate(views):
            samples[number :: len(channels)] = view
        written.writeframes(mixed)
    return file
