"""The program that recognises speech: one model, and a thread for every voice."""

import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path

from callcoach.errors import ModelError
from callcoach.hearing.process.worker import Orders, Tell, serve
from callcoach.hearing.recognise.engines import load_engine
from callcoach.hearing.recognise.messages import Done, Flush, Heard, Load, Order, Ready
from callcoach.hearing.recognise.voice_line import VoiceLine
from callcoach.hearing.recogniser import Engine
from callcoach.hearing.signs import troubled_by
from callcoach.hearing.sound import RATE, Block

_TOLD = 0.2
"""Seconds of sound after which it is told that they are done."""


def work(
    orders: Orders[Order], tell: Tell, load_engine: Callable[[str, Path], Engine] = load_engine
) -> None:
    """Load a model and hear until the orders are over."""
    load = orders.take(None)
    if not isinstance(load, Load):
        return
    begun = time.monotonic()
    try:
        engine = load_engine(load.engine, Path(load.folder))
        engine.recogniser(RATE, load.phrases)
    except ModelError as error:
        tell(troubled_by(error))
        return
    tell(Ready(time.monotonic() - begun))
    voices: dict[int, _Voice] = {}
    while not orders.is_over:
        order = orders.take(None)
        if isinstance(order, Block | Flush):
            if order.channel not in voices:
                voices[order.channel] = _Voice(order.channel, engine, load.phrases, tell)
                voices[order.channel].start()
            voices[order.channel].orders.put(order)
    for voice in voices.values():
        voice.orders.put(None)
        voice.join()


class _Voice(threading.Thread):
    """Hears one channel."""

    def __init__(self, channel: int, engine: Engine, phrases: tuple[str, ...], tell: Tell) -> None:
        super().__init__(name=f"channel {channel}")
        self.orders: queue.SimpleQueue[Block | Flush | None] = queue.SimpleQueue()
        """The ear lets few be on their way at a time. None ends it."""
        self._channel = channel
        self._line = VoiceLine(engine.recogniser(RATE, phrases))
        self._tell = tell

    def run(self) -> None:
        done, seconds = 0, 0.0
        while True:
            try:
                order = self.orders.get(timeout=_TOLD if done else None)
            except queue.Empty:  # no more comes for now
                seconds = _TOLD
            else:
                if order is None:
                    return
                line = self._line
                for result in line.accept(order) if isinstance(order, Block) else line.flush():
                    self._tell(Heard(self._channel, result))
                done += 1
                seconds += order.end - order.at if isinstance(order, Block) else _TOLD
            if seconds >= _TOLD:
                self._tell(Done(self._channel, done))
                done, seconds = 0, 0.0


if __name__ == "__main__":
    serve(work, Order)
