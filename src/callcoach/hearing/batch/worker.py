"""The program that transcribes recordings, one voice after the other, with one model in memory."""

import time
from collections.abc import Sequence
from pathlib import Path

from callcoach.errors import AudioError, CallcoachError, ModelError
from callcoach.hearing.batch.messages import (
    Failed,
    Finished,
    Hear,
    Look,
    Looked,
    Order,
    Progress,
    Refused,
    Utterance,
)
from callcoach.hearing.capture.files import read_recording
from callcoach.hearing.capture.soundfiles import describe
from callcoach.hearing.capture.source import roles_of
from callcoach.hearing.heard import Final, Result
from callcoach.hearing.process.worker import Orders, Tell, serve
from callcoach.hearing.recognise.engines import load_engine
from callcoach.hearing.recognise.messages import Load, Ready
from callcoach.hearing.recognise.voice_line import VoiceLine
from callcoach.hearing.recogniser import Engine
from callcoach.hearing.sound import RATE, Recording

_EVERY = 0.25
"""Seconds between two reports of progress."""


def work(orders: Orders[Order], tell: Tell) -> None:
    """Do what is asked until the orders are over."""
    engine: Engine | None = None
    while (order := orders.take(None)) is not None:
        try:
            match order:
                case Load():
                    begun = time.monotonic()
                    engine = load_engine(order.engine, Path(order.folder))
                    tell(Ready(time.monotonic() - begun))
                case Look(recording):
                    tell(_look(recording))
                case Hear(recording, channel) if engine is not None:
                    _hear(engine, recording, channel, tell)
        except ModelError as error:
            tell(Failed(*_told(error)))
        except AudioError as error:
            tell(Refused(*_told(error)))


def _look(recording: Recording) -> Looked:
    channels = len(recording.roles) or 1
    described = describe(recording.path, recording.rate, channels)
    return Looked(described.seconds, roles_of(recording.roles, described.channels, recording.path))


def _hear(engine: Engine, recording: Recording, channel: int, tell: Tell) -> None:
    """Hear a channel. Raises `AudioError` where there is nothing of it to hear."""
    line = VoiceLine(engine.recogniser(RATE))
    heard, told = 0.0, time.monotonic()
    is_cut = False
    try:
        for block in read_recording(recording):
            if block.channel != channel:
                continue
            _utter(line.accept(block), tell)
            heard = block.end
            if time.monotonic() - told >= _EVERY:
                told = time.monotonic()
                tell(Progress(heard))
    except AudioError:
        if not heard:
            raise
        is_cut = True
    _utter(line.flush(), tell)
    tell(Finished(round(heard, 3), is_cut))


def _utter(results: Sequence[Result], tell: Tell) -> None:
    for result in results:
        if isinstance(result, Final):
            tell(Utterance(result))


def _told(error: CallcoachError) -> tuple[str, str, dict[str, str]]:
    values = {**error.message.values, **error.hint.values}
    return (
        error.message.text,
        error.hint.text,
        {name: str(value) for name, value in values.items()},
    )


if __name__ == "__main__":
    serve(work, Order)
